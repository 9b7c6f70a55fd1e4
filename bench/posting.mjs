// Digests that are due in the same minute, sent at Discord's limits, while people ask /brief: against what the limit
// allows, and against /brief when nothing is sent.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { openBooks } from '../dist/src/digests/books.js';
import { openFileLedger } from '../dist/src/ledger/file-ledger.js';
import { PLAYGROUND_SEED } from '../dist/src/playground/cast.js';
import { startStandIn } from '../dist/src/playground/standin/stand-in.js';
import { ask, SAMPLE, sitrep, startBot } from './bots.mjs';
import { timesRow } from './measure.mjs';

/** A sample of 10,000: the pace is the same from the first second to the last. */
const DIGESTS = 1_500;
const PER_GUILD = 200;
/** What Discord lets a bot send in a second, all channels together. */
const ALLOWED = 50;
const LEAST_SHARE = 0.9;
const MOST_SLOWER = 1.5;
const SITUATION = 'aleppo-2024';
const MINUTE = 60_000;
const PATIENCE = 120_000;
const BETWEEN_ASKS = 40;
const IDLE_ASKS = 300;

const [home] = PLAYGROUND_SEED.guilds;
const guilds = Array.from({ length: Math.ceil(DIGESTS / PER_GUILD) }, (_, g) => ({
  ...home,
  id: `12000000000000${String(g).padStart(2, '0')}000`,
  name: `Server ${g}`,
  botRoleId: `12000000000000${String(g).padStart(2, '0')}900`,
  roles: [],
  members: home.members.map((member) => ({ ...member, roles: [] })),
  channels: Array.from({ length: PER_GUILD }, (__, c) => ({
    id: `12000000000000${String(g).padStart(2, '0')}${String(c + 1).padStart(3, '0')}`,
    name: `channel-${c}`,
    type: 0,
  })),
}));

/** Digests of so many servers, due since the beginning of this minute. */
async function order(dir) {
  const now = Date.now();
  const time = new Date(now).toISOString().slice(11, 16);
  const at = new Date(now - 2 * MINUTE).toISOString();
  const ledger = await openFileLedger({ dir });
  const books = await openBooks({ ledger, now: () => now - 2 * MINUTE });
  let left = DIGESTS;
  for (const { id: guild, channels } of guilds)
    await books.change(guild, () =>
      channels.slice(0, left).map(({ id: channel }, n) => {
        left -= 1;
        const digest = {
          id: `D${n + 1}`,
          name: 'Morning',
          guild,
          channel,
          situations: [SITUATION],
          schedule: {
            by: 'times',
            zone: 'UTC',
            times: [time],
            days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
          },
          length: 'standard',
          filters: {},
          whenNothing: 'line',
          flash: false,
          style: 'post',
          publish: false,
          paused: false,
          createdBy: home.ownerId,
          createdAt: at,
          revision: 1,
        };
        return { kind: 'digest.created', body: { digest, since: {} } };
      }),
    );
  books.close();
  await ledger.close();
}

/** @returns {Promise<import('./measure.mjs').Row[]>} */
export async function run() {
  const dir = await mkdtemp(join(tmpdir(), 'sitrep-bench-'));
  const state = join(dir, 'state');
  await order(state);
  // With Discord's limits: 50 a second in all, 5 in 5 s to a channel.
  const discord = await startStandIn({
    seed: { ...PLAYGROUND_SEED, guilds: [...PLAYGROUND_SEED.guilds, ...guilds] },
    now: () => Object.assign(new Date(), { exact: performance.now() }),
    heartbeatMs: 3_600_000,
    keepRequests: 20_000,
  });
  const kind = sitrep(SAMPLE, state, SITUATION);
  let bot;
  try {
    bot = await startBot(discord, kind);
    const posts = () =>
      discord.requests.filter(({ method, path }) => method === 'POST' && /^\/channels\/12\d+\/messages$/.test(path));
    const end = performance.now() + PATIENCE;
    while (posts().length === 0) {
      if (performance.now() > end) throw new Error('no digest was sent');
      await delay(20);
    }
    const busy = [];
    while (posts().length < DIGESTS && performance.now() < end) {
      busy.push(await ask(discord, kind));
      await delay(BETWEEN_ASKS);
    }
    const sent = posts();
    const refused = discord.requests.filter(({ status }) => status === 429).length;
    if (sent.length !== DIGESTS) throw new Error(`${sent.length} of ${DIGESTS} digests were sent in ${PATIENCE} ms`);
    if (refused > 0) throw new Error(`Discord answered 429 ${refused} times`);
    await delay(1_000);
    const idle = [];
    for (let n = 0; n < IDLE_ASKS; n += 1) {
      idle.push(await ask(discord, kind));
      await delay(BETWEEN_ASKS / 4);
    }
    const times = sent.map(({ at }) => at.exact);
    const value = ((DIGESTS - 1) / (Math.max(...times) - Math.min(...times))) * 1_000;
    const ratio = Number((value / ALLOWED).toPrecision(3));
    return [
      {
        name: `digests: ${DIGESTS.toLocaleString('en')} of 10,000 due in one minute, sent without a 429`,
        unit: '/s',
        value: Number(value.toPrecision(3)),
        peer: 'what the limit allows',
        peerValue: ALLOWED,
        ratio,
        limit: LEAST_SHARE,
        ok: ratio >= LEAST_SHARE,
      },
      timesRow({
        name: '/brief while digests are sent, p50',
        ours: busy,
        peer: '/brief when none are',
        theirs: idle,
        limit: MOST_SLOWER,
      }),
    ];
  } finally {
    await bot?.stop();
    await discord.close();
    await rm(dir, { recursive: true });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.table(await run());
