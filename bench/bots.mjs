// Bots as processes of their own, each in a Discord of its own (the project's stand-in, in this process).
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { CHANNEL_IDS, PERSONA_IDS, PLAYGROUND_SEED } from '../dist/src/playground/cast.js';
import { startStandIn } from '../dist/src/playground/standin/stand-in.js';

const pathTo = (relative) => fileURLToPath(new URL(relative, import.meta.url));

const PATIENCE_MS = 30_000;

/** What a person runs: `npm start` says it, so that nothing faster is measured. */
const { scripts } = JSON.parse(readFileSync(pathTo('../package.json'), 'utf8'));
const MAIN = scripts.start.replace(/^node /, '../');

/** The sample that comes with the house. */
export const SAMPLE = pathTo('../data');

/**
 * A kind of bot: what runs, and the question that it is asked.
 * @typedef {{ script: string, env: Record<string, string>, command: string, options: { name: string, type: 3, value: string }[] }} Kind
 */

/** @returns {Kind} */
export const sitrep = (dataDir, stateDir, situation) => ({
  script: pathTo(MAIN),
  env: { DATA_DIR: dataDir, STATE_DIR: stateDir },
  command: 'brief',
  options: [{ name: 'situation', type: 3, value: situation }],
});

/** @type {Kind} */
export const pong = { script: pathTo('./pong-bot.mjs'), env: {}, command: 'ping', options: [] };

/** The stand-in notes when a request has arrived by its clock; a Date alone has only milliseconds. */
const now = () => Object.assign(new Date(), { exact: performance.now() });

/** A Discord that has not seen a bot yet. Without rate limits: those would be measured instead of the bot. */
export const openDiscord = () =>
  startStandIn({ seed: PLAYGROUND_SEED, now, rateLimits: false, heartbeatMs: 3_600_000 });

/**
 * Asks once; the time from the interaction's dispatch to the arrival of the bot's callback, in ms. How long Discord then
 * takes to check the message is not the bot's. Throws where no message came of it.
 */
export async function ask(discord, kind) {
  const command = discord.commands.list(undefined).find(({ name }) => name === kind.command);
  const start = performance.now();
  const { id, outcome } = discord.interact({
    kind: 'command',
    userId: PERSONA_IDS.reader,
    channelId: CHANNEL_IDS.newsroom,
    commandId: command.id,
    options: kind.options,
  });
  const { kind: settled, callbackType, reason } = await outcome;
  const arrived = discord.requests.findLast(({ path }) => path.startsWith(`/interactions/${id}/`));
  const reply = discord
    .seen(CHANNEL_IDS.newsroom, PERSONA_IDS.reader)
    .find(({ interactionId }) => interactionId === id);
  // An error is told to the asker alone: fast, and no answer.
  if (settled !== 'acknowledged' || callbackType !== 4 || reply === undefined || reply.onlyFor !== undefined)
    throw new Error(`/${kind.command} was not answered: ${reason ?? JSON.stringify(reply?.raw ?? settled)}`);
  return arrived.at.exact - start;
}

/**
 * Starts a bot and asks it as soon as it can be asked: it has identified, and the command is registered.
 * `took`: from the start of the process to the answer, in ms.
 */
export async function startBot(discord, kind) {
  let tell = () => {};
  const changed = () => new Promise((resolve) => (tell = resolve));
  const leave = discord.on(() => tell());
  const start = performance.now();
  const child = spawn(process.execPath, [kind.script], {
    // Another folder than the house: a person's own .env is not read.
    cwd: tmpdir(),
    env: {
      PATH: process.env.PATH,
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiBase,
      ...kind.env,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = once(child, 'exit');
  const gone = ended.then(([code]) => {
    throw new Error(`${kind.script} ended with ${code}`);
  });
  gone.catch(() => {});
  const timer = new AbortController();
  const tooLong = delay(PATIENCE_MS, undefined, { signal: timer.signal }).then(() => {
    throw new Error(`${kind.script} could not be asked for /${kind.command} within ${PATIENCE_MS} ms`);
  });
  tooLong.catch(() => {});
  const askable = () =>
    discord.gateway.online && discord.commands.list(undefined).some(({ name }) => name === kind.command);
  try {
    while (!askable()) await Promise.race([changed(), gone, tooLong]);
    await ask(discord, kind);
  } catch (thrown) {
    child.kill('SIGKILL');
    throw thrown;
  }
  const took = performance.now() - start;
  timer.abort();
  leave();
  return {
    took,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
