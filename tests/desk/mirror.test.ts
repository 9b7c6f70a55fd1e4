import { describe, expect, test } from 'vitest';
import { plainText } from '../../src/briefing/plain.ts';
import type { ChatRecord } from '../../src/desk/book.ts';
import type { Names } from '../../src/desk/log.ts';
import { logItems, nameOf, readName } from '../../src/desk/log.ts';
import { composeReminder, dueReminder, toMirror } from '../../src/desk/mirror.ts';
import type { DeskRecord } from '../../src/desk/record.ts';
import { DEFAULT_SETTINGS, deskStream } from '../../src/desk/record.ts';
import type { DeskEvent, DeskState } from '../../src/desk/state.ts';
import { foldDesk } from '../../src/desk/state.ts';

const GUILD = '1100000000000000100';
const ANN = '1100000000000000401';
const BOB = '1100000000000000402';
const LOG = {
  kind: 'settings.set',
  body: { settings: { ...DEFAULT_SETTINGS, modLog: '1100000000000000304' } },
} as const;
const names: Names = {
  title: () => 'River valley',
  headline: (_, id) => (id === 'E1' ? 'A bridge fell' : undefined),
  source: () => undefined,
};
const START = Date.parse('2026-11-23T08:00:00.000Z');
const at = (minutes: number): string => new Date(START + minutes * 60_000).toISOString();

/** A desk's events, one a minute. */
const events = (...records: readonly (DeskRecord & { author?: string; minute?: number })[]): DeskEvent[] =>
  records.map(({ author = ANN, minute, ...record }, i) => ({ ...record, seq: i + 1, at: at(minute ?? i), author }));
const chat = (seq: number, minute: number, change: Partial<ChatRecord> = {}): ChatRecord => ({
  stream: 'situation/river-2024',
  seq,
  at: at(minute),
  author: ANN,
  kind: 'entry.added',
  by: { desk: GUILD },
  situation: 'river-2024',
  entries: ['E1'],
  ...change,
});
const messages = (desk: DeskState, records: readonly ChatRecord[] = []) =>
  toMirror(desk, logItems(GUILD, desk.events, records, names));
const told = (desk: DeskState, records: readonly ChatRecord[] = []): readonly string[] =>
  messages(desk, records).flatMap(({ document }) => (document ? [plainText(document)] : []));

describe('the mod-log', () => {
  test('tells nothing of the time before it was turned on, and begins anew in another channel', () => {
    const desk = foldDesk(
      events({ kind: 'roles.set', body: { roles: { reader: [], editor: [], reviewer: [], admin: [] } } }, LOG),
    );
    expect(told(desk, [chat(1, 0), chat(2, 5)])).toHaveLength(2);
    const off = foldDesk(events(LOG, { kind: 'settings.set', body: { settings: DEFAULT_SETTINGS } }));
    expect(messages(off, [chat(1, 5)])).toEqual([]);
  });
  test('tells what one press recorded in one message, and each thing once', () => {
    const desk = foldDesk(events(LOG, { kind: 'log.mirrored', body: { stream: deskStream(GUILD), seq: 1 } }));
    const both = [chat(1, 5), chat(2, 5, { kind: 'report.added', what: 'E1.2' }), chat(3, 6, { author: BOB })];
    expect(told(desk, both)).toHaveLength(2);
    expect(told(desk, both)[0]).toContain('added E1 “A bridge fell” in River valley');
    const marked = foldDesk([
      ...events(LOG, { kind: 'log.mirrored', body: { stream: deskStream(GUILD), seq: 1 } }),
      { kind: 'log.mirrored', body: { stream: 'situation/river-2024', seq: 2 }, seq: 3, at: at(9), author: 'bot' },
    ]);
    expect(messages(marked, both).map(({ seq }) => seq)).toEqual([3]);
  });
  test('names who approved, who let pass without a second person, what was overruled and what was taken back', () => {
    const desk = foldDesk(events(LOG));
    const [, text = ''] = told(desk, [
      chat(4, 9, {
        kind: 'entry.amended',
        reason: 'source_corrected',
        note: 'They said so.',
        by: {
          desk: GUILD,
          draft: 'D3',
          approvedBy: BOB,
          overruled: [{ guard: 'toll', saw: 'lower than before', reason: 'a new count' }],
        },
      }),
    ]);
    expect(text).toContain('amended E1 “A bridge fell” in River valley: the source corrected itself — They said so.');
    expect(text).toContain(`(D3, approved by member ${BOB})`);
    expect(text).toContain('overruled: lower than before — a new count');
    const [, back = ''] = told(desk, [chat(5, 9, { kind: 'entry.retracted', by: { desk: GUILD, undoes: 4 } })]);
    expect(back).toContain('took back river-2024#4: retracted E1');
  });
  test('what somebody throws away unseen is marked, and told nobody', () => {
    const desk = foldDesk(
      events(
        LOG,
        { kind: 'draft.saved', body: { id: 'D1', situation: 'river-2024', content: 'secret' } },
        { kind: 'draft.discarded', body: { id: 'D1' } },
      ),
    );
    expect(told(desk)).toHaveLength(1);
    expect(messages(desk).at(-1)).toMatchObject({ seq: 3 });
  });
  test('a report of an error has the entry one press away', () => {
    const desk = foldDesk(
      events(LOG, {
        kind: 'dispute.filed',
        body: { id: 'R1', situation: 'river-2024', entry: 'E1', from: GUILD, words: 'It was Tuesday.' },
      }),
    );
    const document = messages(desk).at(-1)?.document;
    expect(document?.follows?.[0]).toMatchObject({
      command: 'entry show',
      args: { situation: 'river-2024', entry: 'E1' },
    });
    expect(told(desk).at(-1)).toContain(
      'reported an error (R1) in E1 “A bridge fell” in River valley: It was Tuesday.',
    );
  });
});

describe('a reminder', () => {
  const waiting = events(
    LOG,
    { kind: 'draft.saved', body: { id: 'D1', situation: 'river-2024', content: 1 } },
    { kind: 'draft.submitted', body: { id: 'D1' }, minute: 2 },
  );
  const hours = (n: number): Date => new Date(START + n * 3_600_000);
  test('is due once a draft has waited for hours, and once a day at most', () => {
    const desk = foldDesk(waiting);
    expect(dueReminder(desk, hours(1))).toEqual([]);
    expect(dueReminder(desk, hours(5)).map(({ id }) => id)).toEqual(['D1']);
    const sent: DeskEvent = {
      kind: 'reminder.sent',
      body: { drafts: ['D1'] },
      seq: 4,
      at: hours(5).toISOString(),
      author: 'bot',
    };
    const reminded = foldDesk([...waiting, sent]);
    expect(dueReminder(reminded, hours(28))).toEqual([]);
    expect(dueReminder(reminded, hours(30)).map(({ id }) => id)).toEqual(['D1']);
    expect(plainText(composeReminder(dueReminder(desk, hours(5)), hours(5)))).toContain('One change waits for review');
  });
  test('is sent neither where nothing waits any more nor where there is no mod-log', () => {
    const done: DeskEvent = {
      kind: 'draft.rejected',
      body: { id: 'D1', reason: 'no' },
      seq: 4,
      at: at(9),
      author: BOB,
    };
    expect(dueReminder(foldDesk([...waiting, done]), hours(9))).toEqual([]);
    expect(dueReminder(foldDesk(waiting.slice(1)), hours(9))).toEqual([]);
  });
});

test('records have names that can be read back', () => {
  for (const stream of ['situation/river-2024', 'sources', deskStream(GUILD)])
    expect(readName(nameOf({ stream, seq: 7 }), GUILD)).toEqual({ stream, seq: 7 });
  for (const written of ['', '#7', 'river-2024', 'river-2024#0', 'a/b#1', 'desk#1#2'])
    expect(readName(written, GUILD)).toBeUndefined();
});
