import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import { carryCorrections, markTurnedPages } from '../../src/carrying.ts';
import type { Carrier } from '../../src/corrections/carrier.ts';
import { lateAlone } from '../../src/corrections/late.ts';
import { type Bot, startBot } from '../../src/discord/bot.ts';
import { createMender } from '../../src/discord/mend/mender.ts';
import { openReaders } from '../../src/editions/readers.ts';
import { silentLog } from '../../src/log.ts';
import { situationStream } from '../../src/model/record.ts';
import { GUILD_ID, PERSONA_IDS } from '../../src/playground/cast.ts';
import { editionRecorder } from '../../src/recorder.ts';
import { memory } from '../discord/memory.ts';
import { validateBodies } from '../support/openapi.ts';
import { NOW, type Opened, openSample, SAMPLE } from '../support/sample.ts';
import { type Bench, startBench } from '../support/stand-in.ts';

let bench: Bench;
let bot: Bot;
let carrier: Carrier;
let opened: Opened;
const now = () => new Date(NOW);

beforeAll(async () => {
  bench = await startBench();
  opened = await openSample();
  const { ledger, archive } = opened;
  const alone = lateAlone(ledger, now);
  const kept = { archive, readers: openReaders({ ledger, now }), alone };
  const discord = { token: bench.standIn.token, api: bench.standIn.apiBase, log: silentLog };
  bot = await startBot({
    ...discord,
    ...memory(),
    commands,
    deps: { ...kept, now, deskGuilds: new Set<string>() },
    recorder: editionRecorder(kept, silentLog),
  });
  await bot.deployed;
  carrier = carryCorrections({
    ledger,
    shelf: await alone.shelf(),
    archive,
    log: silentLog,
    now,
    turnMs: [150],
    mender: createMender({ ...discord, paceMs: 0 }),
  });
  markTurnedPages(bot.client, carrier.turned);
});
afterAll(async () => {
  await carrier.close();
  await bot.close();
  await bench.close();
});

const append = async (kind: string, body: object): Promise<void> => {
  const { ledger } = opened;
  const stream = situationStream(SAMPLE);
  await ledger.append(stream, await ledger.head(stream), [{ at: NOW, author: 'editor', kind, body }]);
};
/** Entries on which nothing else hangs. */
const unlinked = async (): Promise<ReadonlySet<string>> => {
  const picture = await opened.archive.picture(SAMPLE);
  return new Set([...(picture?.entries.keys() ?? [])].filter((id) => !picture?.linksOf.has(id)));
};
const records = async (stream: string, kind: string): Promise<number> =>
  (await opened.ledger.read(stream)).filter((r) => r.kind === kind).length;

test('what the bot answered is marked when it turns out wrong, also after its page was turned', async () => {
  const brief = await bench.command('reader', `/brief situation:${SAMPLE} length:full`, 'newsroom');
  const timeline = await bench.command('reader', `/timeline situation:${SAMPLE}`, 'fieldNotes');
  const alone = await unlinked();
  const ids = (text: string) => new Set([...text.matchAll(/ · (E\d+)$/gm)].map((m) => m[1] ?? ''));
  const id = [...ids(brief.text)].find((one) => !ids(timeline.text).has(one) && alone.has(one));
  if (id === undefined) throw new Error('nothing is shown');
  const before = timeline.text;
  await append('entry.retracted', { id, reason: 'our_error', note: 'Another place.' });
  const mark = new RegExp(
    `^ *- ~~.* · ${id}~~$[^]*^ +- \\*\\*Retracted 1 Jun 2026:\\*\\* .*our error — Another place\\..* · ${id}$`,
    'm',
  );
  await bench.until('the brief is marked', () => mark.test(brief.text));
  await carrier.settled();
  // The timeline has it on a later page: its reader is told on the one that is shown.
  expect(timeline.text === before || timeline.text.includes(`**Retracted 1 Jun 2026:**`)).toBe(true);

  await bench.press(brief, 'Next');
  await bench.press(brief, 'Previous');
  await bench.until('the page is marked again', () => mark.test(brief.text));
  const sent = bench.standIn.requests.filter(({ status }) => status !== undefined && status < 400);
  expect((await validateBodies(sent)) ?? []).toEqual([]);
  expect(carrier.failures()).toEqual([]);
});

describe('corrections of what only one person was shown', () => {
  const GUILD = `guild/${GUILD_ID}`;
  const OWN = `user/${PERSONA_IDS.editor}`;
  const ask = (line: string) => bench.command('editor', line, 'newsroom');
  const shownIn = (text: string): readonly string[] => [...text.matchAll(/ · (E\d+)$/gm)].map((m) => m[1] ?? '');
  const until = async (what: string, stream: string, kind: string, count: number): Promise<void> => {
    for (let tries = 0; tries < 500; tries += 1) {
      if ((await records(stream, kind)) >= count) return;
      await new Promise((resolve) => {
        setTimeout(resolve, 5);
      });
    }
    throw new Error(`not in time: ${what}`);
  };

  test('lead /catchup once, also where the window of changes has passed them by', async () => {
    const before = await records(GUILD, 'edition.shown');
    const [first, second] = [
      await ask(`/brief situation:${SAMPLE} private:true`),
      await ask(`/timeline situation:${SAMPLE} private:true`),
    ];
    await until('both are recorded', GUILD, 'edition.shown', before + 2);
    const free = await unlinked();
    const [id] = shownIn(first.text).filter((one) => !shownIn(second.text).includes(one) && free.has(one));
    if (id === undefined) throw new Error('nothing is shown');
    await append('entry.retracted', { id, reason: 'our_error', note: 'Another valley.' });
    await carrier.settled();
    // A brief after the correction: nothing has changed since, and still the private one was wrong.
    await ask(`/brief situation:${SAMPLE}`);
    await until('it is recorded', GUILD, 'edition.shown', before + 3);

    const owed = await records(GUILD, 'correction.done');
    bench.standIn.faults.next({ path: '/callback' }, { kind: 'status', status: 404, code: 10_062 });
    await ask('/catchup').catch(() => undefined);
    await carrier.settled();
    expect(await records(GUILD, 'correction.done')).toBe(owed);

    const missed = await ask('/catchup');
    expect(missed.text).toContain('Corrections: North-west Syria offensive');
    const line = missed.text.split('\n').find((row) => row.includes('Another valley.')) ?? '';
    expect(line).toMatch(
      /\*\*Retracted 1 Jun 2026:\*\*.*\(only you were shown it, in briefing B\d+(?:, briefing B\d+)*\)/,
    );
    expect(missed.text.indexOf('Another valley.')).toBe(missed.text.lastIndexOf('Another valley.'));
    await until('it is told', GUILD, 'correction.done', owed + 1);
    expect((await ask('/catchup')).text).not.toContain('Another valley.');
    // The other reader was told nothing of it.
    expect((await bench.command('reader', '/catchup', 'newsroom')).text).not.toContain('only you were shown it');
  });

  test('an entry that was first told by /catchup and is taken back is corrected by the next one', async () => {
    await ask(`/brief situation:${SAMPLE}`);
    await append('entry.added', {
      entry: {
        id: 'E9001',
        kind: 'event',
        headline: 'A rumour of the market',
        occurred: { from: '2024-12-08', precision: 'day' },
        parties: [],
        severity: 'major',
        tags: [],
      },
      reports: [
        {
          id: 'E9001.1',
          originator: 'sohr',
          published: '2024-12-08',
          language: 'en',
          stance: 'reports',
          credibility: 3,
          figures: [],
        },
      ],
    });
    const [shown, owed] = [await records(OWN, 'edition.shown'), await records(OWN, 'correction.done')];
    expect((await ask('/catchup')).text).toContain('A rumour of the market');
    await until('it is recorded', OWN, 'edition.shown', shown + 1);
    await append('entry.retracted', { id: 'E9001', reason: 'our_error', note: 'Nobody was there.' });
    await carrier.settled();
    const next = await ask('/catchup');
    expect(next.text).toContain('Nobody was there. (only you were shown it, in an earlier catch-up)');
    await until('it is told', OWN, 'correction.done', owed + 1);
    expect((await ask('/catchup')).text).not.toContain('Nobody was there.');
  });
});
