import { afterAll, beforeAll, expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import { carryCorrections, markTurnedPages } from '../../src/carrying.ts';
import type { Carrier } from '../../src/corrections/carrier.ts';
import { type Bot, startBot } from '../../src/discord/bot.ts';
import { createMender } from '../../src/discord/mend/mender.ts';
import { openReaders } from '../../src/editions/readers.ts';
import { silentLog } from '../../src/log.ts';
import { situationStream } from '../../src/model/record.ts';
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
  const kept = { archive, readers: openReaders({ ledger, now }) };
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

test('what the bot answered is marked when it turns out wrong, also after its page was turned', async () => {
  const brief = await bench.command('reader', `/brief situation:${SAMPLE} length:full`, 'newsroom');
  const timeline = await bench.command('reader', `/timeline situation:${SAMPLE}`, 'fieldNotes');
  const ids = (text: string) => new Set([...text.matchAll(/ · (E\d+)$/gm)].map((m) => m[1] ?? ''));
  const id = [...ids(brief.text)].find((one) => !ids(timeline.text).has(one));
  if (id === undefined) throw new Error('nothing is shown');
  const before = timeline.text;
  const { ledger } = opened;
  const stream = situationStream(SAMPLE);
  await ledger.append(stream, await ledger.head(stream), [
    { at: NOW, author: 'editor', kind: 'entry.retracted', body: { id, reason: 'our_error', note: 'Another place.' } },
  ]);
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
