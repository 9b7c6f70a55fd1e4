// From the start of the process to the first answered command, against the smallest bot on the same library.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openDiscord, pong, SAMPLE, sitrep, startBot } from './bots.mjs';
import { inTurns, timesRow } from './measure.mjs';

/** @typedef {import('./measure.mjs').Row} Row */

const SITUATION = 'aleppo-2024';
const ROUNDS = 21;
const FIRST_ROUNDS = 7;
const LIMIT = 1.5;

async function started(discord, kind) {
  const bot = await startBot(discord, kind);
  await bot.stop();
  return bot.took;
}

/** In a Discord that does not know the bot yet. */
async function startedFirst(kind) {
  const discord = await openDiscord();
  try {
    return await started(discord, kind);
  } finally {
    await discord.close();
  }
}

/** The daily case: the sample was synced and the commands were registered by an earlier start. */
async function again(dir) {
  const ours = sitrep(SAMPLE, join(dir, 'known'), SITUATION);
  const [one, two] = [await openDiscord(), await openDiscord()];
  try {
    await started(one, ours);
    await started(two, pong);
    return await inTurns(
      ROUNDS,
      () => started(one, ours),
      () => started(two, pong),
    );
  } finally {
    await Promise.all([one.close(), two.close()]);
  }
}

/** The very first start: nothing is recorded, nothing is registered. */
function first(dir) {
  let copies = 0;
  return inTurns(
    FIRST_ROUNDS,
    () => startedFirst(sitrep(SAMPLE, join(dir, `new-${++copies}`), SITUATION)),
    () => startedFirst(pong),
  );
}

/** @returns {Promise<Row[]>} */
export async function run() {
  const dir = await mkdtemp(join(tmpdir(), 'sitrep-bench-'));
  const peer = 'a bot that answers pong';
  try {
    return [
      timesRow({ name: 'start to first answer', peer, limit: LIMIT, ...(await again(dir)) }),
      timesRow({
        name: 'very first start to first answer',
        peer,
        limit: Number.POSITIVE_INFINITY,
        ...(await first(dir)),
      }),
    ];
  } finally {
    await rm(dir, { recursive: true });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.table(await run());
