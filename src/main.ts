import { setTimeout as delay } from 'node:timers/promises';
import { commands } from '../commands/index.ts';
import { digestChecks } from './asking/digest/checks.ts';
import { digestLog } from './asking/digest/log.ts';
import { ledgerButtons } from './button-memory.ts';
import type { Config } from './config.ts';
import { lateAlone } from './corrections/late.ts';
import { openDesks } from './desk/desks.ts';
import type { GuildFacts } from './desk/facts.ts';
import type { Digesting } from './digesting.ts';
import { startBot } from './discord/bot.ts';
import { openReaders } from './editions/readers.ts';
import { renderPng } from './graphics/png.ts';
import type { StreamProblem } from './ledger/file-ledger.ts';
import type { Log } from './log.ts';
import { createLog, errorData } from './log.ts';
import { editionRecorder } from './recorder.ts';
import { configured, lineFor, runMain } from './start.ts';
import { openStore } from './store.ts';

/** A shutdown that takes longer is cut off: the ledger is durable at every moment. In ms. */
const PATIENCE = 10_000;

/** How long after the start corrections that are owed begin to be carried. In ms. */
const CARRY_AFTER = 1_500;

/** Not by name: who reads it here may know nothing of other servers' situations. */
const damageIn = (problems: readonly StreamProblem[]): readonly string[] =>
  problems.flatMap(({ kind }) =>
    kind === 'torn' ? [] : [kind === 'disk' ? 'the disk failed, nothing more is recorded' : 'a file is damaged'],
  );

/** The bot on Discord (or at DISCORD_API_URL). */
async function openBot(
  config: Config,
  token: string,
  log: Log,
  onFatal: (error: unknown) => void,
): Promise<() => Promise<void>> {
  const now = (): Date => new Date();
  const store = await openStore({ ...config, log, now });
  try {
    const alone = lateAlone(store.ledger, now);
    const kept = { archive: store.archive, readers: openReaders({ ledger: store.ledger, now }), alone };
    const desks = openDesks({ ledger: store.ledger, now });
    let facts: GuildFacts | undefined;
    let digesting: Digesting | undefined;
    const orders = digestLog((stream, after) => store.ledger.read(stream, after));
    const memory = await ledgerButtons(store.ledger, now);
    const discord = { token, log, ...(config.apiUrl !== undefined && { api: config.apiUrl }) };
    const bot = await startBot({
      ...discord,
      commands,
      deps: {
        ...kept,
        now,
        desks,
        deskGuilds: config.deskGuilds,
        problems: () => damageIn(store.ledger.problems()),
        get facts() {
          return facts;
        },
        get digests() {
          return digesting?.digests;
        },
        logs: [orders],
        checks: [digestChecks(() => digesting?.digests.books, now)],
      },
      recorder: editionRecorder(kept, log),
      onFatal,
      draw: renderPng,
      ...memory,
    });
    // Off the way of the first answers; what was owed yesterday can wait so long.
    const leave = new AbortController();
    const corrections = delay(CARRY_AFTER, undefined, { signal: leave.signal }).then(
      async () => {
        const [carrying, mend, watch, digests, { createPacer }, shelf] = await Promise.all([
          import('./carrying.ts'),
          import('./discord/mend/mender.ts'),
          import('./desk-watch.ts'),
          import('./digest-watch.ts'),
          import('./discord/pacer.ts'),
          alone.shelf(),
        ]);
        const { ledger, archive } = store;
        const pacer = createPacer();
        facts = watch.factsOf(bot);
        const mirroring = watch.watchDesks({ bot, ledger, archive, desks, memory, log, now, more: [orders] });
        const carrier = carrying.carryCorrections({
          ...store,
          shelf,
          mender: mend.createMender({ ...discord, turn: () => pacer.turn('mend') }),
          log,
          now,
          report: async (of) => {
            if (of.guild !== undefined) await mirroring.tell(of.guild, watch.unmendedDocument(of));
          },
        });
        const { deskGuilds } = config;
        const { tell } = mirroring;
        digesting = await digests.watchDigests({
          ...discord,
          bot,
          pacer,
          ledger,
          archive,
          deskGuilds,
          memory,
          now,
          tell,
          onFatal,
        });
        const leaveRights = carrying.retryOnRights(bot.client, () => {
          carrier.retry();
          mirroring.retry();
          digesting?.retry();
        });
        carrying.markTurnedPages(bot.client, carrier.turned);
        return async (): Promise<void> => {
          leaveRights();
          await digesting?.close();
          await Promise.all([carrier.close(), mirroring.close()]);
        };
      },
      () => async (): Promise<void> => {},
    );
    return async () => {
      leave.abort();
      const end = await corrections;
      await Promise.all([bot.close(), end()]);
      alone.close();
      desks.close();
      await store.close();
    };
  } catch (thrown) {
    await store.close();
    throw thrown;
  }
}

await runMain(async () => {
  const config = configured();
  // Nobody operates a playground: what it logs would hide the address.
  const log = createLog(config.logLevel ?? (config.token === undefined ? 'error' : 'info'));
  let close: (() => Promise<void>) | undefined;
  let stopping = false;
  const stop = (exitCode: number): void => {
    // A second signal means that the person will not wait.
    if (stopping) process.exit(exitCode === 0 ? 130 : exitCode);
    stopping = true;
    process.exitCode = exitCode;
    setTimeout(() => process.exit(), PATIENCE).unref();
    const leave = close;
    close = undefined;
    void runMain(async () => leave?.());
  };
  process.on('SIGINT', () => stop(0));
  process.on('SIGTERM', () => stop(0));
  // discord.js reports what goes wrong in reading a packet this way; one bad packet must not end the bot.
  process.on('unhandledRejection', (reason) =>
    log.error(errorData(reason), 'Something failed where nobody waited for it'),
  );

  if (config.token === undefined) {
    // Loaded only here: a bot on Discord starts without it.
    const { openPlayground } = await import('./playground-main.ts');
    const playground = await openPlayground(config, log);
    close = playground.close;
    process.stdout.write(
      `No DISCORD_TOKEN is set: this is the playground, a Discord of your own.\nOpen ${playground.url} and type /brief (Ctrl+C ends it).\n`,
    );
  } else {
    close = await openBot(config, config.token, log, (error) => {
      process.stderr.write(`${lineFor(error) ?? String(error)}\n`);
      stop(1);
    });
  }
  // A signal that came while the house was still opening.
  if (stopping) await close?.();
});
