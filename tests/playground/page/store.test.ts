import { describe, expect, test } from 'vitest';
import {
  actingAs,
  applyFrame,
  emptyState,
  isOtherRun,
  messageId,
  type State,
  visibleChannels,
  visibleMessages,
  withPending,
} from '../../../src/playground/page/store.ts';
import { APP, BRIEFINGS, brief, EDITOR, hello, modal, NEWS, READER } from './support/fixture.ts';

const start = applyFrame(emptyState, hello);
const asked = { nonce: 'n1', channelId: BRIEFINGS, personaId: READER };
const waiting: State = { ...start, pending: [{ ...asked, kind: 'command', line: '/brief' }] };
const message = (id: string, channel = BRIEFINGS) => ({ message: { id, channel_id: channel, author: { id: APP } } });

describe('what the page knows', () => {
  test('hello opens the first channel as the first persona, and another hello keeps where one is', () => {
    expect(start).toMatchObject({ connected: true, channelId: BRIEFINGS, personaId: READER });
    const moved = applyFrame({ ...waiting, channelId: NEWS, personaId: EDITOR }, hello);
    expect(moved).toMatchObject({ channelId: NEWS, personaId: EDITOR, pending: waiting.pending });
    const { clock: _clock, ...still } = hello;
    expect(applyFrame(start, still).clock).toBeUndefined();
  });

  test('what was under way ends with its connection and with its run of the playground', () => {
    expect(applyFrame({ ...waiting, connected: false }, hello).pending).toEqual([]);
    const run = applyFrame(waiting, { ...hello, run: 'one' });
    expect(run.pending).toEqual(waiting.pending);
    expect(isOtherRun(run, { ...hello, run: 'one' })).toBe(false);
    expect(isOtherRun(run, { ...hello, run: 'two' })).toBe(true);
    expect(isOtherRun(emptyState, { ...hello, run: 'two' })).toBe(false);
    expect(applyFrame(run, { ...hello, run: 'two' })).toMatchObject({ run: 'two', pending: [] });
  });

  test('an edit takes the place of its message and keeps which command it answers', () => {
    const seen = { message: { ...brief.message, content: 'edited' } };
    const after = applyFrame(start, { type: 'message.update', seen });
    expect(after.messages).toHaveLength(start.messages.length);
    const found = after.messages.find((each) => messageId(each) === brief.message['id']);
    expect(found).toEqual({ invokedBy: brief.invokedBy, message: seen.message });
  });

  test('a channel that a persona may not see is not listed for it, and left when one becomes that persona', () => {
    const desk = { id: '910000000000000009', name: 'desk', type: 0, seenBy: [EDITOR] };
    const state = applyFrame(start, { ...hello, channels: [...hello.channels, desk] });
    const names = (of: State) => visibleChannels(of).map(({ name }) => name);
    expect(names(state)).toEqual(['briefings', 'announcements']);
    const inside = { ...actingAs(state, EDITOR), channelId: desk.id };
    expect(names(inside)).toContain('desk');
    expect(actingAs(inside, READER)).toMatchObject({ personaId: READER, channelId: BRIEFINGS });
    expect(actingAs({ ...inside, channelId: NEWS }, READER).channelId).toBe(NEWS);
    const heard = applyFrame(state, { type: 'message.create', seen: message('5', desk.id) });
    expect([...heard.unread]).toEqual([]);
    const shut = { ...hello, channels: [...hello.channels, { ...desk, seenBy: [] }] };
    expect(applyFrame(inside, shut).channelId).toBe(BRIEFINGS);
  });

  test('messages elsewhere make their channel unread; ephemeral ones of others do not', () => {
    const create = (onlyFor?: string) =>
      applyFrame(start, { type: 'message.create', seen: { ...message('5', NEWS), ...(onlyFor && { onlyFor }) } });
    expect([...create().unread]).toEqual([NEWS]);
    expect([...create(READER).unread]).toEqual([NEWS]);
    expect([...create(EDITOR).unread]).toEqual([]);
  });

  test('ephemeral messages are seen by their persona alone', () => {
    const ids = (personaId: string) => visibleMessages({ ...start, personaId }).map(messageId);
    expect(ids(READER)).toContain('930000000000000004');
    expect(ids(EDITOR)).not.toContain('930000000000000004');
  });

  test('a modal opens for who asked, and not for another tab', () => {
    const frame = { type: 'modal', nonce: 'n1', modalId: 'm', modal } as const;
    expect(applyFrame(waiting, frame)).toMatchObject({ modal: { modalId: 'm', personaId: READER }, pending: [] });
    expect(applyFrame(waiting, { ...frame, nonce: 'other' })).toBe(waiting);
  });

  test('a sent modal closes when taken, and stays with the reason when not', () => {
    const open: State = { ...start, modal: { ...asked, modalId: 'm', modal, sending: 'n2' } };
    expect(applyFrame(open, { type: 'acknowledged', nonce: 'n2' }).modal).toBeUndefined();
    const failed = applyFrame(open, { type: 'failed', nonce: 'n2', reason: 'no' });
    expect(failed.modal).toEqual({ ...asked, modalId: 'm', modal, error: 'no' });
  });

  test('what failed stays until it is put away; what was answered goes', () => {
    const failed = applyFrame(waiting, { type: 'failed', nonce: 'n1', reason: 'The application did not respond' });
    expect(failed.pending).toMatchObject([{ failed: 'The application did not respond' }]);
    expect(applyFrame(waiting, { type: 'acknowledged', nonce: 'n1' }).pending).toEqual([]);
    const again = withPending(failed, { ...asked, nonce: 'n2', kind: 'command', line: '/brief' });
    expect(again.pending.map(({ nonce }) => nonce)).toEqual(['n2']);
    const elsewhere = withPending(failed, { ...asked, channelId: NEWS, nonce: 'n2', kind: 'command', line: '/brief' });
    expect(elsewhere.pending).toHaveLength(2);
  });
});
