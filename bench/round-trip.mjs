// A briefing of a situation with 1,000 entries, asked of a bot that is warm, against "pong" from the smallest bot.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ask, openDiscord, pong, sitrep, startBot } from './bots.mjs';
import { inTurns, timesRow } from './measure.mjs';
import { SITUATION, writeSituation } from './situation.mjs';

/** @typedef {import('./measure.mjs').Row} Row */

const ENTRIES = 1_000;
const WARM_UP = 500;
const ROUNDS = 1_000;
const LIMIT = 1.3;

/** @returns {Promise<Row[]>} */
export async function run() {
  const dir = await mkdtemp(join(tmpdir(), 'sitrep-bench-'));
  const dataDir = join(dir, 'data');
  await writeSituation(dataDir, ENTRIES);
  const ours = sitrep(dataDir, join(dir, 'state'), SITUATION);
  const [one, two] = [await openDiscord(), await openDiscord()];
  const bots = [];
  try {
    bots.push(await startBot(one, ours), await startBot(two, pong));
    const turns = (rounds) =>
      inTurns(
        rounds,
        () => ask(one, ours),
        () => ask(two, pong),
      );
    await turns(WARM_UP);
    return [
      timesRow({
        name: '/brief at 1,000 entries, p50',
        peer: 'a bot that answers pong',
        limit: LIMIT,
        ...(await turns(ROUNDS)),
      }),
    ];
  } finally {
    await Promise.all(bots.map((bot) => bot.stop()));
    await Promise.all([one.close(), two.close()]);
    await rm(dir, { recursive: true });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.table(await run());
