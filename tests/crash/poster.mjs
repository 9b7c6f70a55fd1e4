// A process of its own that posts digests until it is killed: `node poster.mjs <state folder> <api> <token> <ms since
// 1970 that its clock shows>`. It says "ready" when it begins and "done" when nothing is due or open any more.
import { writeSync } from 'node:fs';
import { openArchive } from '../../dist/src/archive.js';
import { openDigesting } from '../../dist/src/digesting.js';
import { createDigestPrinter, createDigestRest } from '../../dist/src/discord/digest-printer.js';
import { createPacer } from '../../dist/src/discord/pacer.js';
import { createSender } from '../../dist/src/discord/sender.js';
import { openFileLedger } from '../../dist/src/ledger/file-ledger.js';

const [dir, api, token, shown, bot] = process.argv.slice(2);
const say = (line) => writeSync(1, `${line}\n`);
const now = Number(shown);
const log = { info() {}, warn() {}, error: (data, text) => say(`error ${text} ${data.err?.message ?? ''}`) };

const ledger = await openFileLedger({ dir, now: () => new Date(now) });
const archive = await openArchive(ledger);
const rest = createDigestRest({ token, api });
rest.options.timeout = 100;
const memory = { remember: async () => 'none', recall: async () => undefined };
say('ready');
const digesting = await openDigesting({
  ledger,
  archive,
  sender: createSender({
    rest,
    pacer: createPacer({ perSecond: 80, perChannel: 1_000 }),
    bot,
    readsHistory: () => true,
    log,
  }),
  printer: createDigestPrinter({ memory }),
  channel: () => ({ kind: 'text', open: true }),
  deskGuilds: new Set(),
  now: () => new Date(now),
  tell: async (_, document) => say(`told ${document.title}`),
  serverTime: async () => now,
  onToken: (why) => say(`token ${why}`),
  log,
  second: 6,
  most: 6,
});
await digesting.beat();
const { books } = digesting.digests;
const open = () => [...books.all()].some(({ digests }) => [...digests.values()].some((state) => state.open.size > 0));
const timer = setInterval(() => {
  if (open()) return;
  clearInterval(timer);
  say('done');
  process.exit(0);
}, 10);
