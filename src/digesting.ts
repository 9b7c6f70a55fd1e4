import type { Archive } from './archive.ts';
import type { DigestAlarm } from './briefing/digest-alarms.ts';
import { composeDigestAlarm } from './briefing/digest-alarms.ts';
import type { Document } from './briefing/document.ts';
import { deskOf } from './desk/may.ts';
import { openAgenda } from './digests/agenda.ts';
import { askedDigests } from './digests/asked.ts';
import { openBooks } from './digests/books.ts';
import { createComposer } from './digests/composing.ts';
import type { ChannelFacts, Printer } from './digests/messages.ts';
import { openPoster } from './digests/poster.ts';
import { openPublisher } from './digests/publisher.ts';
import { openRunner } from './digests/runner.ts';
import type { Sender } from './digests/sender.ts';
import type { Digests } from './digests/service.ts';
import type { Alarm } from './digests/ticker.ts';
import { startTicker } from './digests/ticker.ts';
import { barest } from './discord/digest-printer.ts';
import { withDispute } from './drafting/dispute.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { Log } from './log.ts';
import { errorData } from './log.ts';
import { SITUATION_STREAMS } from './model/record.ts';

export interface DigestingOptions {
  readonly ledger: Ledger;
  readonly archive: Archive;
  readonly sender: Sender;
  readonly printer: Printer;
  readonly channel: (guild: string, channel: string) => ChannelFacts | undefined;
  readonly deskGuilds: ReadonlySet<string>;
  readonly now: () => Date;
  /** Tells the people of a guild's desk. False where they cannot be told. */
  readonly tell: (guild: string, document: Document) => Promise<boolean>;
  /** Tells one person by a direct message. */
  readonly write?: (user: string, document: Document) => Promise<unknown>;
  /** What the platform's clock shows, in ms. */
  readonly serverTime: () => Promise<number | undefined>;
  /** The token is not taken any more. */
  readonly onToken: (why: string) => void;
  readonly log: Log;
  /** Length of a second of the outbox in ms: tests have short ones. */
  readonly second?: number;
  /** How many are sent at a time. */
  readonly most?: number;
}

/** Posts digests, for as long as the store is open. */
export interface Digesting {
  readonly digests: Digests;
  /** Rights or channels changed. */
  retry(): void;
  /** Looks at once for what is due: the clock was moved on purpose. Resolves when what was due is sent. */
  beat(): Promise<void>;
  close(): Promise<void>;
}

/** A post that hangs in a request is taken up at the next start. In ms. */
const LEAVE_WITHIN = 3_000;

export async function openDigesting(options: DigestingOptions): Promise<Digesting> {
  const { ledger, archive, sender, printer, channel, deskGuilds, tell, write, serverTime, onToken, log, second, most } =
    options;
  const now = (): number => options.now().getTime();
  const books = await openBooks({ ledger, now });
  const agenda = openAgenda(books);

  const say = (guild: string, alarm: DigestAlarm): void => {
    log.warn({ guild, ...alarm }, 'The desk is told of its digests');
    const document = composeDigestAlarm(alarm);
    const creator = 'digest' in alarm ? books.of(guild).digests.get(alarm.digest.id)?.digest.createdBy : undefined;
    const reach = async (): Promise<void> => {
      // Where the desk has no mod-log, whoever made the digest; /digest list shows it in any case.
      if (!(await tell(guild, document)) && creator !== undefined) await write?.(creator, document);
    };
    void reach().catch((thrown: unknown) =>
      log.error({ guild, ...errorData(thrown) }, 'The desk could not be told of its digests'),
    );
  };
  const alarm = (of: Alarm): void => {
    if (of.about === 'silence' && of.ms < SHORT) return log.warn(of, 'The ticker was silent');
    const words: DigestAlarm = of.about === 'clock' ? { about: 'clock', state: of.state, off: of.off } : of;
    for (const { guild } of books.all()) say(guild, words);
    return undefined;
  };

  const shared = { books, sender, now, tell: say, log, ...(second !== undefined && { second }) };
  const publisher = openPublisher({ ...shared, announces: (guild, id) => channel(guild, id)?.kind === 'announcement' });
  const poster = openPoster({ ...shared, publisher, barest, onToken });
  const composer = createComposer({
    archive,
    mayTell: (guild, { visibility, sharedWith = [], desk }) =>
      visibility === 'public' || deskOf({ desk }, deskGuilds).has(guild) || sharedWith.includes(guild),
  });
  let trusted = (): boolean => true;
  const runner = openRunner({
    ...shared,
    agenda,
    poster,
    composer,
    printer: { print: (document, more) => printer.print(withDispute(document), more) },
    archive,
    channel,
    trusted: () => trusted(),
    ...(most !== undefined && { most }),
  });
  const unfollow = ledger.follow((stream, records) => {
    if (!stream.startsWith(SITUATION_STREAMS)) return;
    const flash = records.some(
      ({ kind, body }) =>
        (kind === 'entry.added' || kind === 'entry.amended') &&
        (body as { readonly entry?: { readonly severity?: unknown } }).entry?.severity === 'flash',
    );
    if (flash) runner.noticed(stream.slice(SITUATION_STREAMS.length));
  });

  const ticker = startTicker({
    tick: () => runner.tick(now()),
    alarm,
    now,
    monotonic: () => performance.now(),
    serverTime,
  });
  trusted = ticker.trusted;
  poster.reconcile();
  publisher.reconcile();
  runner.retry();
  for (const slug of archive.slugs()) runner.noticed(slug);
  const first = ticker.beat();

  return {
    digests: askedDigests({ books, ledger, archive, composer, runner, now }),
    retry: runner.retry,
    async beat() {
      await first;
      await ticker.beat();
      await runner.settled();
    },
    async close() {
      unfollow();
      await ticker.stop();
      publisher.close();
      const left = Promise.all([poster.close(), runner.close()]);
      let timer: NodeJS.Timeout | undefined;
      const bound = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, LEAVE_WITHIN);
      });
      await Promise.race([left, bound]);
      clearTimeout(timer);
      agenda.close();
      books.close();
    },
  };
}

/** A silence that nobody has to be told of. */
const SHORT = 5 * 60_000;
