import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import { ledgerButtons } from '../../src/button-memory.ts';
import { type Bot, startBot } from '../../src/discord/bot.ts';
import type { Edition } from '../../src/editions/edition.ts';
import { openReaders, type Readers } from '../../src/editions/readers.ts';
import type { Log } from '../../src/log.ts';
import { CHANNEL_IDS, GUILD_ID, PERSONA_IDS, PLAYGROUND_SEED } from '../../src/playground/cast.ts';
import { Permission } from '../../src/playground/standin/permissions.ts';
import { editionRecorder } from '../../src/recorder.ts';
import { openStore, type Store } from '../../src/store.ts';
import { validateBodies } from '../support/openapi.ts';
import { DATA } from '../support/sample.ts';
import { type Answer, type Bench, startBench, type Where, type Who } from '../support/stand-in.ts';

const SLUG = 'aleppo-2024';
const NEIGHBOURS = '1100000000000000900';
const NEXT_DOOR = '1100000000000000901';
const [own] = PLAYGROUND_SEED.guilds;
if (!own) throw new Error('the playground has no guild');
/** A second server with the same people, of which the first knows nothing. */
const SEED = {
  ...PLAYGROUND_SEED,
  guilds: [
    own,
    {
      ...own,
      id: NEIGHBOURS,
      name: 'Next door',
      botRoleId: '1100000000000000902',
      roles: [],
      members: own.members.map((m) => ({ ...m, roles: [] })),
      channels: [{ id: NEXT_DOOR, name: 'next-door', type: 0 }],
    },
  ],
};

let bench: Bench;
let store: Store;
let bot: Bot;
let readers: Readers;
let state: string;
let clock: Date;
const errors: string[] = [];
const log: Log = { info: () => {}, warn: () => {}, error: (_, text) => void errors.push(text) };

const start = async (): Promise<void> => {
  const now = () => clock;
  store = await openStore({ dataDir: DATA, stateDir: state, log, now, replay: true });
  readers = openReaders({ ledger: store.ledger, now });
  const kept = { archive: store.archive, readers };
  bot = await startBot({
    token: bench.standIn.token,
    api: bench.standIn.apiBase,
    commands,
    deps: { ...kept, now, deskGuilds: new Set<string>() },
    log,
    // How long a slow disk is waited for is not what is tested here.
    recorder: editionRecorder({ ...kept, patience: 400 }, log),
    ...(await ledgerButtons(store.ledger, now)),
  });
  await bot.deployed;
};
const stop = async (): Promise<void> => {
  await bot.close();
  await store.close();
};
const restart = async (): Promise<void> => {
  await stop();
  await start();
};
/** What was reported by then is recorded. */
const until = async (day: string): Promise<void> => {
  clock = new Date(`${day}T21:00:00.000Z`);
  await store.sync();
};

beforeAll(async () => {
  bench = await startBench({ seed: SEED });
});
afterAll(async () => bench.close());
beforeEach(async () => {
  state = await mkdtemp(join(tmpdir(), 'sitrep-editions-'));
  clock = new Date('2024-11-29T21:00:00.000Z');
  await start();
});
afterEach(async () => {
  await stop();
  await rm(state, { recursive: true, force: true });
  bench.standIn.faults.clear();
  const sent = bench.standIn.requests.filter(({ status }) => status !== undefined && status < 400);
  const bodies = sent.map(({ method, path, body, files }) => ({
    method,
    path: path.replace(/^\/api\/v10/, ''),
    body,
    files: files.map(({ name }) => ({ name })),
  }));
  expect((await validateBodies(bodies)) ?? []).toEqual([]);
  bench.standIn.clearRequests();
  expect(errors.splice(0)).toEqual([]);
});

const ask = (line: string, where: Where = 'newsroom', who: Who = 'reader'): Promise<Answer> =>
  bench.command(who, line, where);
const BRIEF = `/brief situation:${SLUG}`;
const CHANGES = `/changes situation:${SLUG}`;
const HERE = { guild: GUILD_ID, user: PERSONA_IDS.reader };
const nameOf = ({ text }: Pick<Answer, 'text'>): string | undefined => /Briefing (B\d+)\./.exec(text)?.[1];
const editions = (): Promise<readonly Edition[]> => readers.editions(HERE);
/** Recording ends shortly after the answer has arrived. */
const recorded = async (count: number): Promise<readonly Edition[]> => {
  for (let tries = 0; tries < 200 && (await editions()).length < count; tries += 1)
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
  return editions();
};

describe('a briefing that was shown', () => {
  test('has its number at the top and is recorded with its message, its records and its entries', async () => {
    const answer = await ask(BRIEF);
    expect(nameOf(answer)).toBe('B1');
    const [edition] = await recorded(1);
    const picture = await store.archive.picture(SLUG);
    expect(edition).toMatchObject({
      number: 1,
      situation: SLUG,
      kind: 'brief',
      asker: PERSONA_IDS.reader,
      channel: CHANNEL_IDS.newsroom,
      private: false,
      messages: [answer.message['id']],
      seq: picture?.seq,
      registry: store.archive.registry().seq,
      request: { path: 'brief', args: { situation: SLUG } },
    });
    const shown = Object.keys(edition?.shows ?? {});
    for (const [, id] of answer.text.matchAll(/· (E\d+)/g)) expect(shown).toContain(id);
  });

  test('alone is one person’s, and no message of it can be reached', async () => {
    await ask(`${BRIEF} private:true`);
    expect((await recorded(1))[0]).toMatchObject({ private: true, messages: [] });
  });

  test('keeps its number over its pages; who turns the page of another gets a number of his own', async () => {
    const answer = await ask(`/timeline situation:${SLUG}`);
    await bench.press(answer, 'Next');
    await bench.press(answer, 'Previous');
    expect(nameOf(answer)).toBe('B1');
    const copy = await bench.press(answer, 'Next', { user: 'editor' });
    await bench.press(copy, 'Previous', { user: 'editor' });
    expect(nameOf(copy)).toBe('B2');
    const all = await recorded(2);
    expect(all.map((e) => [e.number, e.private, e.asker])).toEqual([
      [1, false, PERSONA_IDS.reader],
      [2, true, PERSONA_IDS.editor],
    ]);
    expect(all[1]?.seq).toBe(all[0]?.seq);
  });

  test('has another number for each who asks at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, i) => ask(BRIEF, i % 2 === 0 ? 'newsroom' : 'field-notes')),
    );
    expect(new Set(answers.map(nameOf)).size).toBe(12);
    expect(await recorded(12)).toHaveLength(12);
  });

  test('is recorded where the answer took long, and where Discord refused its first form', async () => {
    bench.standIn.faults.next({ method: 'POST', path: '/callback', times: 2 }, { kind: 'status', status: 500 });
    const answer = await ask(BRIEF);
    expect(nameOf(answer)).toBe('B1');
    expect((await recorded(1))[0]?.messages).toEqual([answer.message['id']]);
  });

  test('is recorded where it arrived although Discord said otherwise', async () => {
    bench.standIn.faults.next({ method: 'POST', path: '/callback' }, { kind: 'lost', how: 'status' });
    const answer = await ask(BRIEF);
    expect((await recorded(1))[0]?.messages).toEqual([answer.message['id']]);
  });

  test('is answered all the same where it cannot be recorded', async () => {
    await store.ledger.close();
    const answer = await ask(BRIEF);
    expect(answer.text).toContain('SAMPLE');
    expect(nameOf(answer)).toBeUndefined();
    expect(errors.splice(0)).toEqual(['A briefing could not be given a number']);
  });
});

describe('what changed', () => {
  test('at first sets the line, says so, and offers the last day', async () => {
    const first = await ask(CHANGES);
    expect(first.text).toContain('No briefing on this situation was shown here before');
    expect(first.text).not.toContain('· E');
    const day = await bench.press(first, 'Last 24 hours recorded');
    expect(day.text).toContain('What changed');
    await until('2024-11-30');
    const second = await ask(CHANGES);
    expect(second.text).toContain(`Counted from briefing ${nameOf(day)}.`);
    expect(second.text).toContain('What changed');
    expect((await ask(CHANGES)).text).toContain('No recorded change since');
  });

  test('is counted from the last briefing of this channel, not of another, also after a restart', async () => {
    await ask(BRIEF, 'newsroom');
    await until('2024-11-30');
    await ask(BRIEF, 'field-notes');
    await until('2024-12-01');
    await restart();
    const [here, there] = [await ask(CHANGES, 'newsroom'), await ask(CHANGES, 'field-notes')];
    expect(here.text).toContain('Counted from briefing B1.');
    expect(there.text).toContain('Counted from briefing B2.');
    const all = await recorded(4);
    expect(all[2]?.since).toBe(all[0]?.seq);
    expect(all[3]?.since).toBe(all[1]?.seq);
  });

  test('is not counted from a briefing that did not arrive', async () => {
    await ask(BRIEF);
    await until('2024-11-30');
    bench.standIn.faults.next({ path: '/callback', times: 9 }, { kind: 'status', status: 400, code: 50_035 });
    expect((await ask(CHANGES)).failed).toBeDefined();
    bench.standIn.faults.clear();
    const again = await ask(CHANGES);
    expect(again.text).toContain('Counted from briefing B1.');
    expect(again.text).toContain('What changed');
    expect(nameOf(again)).toBe('B3');
    expect((await recorded(2)).map((e) => e.number)).toEqual([1, 3]);
  });

  test('is not counted from places, days, entries, timelines and looks back', async () => {
    await ask(BRIEF);
    await until('2024-11-30');
    for (const line of [
      `/timeline situation:${SLUG}`,
      `/casualties situation:${SLUG}`,
      `/entry show situation:${SLUG} entry:E1`,
      `${BRIEF} place:aleppo-city`,
      `${BRIEF} as-of:2024-11-28`,
      `${BRIEF} private:true`,
    ])
      expect((await ask(line)).failed).toBeUndefined();
    expect((await ask(CHANGES)).text).toContain('Counted from briefing B1.');
    expect((await ask(`${CHANGES} private:true`, 'newsroom')).text).toMatch(/Counted from briefing B(?:7|8)\./);
  });

  test('reaches a person in direct messages, with numbers of his own', async () => {
    const dm = await bot.client.users.createDM(PERSONA_IDS.reader);
    await ask(BRIEF, 'newsroom');
    const first = await ask(CHANGES, dm.id);
    expect(first.text).toContain('was shown here before');
    expect(nameOf(first)).toBe('B1');
    await until('2024-11-30');
    expect((await ask(CHANGES, dm.id)).text).toContain('Counted from briefing B1.');
    expect((await readers.editions({ guild: null, user: PERSONA_IDS.reader }))[0]).toMatchObject({
      private: true,
      messages: [first.message['id']],
    });
  });

  test('counts from a briefing that is named, and offers those of this server', async () => {
    await ask(BRIEF, 'field-notes');
    await until('2024-11-30');
    await ask(BRIEF, 'field-notes');
    expect((await ask(`${CHANGES} since:b1`)).text).toContain('Counted from briefing B1.');
    await recorded(3);
    const offered = await bench.autocomplete('reader', `${CHANGES} since:B`);
    expect(offered.map((c) => c.value)).toEqual(['B3', 'B2', 'B1', '24h']);
    expect((await bench.autocomplete('reader', `${CHANGES} since:36h`)).map((c) => c.value)).toEqual(['36h']);
  });
});

describe('a briefing that may not be known', () => {
  test('is refused in the same words, whether there is one or not', async () => {
    await ask(BRIEF, NEXT_DOOR);
    await ask(BRIEF, NEXT_DOOR);
    await ask(`${BRIEF} private:true`, 'newsroom', 'editor');
    const words = (answer: Answer): string => answer.text.replaceAll(/B\d+/g, 'B…');
    const refusals = await Promise.all([
      ask(`${CHANGES} since:B2`), // next door's
      ask(`${CHANGES} since:B1`), // the editor's own
      ask(`${CHANGES} since:B77`), // nobody's
      ask('/edition show edition:B1'),
      ask('/edition show edition:B2'),
      ask('/edition export edition:B77'),
      ask('/entry why edition:B1 entry:E1'),
      ask('/entry why edition:B2 entry:E1'),
    ]);
    expect(new Set(refusals.map(words)).size).toBe(1);
    for (const refusal of refusals) expect(refusal.ephemeral).toBe(true);
    expect(refusals[0]?.text).toContain('There is no briefing “B2” that was shown here.');
    expect((await bench.autocomplete('reader', '/edition show edition:B')).map((c) => c.value)).toEqual([]);
    expect((await ask('/edition show edition:B1', 'newsroom', 'editor')).failed).toBeUndefined();
  });

  test.each(['B0', 'B-1', 'B41; drop', 'B9999999999', '41', '@everyone', '\u202eB1', 'first'])(
    'forged as %j gets an answer and nothing else',
    async (written) => {
      await ask(BRIEF);
      const answer = await bench.ask({ command: 'edition show', options: { edition: written } });
      expect(answer.text).toContain('There is no briefing');
      expect(answer.message['mention_everyone']).toBe(false);
      const since = await bench.ask({ command: 'changes', options: { situation: SLUG, since: written } });
      expect(since.ephemeral).toBe(true);
    },
  );
});

describe('the same briefing once more', () => {
  const LINES = [
    BRIEF,
    `${BRIEF} length:full as-of:yesterday`,
    CHANGES,
    `${CHANGES} since:24h`,
    `/casualties situation:${SLUG} view:why`,
    `/timeline situation:${SLUG} from:2024-11-28 to:yesterday`,
    `/entry show situation:${SLUG} entry:3`,
    `/map situation:${SLUG}`,
  ];

  test('is the same message, byte for byte, after more was recorded and after a restart', async () => {
    const firsts: { readonly line: string; readonly body: string; readonly name: string }[] = [];
    for (const line of LINES) {
      const answer = await ask(line);
      firsts.push({ line, body: JSON.stringify(answer.message['components']), name: nameOf(answer) ?? '' });
    }
    await recorded(LINES.length);
    await until('2024-12-03');
    // Sources change their names too.
    for (const source of store.archive.registry().sources.values())
      await store.ledger.append('sources', await store.ledger.head('sources'), [
        {
          at: clock.toISOString(),
          author: 'desk',
          kind: 'source.set',
          body: { source: { ...source, name: `${source.name} II`, short: 'Renamed' } },
        },
      ]);
    await restart();
    expect((await ask(BRIEF)).text).toContain('Renamed');
    await recorded(LINES.length + 1);
    for (const { line, body, name } of firsts) {
      const again = await ask(`/edition show edition:${name}`);
      expect([line, JSON.stringify(again.message['components'])]).toEqual([line, body]);
    }
    expect(await editions()).toHaveLength(LINES.length + 1);
  });

  test('withholds what was taken back for privacy, and says so in its place', async () => {
    await ask(`${BRIEF} length:full`);
    const [edition] = await recorded(1);
    const picture = await store.archive.picture(SLUG);
    const rowsOf = (answer: Answer) => answer.text.split('\n');
    const before = rowsOf(await ask('/edition show edition:B1'));
    const id = before.map((row) => / · (E\d+)$/.exec(row)?.[1]).find((one) => one !== undefined) ?? '';
    const told = picture?.entries.get(id);
    if (!edition || !told) throw new Error('nothing is shown');
    const stream = `situation/${SLUG}`;
    await store.ledger.append(stream, await store.ledger.head(stream), [
      { at: clock.toISOString(), author: 'desk', kind: 'entry.retracted', body: { id, reason: 'privacy' } },
    ]);
    const words = told.entry.headline.slice(0, 40);
    expect(before.join('\n')).toContain(words);
    const after = rowsOf(await ask('/edition show edition:B1'));
    expect(after.join('\n')).not.toContain(words);
    expect(after.join('\n')).toContain('withheld 2024-11-30: privacy');
    const others = (rows: readonly string[]) => rows.filter((row) => !row.endsWith(` · ${id}`));
    expect(others(after).slice(0, 10)).toEqual(others(before).slice(0, 10));
    for (const line of [
      `/entry show situation:${SLUG} entry:${id}`,
      `/entry history situation:${SLUG} entry:${id}`,
      `/entry why edition:B1 entry:${id}`,
      `/timeline situation:${SLUG} as-of:29 nov 2024 22:00`,
      `/changes situation:${SLUG} since:#1`,
    ])
      expect((await ask(line)).text).not.toContain(words);
    await ask('/edition export edition:B1');
    const file = bench.standIn.requests.findLast((r) => r.files.length > 0)?.files[0];
    const exported = Buffer.from(file?.data ?? '').toString('utf8');
    expect(exported).toContain('withheld 2024');
    expect(exported).not.toContain(words);
    const choices = await bench.autocomplete('reader', `/entry show situation:${SLUG} entry:${id}`);
    expect(JSON.stringify(choices)).not.toContain(words);
    await restart();
    expect((await ask('/edition show edition:B1')).text).not.toContain(words);
  });

  test('is a file with its sources as footnotes', async () => {
    await ask(BRIEF);
    await recorded(1);
    const answer = await ask('/edition export edition:B1');
    expect(answer.failed).toBeUndefined();
    const file = bench.standIn.requests.findLast((r) => r.files.length > 0)?.files[0];
    expect(file?.name).toBe(`B1-${SLUG}.md`);
    expect(JSON.stringify(answer.message['components'])).toContain(`B1-${SLUG}.md`);
  });
});

describe('why an entry is in a briefing or not', () => {
  test('says shown, not yet recorded, filtered and below the fold', async () => {
    await ask(`${BRIEF} length:short`);
    await ask(`/timeline situation:${SLUG} place:hama-city`);
    const [short] = await recorded(2);
    const before = [...((await store.archive.picture(SLUG))?.entries.keys() ?? [])];
    await until('2024-12-02');
    const later = [...((await store.archive.picture(SLUG))?.entries.keys() ?? [])].filter((id) => !before.includes(id));
    const why = async (edition: string, entry: string | undefined) =>
      (await ask(`/entry why edition:${edition} entry:${entry}`)).text;
    const shown = Object.keys(short?.shows ?? {});
    expect(await why('B1', later[0])).toContain('Not yet recorded.');
    const verdicts = await Promise.all(before.map((id) => why('B1', id)));
    for (const [i, id] of before.entries())
      expect([id, /Shown\.|Superseded\.|Retracted\./.test(verdicts[i] ?? '')]).toEqual(
        shown.includes(id) ? [id, true] : [id, /Superseded|Retracted/.test(verdicts[i] ?? '')],
      );
    expect(verdicts.filter((v) => v.includes('Below the fold.')).length).toBeGreaterThan(3);
    expect(await why('B2', 'E1')).toContain('place (');
  }, 30_000);
});

describe('catching up', () => {
  test('shows one person what is new since, and marks as read what was shown, not what came after', async () => {
    await ask(BRIEF);
    await until('2024-11-30');
    const missed = await ask('/catchup');
    expect(missed.ephemeral).toBe(true);
    expect(missed.text).toContain('what changed since briefing B1 (');
    const { seq = 0 } = (await store.archive.picture(SLUG)) ?? {};
    await until('2024-12-01');
    const done = await bench.press(missed, 'Mark as read');
    expect(done.text).toContain('Marked as read: North-west Syria offensive');
    expect(await readers.marker(PERSONA_IDS.reader, SLUG)).toBe(seq);
    await restart();
    const next = await ask('/catchup', 'field-notes');
    expect(next.text).toContain('since you marked it as read (');
    await bench.press(next, 'Mark as read');
    const nothing = await ask(`/catchup situation:${SLUG}`);
    expect(nothing.text).toContain('No recorded change since you marked it as read');
    expect(JSON.stringify(nothing.message['components'])).not.toContain('Share to channel');
    expect((await ask('/catchup', 'newsroom', 'editor')).text).toContain('in the last 24 hours recorded');
  });

  test('is shared as a briefing of the channel', async () => {
    const missed = await ask('/catchup');
    const done = await bench.press(missed, 'Share to channel');
    expect(done.text).toContain('Posted in this channel: one briefing.');
    expect(done.ephemeral).toBe(true);
    const posted = bench.seen('newsroom').at(-1);
    expect(JSON.stringify(posted)).toContain('Briefing B1.');
    expect((await recorded(1))[0]).toMatchObject({ private: false, messages: [posted?.['id']], kind: 'changes' });
    await until('2024-11-30');
    expect((await ask(CHANGES, 'newsroom', 'editor')).text).toContain('Counted from briefing B1.');
  });

  test('is not shared where the person or the bot may not send, and says who can change that', async () => {
    const missed = await ask('/catchup');
    const count = bench.seen('newsroom').length;
    for (const [who, words] of [
      [PERSONA_IDS.reader, 'You may not send messages in this channel.'],
      [undefined, 'Sitrep may not send messages in this channel.'],
    ] as const) {
      const taken = bench.standIn.revoke(CHANNEL_IDS.newsroom, Permission.sendMessages, who);
      const refused = await bench.press(missed, 'Share to channel');
      taken.restore();
      expect(refused.text).toContain(words);
      expect(refused.ephemeral).toBe(true);
    }
    expect(bench.seen('newsroom')).toHaveLength(count);
    expect(await editions()).toEqual([]);
  });

  test('a post that fails is no briefing', async () => {
    const missed = await ask('/catchup');
    bench.standIn.faults.next({ method: 'POST', path: '/channels/', times: 4 }, { kind: 'status', status: 403 });
    expect((await bench.press(missed, 'Share to channel')).text).toContain('Discord did not take the message');
    expect(await editions()).toEqual([]);
  });
});

test('a look back says what is known to be wrong since', async () => {
  await until('2024-12-08');
  const answers = await Promise.all(
    ['2024-11-28', '2024-11-29', '2024-11-30', '2024-12-01'].map((day) =>
      ask(`/timeline situation:${SLUG} as-of:${day}`),
    ),
  );
  const noted = answers.filter(({ text }) =>
    /(?:One|\d+) of these entries ha(?:s|ve) been corrected since \(E/.test(text),
  );
  expect(noted.length).toBeGreaterThan(0);
  const [first] = noted;
  if (first) expect((await bench.press(first, 'Corrected since')).text).toContain('Correction');
});
