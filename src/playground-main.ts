import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commands } from '../commands/index.ts';
import { digestChecks } from './asking/digest/checks.ts';
import { digestLog } from './asking/digest/log.ts';
import { ledgerButtons } from './button-memory.ts';
import { carryCorrections, markTurnedPages, retryOnRights } from './carrying.ts';
import type { Config } from './config.ts';
import type { Carrier } from './corrections/carrier.ts';
import type { Unmended } from './corrections/failures.ts';
import { lateAlone } from './corrections/late.ts';
import { type Curated, loadCurated } from './curated/load.ts';
import { problemLine } from './curated/problem.ts';
import { type Desks, openDesks } from './desk/desks.ts';
import type { GuildFacts } from './desk/facts.ts';
import type { MoreItems } from './desk/log.ts';
import { DEFAULT_SETTINGS, deskStream } from './desk/record.ts';
import { factsOf, unmendedDocument, watchDesks } from './desk-watch.ts';
import { digestMarks, duePlayed } from './digest-marks.ts';
import { watchDigests } from './digest-watch.ts';
import type { Digesting } from './digesting.ts';
import type { DigestState } from './digests/book.ts';
import { startBot } from './discord/bot.ts';
import { createMender } from './discord/mend/mender.ts';
import { createPacer } from './discord/pacer.ts';
import { openReaders, type Readers } from './editions/readers.ts';
import { UserError } from './errors.ts';
import { renderPng } from './graphics/png.ts';
import { memoryLedger } from './ledger/memory-ledger.ts';
import type { Log } from './log.ts';
import type { Mirroring } from './mirroring.ts';
import { CHANNEL_IDS, GUILD_ID, PERSONA_IDS, ROLE_IDS } from './playground/cast.ts';
import { startPlayground } from './playground/playground.ts';
import { editionRecorder } from './recorder.ts';
import { marksOf, settableClock } from './replay-clock.ts';
import type { Store } from './store.ts';
import { openStore } from './store.ts';

/** Which evening of the sample the playground opens on: the third, when there is something to ask and more to come. */
const FIRST_MARK = 2;

interface Opened {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * The bot in a Discord of its own, on loopback, over a copy of the state that is thrown away. Moving the clock forward
 * tells the ledger what was recorded by then; moving it back begins a new copy. Throws UserError where there is nothing
 * to brief about.
 */
export async function openPlayground(config: Config, log: Log): Promise<Opened> {
  const curated = await loadCurated(config.dataDir);
  const [problem] = curated.problems.filter(({ severity }) => severity === 'error');
  if (curated.situations.length === 0)
    throw new UserError(
      `There is no situation to brief about in ${config.dataDir} (${problem ? problemLine(problem) : 'situations/ is empty'}).`,
      'Set DATA_DIR to a folder with sources.json and situations/; npm run validate says what is wrong with its files.',
    );
  const undo: (() => Promise<void>)[] = [];
  try {
    return await openAll(config, log, curated, (step) => void undo.unshift(step));
  } catch (thrown) {
    // Else the server that is open already would keep the program, and the copy would stay.
    for (const step of undo) await step().catch(() => undefined);
    throw thrown;
  }
}

const statesOf = (digesting: Digesting | undefined): readonly DigestState[] =>
  [...(digesting?.digests.books.all() ?? [])].flatMap(({ digests }) => [...digests.values()]);

/** The people of the cast take their seats; what they do is told in #desk-log. */
async function seatDesk(desks: Desks, zone: string | undefined): Promise<void> {
  const by = { guild: GUILD_ID, author: PERSONA_IDS.admin };
  const { editor, reviewer, admin } = ROLE_IDS;
  await desks.setRoles(by, { reader: [], editor: [editor], reviewer: [reviewer], admin: [admin] });
  await desks.setSettings(by, {
    ...DEFAULT_SETTINGS,
    ...(zone !== undefined && { zone }),
    modLog: CHANNEL_IDS.deskLog,
  });
  // It begins with what a visitor does.
  await desks.mirrored(GUILD_ID, deskStream(GUILD_ID), (await desks.state(GUILD_ID)).seq);
}

async function openAll(
  config: Config,
  log: Log,
  curated: Curated,
  opened: (undo: () => Promise<void>) => void,
): Promise<Opened> {
  const copy = await mkdtemp(join(tmpdir(), 'sitrep-playground-'));
  opened(() => rm(copy, { recursive: true, force: true }));
  const timing = marksOf(curated);
  const opening = timing?.marks[Math.min(FIRST_MARK, timing.marks.length - 1)];
  const clock = settableClock(opening ? new Date(opening.at) : new Date());
  let copies = 0;
  const open = (): Promise<Store> =>
    openStore({ dataDir: config.dataDir, stateDir: join(copy, String(++copies)), log, now: clock.now, replay: true });
  let store = await open();
  opened(() => store.close());
  const readersOf = ({ ledger }: Store): Readers => openReaders({ ledger, now: clock.now });
  let readers = readersOf(store);
  const aloneOf = ({ ledger }: Store) => lateAlone(ledger, clock.now);
  let alone = aloneOf(store);
  let desks = openDesks({ ledger: store.ledger, now: clock.now });
  await seatDesk(desks, timing?.zone);
  /** From when the bot is there. */
  let carry: ((of: Store) => Promise<Carrier>) | undefined;
  let corrections: Carrier | undefined;
  let facts: GuildFacts | undefined;
  let tell: ((of: Store) => Mirroring) | undefined;
  let mirroring: Mirroring | undefined;
  let post: ((of: Store) => Promise<Digesting>) | undefined;
  let digesting: Digesting | undefined;
  const logOf = ({ ledger }: Store): MoreItems => digestLog((stream, after) => ledger.read(stream, after));
  let orders = logOf(store);

  const listeners = new Set<() => void>();
  const changed = (): void => {
    for (const listener of listeners) listener();
  };
  let moving = false;
  const move = async (to: Date, off: boolean): Promise<void> => {
    const back = to < clock.now();
    moving = true;
    changed();
    try {
      const [from, until] = [clock.now().getTime(), to.getTime()];
      for (const at of back || off ? [] : duePlayed(statesOf(digesting), from, until)) {
        clock.set(new Date(at));
        changed();
        // oxlint-disable-next-line no-await-in-loop -- time passes from one digest to the next
        await store.sync();
        // oxlint-disable-next-line no-await-in-loop
        await digesting?.beat();
      }
      clock.set(to);
      if (back) {
        const old = store;
        store = await open();
        // What was shown belongs to the records it was made from: a new copy counts from B1 again.
        readers.close();
        readers = readersOf(store);
        await digesting?.close();
        await corrections?.close();
        await mirroring?.close();
        alone.close();
        alone = aloneOf(store);
        desks.close();
        desks = openDesks({ ledger: store.ledger, now: clock.now });
        await seatDesk(desks, timing?.zone);
        orders = logOf(store);
        mirroring = tell?.(store);
        corrections = await carry?.(store);
        digesting = await post?.(store);
        await old.close();
      } else {
        await store.sync();
        // Drafts may have waited for long now.
        mirroring?.retry();
        await digesting?.beat();
      }
    } finally {
      moving = false;
      changed();
    }
  };
  // One move at a time: a second one waits for the first.
  let last: Promise<void> = Promise.resolve();

  const playground = await startPlayground({
    port: config.playgroundPort,
    now: () => new Date(),
    // A visitor turns the clock back and lets the same digest come once more.
    standIn: { nonceWindowMs: 5_000 },
    hints: {
      text: 'Type / to see what Sitrep answers, or try one of these. Move the clock and ask again.',
      lines: [
        '/brief situation: aleppo-2024',
        '/changes situation: aleppo-2024',
        '/casualties situation: aleppo-2024',
        '/help',
      ],
    },
    ...(timing && {
      clock: {
        state: () => ({
          now: clock.now().toISOString(),
          zone: timing.zone,
          marks: [...digestMarks(statesOf(digesting), clock.now().getTime()), ...timing.marks],
          moving,
        }),
        move: (to: Date, off: boolean) => {
          last = last.then(
            () => move(to, off),
            () => move(to, off),
          );
          return last;
        },
        onChange: (listener: () => void) => {
          listeners.add(listener);
          return () => listeners.delete(listener);
        },
      },
    }),
  });

  opened(() => playground.close());

  const [desk] = playground.standIn.world.guilds.keys();
  const kept = {
    get archive() {
      return store.archive;
    },
    get readers() {
      return readers;
    },
    get alone() {
      return alone;
    },
  };
  const memory = await ledgerButtons(memoryLedger(), () => new Date());
  const bot = await startBot({
    token: playground.token,
    api: playground.apiBase,
    commands,
    deps: {
      get archive() {
        return kept.archive;
      },
      get readers() {
        return kept.readers;
      },
      get alone() {
        return kept.alone;
      },
      get desks() {
        return desks;
      },
      get facts() {
        return facts;
      },
      get digests() {
        return digesting?.digests;
      },
      logs: [(guild) => orders(guild)],
      checks: [digestChecks(() => digesting?.digests.books, clock.now)],
      now: clock.now,
      deskGuilds: new Set(desk === undefined ? [] : [desk]),
    },
    log,
    draw: renderPng,
    recorder: editionRecorder(kept, log),
    ...memory,
  });
  facts = factsOf(bot);
  tell = ({ ledger, archive }) =>
    watchDesks({ bot, ledger, archive, desks, memory, log, now: clock.now, more: [(guild) => orders(guild)] });
  mirroring = tell(store);

  const pacer = createPacer();
  const turn = (): Promise<void> => pacer.turn('mend');
  const mender = createMender({ token: playground.token, api: playground.apiBase, log, turn });
  const report = async (of: Unmended): Promise<void> => {
    if (of.guild !== undefined) await mirroring?.tell(of.guild, unmendedDocument(of));
  };
  carry = async (of) => carryCorrections({ ...of, shelf: await alone.shelf(), mender, log, now: clock.now, report });
  corrections = await carry(store);
  const deskGuilds = new Set(desk === undefined ? [] : [desk]);
  post = async ({ ledger, archive }) => {
    const made = await watchDigests({
      bot,
      pacer,
      ledger,
      archive,
      deskGuilds,
      memory,
      log,
      now: clock.now,
      token: playground.token,
      api: playground.apiBase,
      tell: async (guild, document) => (await mirroring?.tell(guild, document)) === true,
      onFatal: (error) => log.error({}, error.message),
      // The bot's clock is moved on purpose here.
      serverTime: async () => clock.now().getTime(),
    });
    // A moment to jump to comes with each digest.
    made.digests.books.follow(changed);
    return made;
  };
  digesting = await post(store);
  const leaveRights = retryOnRights(bot.client, () => {
    corrections?.retry();
    mirroring?.retry();
    digesting?.retry();
  });
  markTurnedPages(bot.client, (message) => corrections?.turned(message));

  return {
    url: playground.url,
    close: async () => {
      leaveRights();
      await bot.close();
      await last.catch(() => {});
      await digesting?.close();
      await Promise.all([corrections?.close(), mirroring?.close()]);
      await playground.close();
      await store.close();
      await rm(copy, { recursive: true, force: true });
    },
  };
}
