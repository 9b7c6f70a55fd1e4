import { describe, expect, test } from 'vitest';
import { openDesks } from '../../src/desk/desks.ts';
import { DEFAULT_SETTINGS, NO_ROLES } from '../../src/desk/record.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { memoryLedger } from '../../src/ledger/memory-ledger.ts';

const NOW = '2026-11-23T09:00:00.000Z';
const GUILD = '1100000000000000100';
const by = (author: string, key?: string) => ({ guild: GUILD, author, ...(key !== undefined && { key }) });
const fresh = (ledger: Ledger = memoryLedger()) => ({ ledger, desks: openDesks({ ledger, now: () => new Date(NOW) }) });
const draft = (content: unknown) => ({ situation: 'river-2024', content });

describe('settings and roles', () => {
  test('are those that nobody set until somebody sets them, each guild by itself, also after a restart', async () => {
    const { ledger, desks } = fresh();
    expect(await desks.settings(GUILD)).toEqual(DEFAULT_SETTINGS);
    expect(await desks.roles(GUILD)).toEqual(NO_ROLES);
    const settings = { ...DEFAULT_SETTINGS, zone: 'Asia/Beirut', review: 'all' as const };
    await desks.setSettings(by('ann', 'i1'), settings);
    await desks.setRoles(by('ann', 'i2'), { ...NO_ROLES, editor: ['11'] });
    expect(await desks.settings(GUILD)).toEqual(settings);
    const again = fresh(ledger).desks;
    expect(await again.settings(GUILD)).toEqual(settings);
    expect((await again.roles(GUILD)).editor).toEqual(['11']);
    expect(await again.settings('1100000000000000999')).toEqual(DEFAULT_SETTINGS);
  });
  test('every member may be a reader, but nothing more', async () => {
    const { desks } = fresh();
    await desks.setRoles(by('ann'), { ...NO_ROLES, reader: [GUILD] });
    for (const role of ['editor', 'reviewer', 'admin'] as const)
      await expect(desks.setRoles(by('ann'), { ...NO_ROLES, [role]: ['11', GUILD] })).rejects.toThrow('@everyone');
  });
  test('the same form twice is recorded once', async () => {
    const { ledger, desks } = fresh();
    await Promise.all([
      desks.setSettings(by('ann', 'i1'), { ...DEFAULT_SETTINGS, zone: 'Asia/Beirut' }),
      desks.setSettings(by('ann', 'i1'), { ...DEFAULT_SETTINGS, zone: 'Asia/Beirut' }),
    ]);
    expect(await ledger.head(`desk/${GUILD}`)).toBe(1);
  });
});

describe('drafts', () => {
  test('the same modal twice is one draft, at once and after a restart', async () => {
    const { ledger, desks } = fresh();
    const twice = await Promise.all([
      desks.saveDraft(by('ann', 'i1'), draft('a')),
      desks.saveDraft(by('ann', 'i1'), draft('a')),
    ]);
    expect(twice.map((d) => d.id)).toEqual(['D1', 'D1']);
    expect((await fresh(ledger).desks.saveDraft(by('ann', 'i1'), draft('a'))).id).toBe('D1');
    expect((await desks.saveDraft(by('ann', 'i2'), draft('b'))).id).toBe('D2');
    expect(await desks.drafts(GUILD)).toHaveLength(2);
  });
  test('many who save at once, in two processes, get drafts of their own', async () => {
    const { ledger, desks } = fresh();
    const other = fresh(ledger).desks;
    const made = await Promise.all(
      Array.from({ length: 30 }, (_, i) => (i % 2 ? desks : other).saveDraft(by(`u${i}`, `i${i}`), draft(i))),
    );
    expect(new Set(made.map((d) => d.id)).size).toBe(30);
    for (const [i, one] of made.entries()) expect(one.content).toBe(i);
  });
  test('go from saved through review to recorded, and tell who decided', async () => {
    const { ledger, desks } = fresh();
    await desks.saveDraft(by('ann', 'i1'), draft('a'));
    await desks.saveDraft(by('ann', 'i2'), { ...draft('b'), id: 'D1' });
    expect(await desks.submit(by('ann', 'i3'), 'D1')).toMatchObject({
      state: 'submitted',
      waits: 'reviewer',
      content: 'b',
    });
    expect((await desks.drafts(GUILD, 'submitted')).map((d) => d.id)).toEqual(['D1']);
    const approved = await desks.approve(by('bob', 'i4'), 'D1', { reason: 'checked' });
    expect(approved).toMatchObject({ state: 'approved', author: 'ann', decided: { by: 'bob', reason: 'checked' } });
    expect(approved.waits).toBeUndefined();
    await desks.applied(by('bob', 'i4'), 'D1', [17]);
    expect(await fresh(ledger).desks.draft(GUILD, 'D1')).toMatchObject({ state: 'applied', records: [17] });
  });
  test('of two who decide at once one is second, and nothing happens twice', async () => {
    const { ledger, desks } = fresh();
    await desks.saveDraft(by('ann', 'i1'), draft('a'));
    await desks.submit(by('ann', 'i2'), 'D1');
    const other = fresh(ledger).desks;
    const both = await Promise.allSettled([
      desks.approve(by('bob', 'i3'), 'D1'),
      other.reject(by('eve', 'i4'), 'D1', 'no'),
    ]);
    expect(both.map((b) => b.status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(both.find((b) => b.status === 'rejected')?.reason).toMatchObject({ name: 'UserError' });
    expect(await ledger.head(`desk/${GUILD}`)).toBe(3);
  });
  test('what was not sent is approved by nobody, unless an admin lets it pass', async () => {
    const { desks } = fresh();
    await desks.saveDraft(by('ann', 'i1'), draft('a'));
    await expect(desks.approve(by('bob', 'i2'), 'D1')).rejects.toThrow('has not been sent');
    expect(await desks.approve(by('bob', 'i3'), 'D1', { breaking: 'now' })).toMatchObject({ breaking: 'now' });
  });
  test('somebody else’s is not there to be saved over', async () => {
    const { desks } = fresh();
    await desks.saveDraft(by('ann', 'i1'), draft('a'));
    await expect(desks.saveDraft(by('eve', 'i2'), { ...draft('x'), id: 'D1' })).rejects.toThrow('no draft');
    await expect(desks.submit(by('ann'), 'D9')).rejects.toThrow('no draft “D9”');
  });
});

describe('disputes', () => {
  const about = { situation: 'river-2024', entry: 'E1', from: GUILD, words: ' It was Tuesday. ' };
  test('are filed once and closed once', async () => {
    const { desks } = fresh();
    const [one, same] = await Promise.all([
      desks.fileDispute(by('ann', 'i1'), about),
      desks.fileDispute(by('ann', 'i1'), about),
    ]);
    expect([one.id, same.id, one.words]).toEqual(['R1', 'R1', 'It was Tuesday.']);
    await desks.closeDispute(by('bob', 'i2'), 'R1', 'corrected', 'see E1');
    expect(await desks.disputes(GUILD)).toEqual([]);
    expect(await desks.disputes(GUILD, true)).toMatchObject([{ closed: { by: 'bob', how: 'corrected' } }]);
    await expect(desks.closeDispute(by('eve', 'i3'), 'R1', 'stands', 'no')).rejects.toThrow('closed already');
  });
  test('one person cannot flood the desk', async () => {
    const { desks } = fresh();
    for (let i = 0; i < 5; i += 1) await desks.fileDispute(by('ann', `i${i}`), about);
    await expect(desks.fileDispute(by('ann', 'i9'), about)).rejects.toThrow('wait for the desk already');
    await desks.fileDispute(by('bob', 'i10'), about);
  });
});
