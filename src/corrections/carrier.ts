import { setTimeout as delay } from 'node:timers/promises';
import type { Known } from '../briefing/tell.ts';
import type { Ledger, LedgerRecord } from '../ledger/ledger.ts';
import { unreachable } from './alone.ts';
import { appender } from './append.ts';
import type { Page } from './book.ts';
import type { Failure, Unmended } from './failures.ts';
import { failuresIn, unmended } from './failures.ts';
import type { Marking, Mended, Mender } from './mender.ts';
import { markingOf, newlyOwed } from './owed.ts';
import type { Shelf } from './shelf.ts';
import { touchedBy, withCorrected } from './touched.ts';

export interface CarrierLog {
  info(data: object, text: string): void;
  warn(data: object, text: string): void;
  error(data: object, text: string): void;
}

export interface CarrierOptions {
  /** Where the streams of readers are, and what they hold. */
  readonly ledger: Ledger;
  readonly shelf: Shelf;
  /** What is known of a situation now. */
  readonly known: (situation: string) => Promise<Known | undefined>;
  readonly mender: Mender;
  /**
   * Told of each message that could not be mended, once, after that was recorded: for those who moderate. What it throws
   * is logged.
   */
  readonly report?: ((unmended: Unmended) => void | Promise<void>) | undefined;
  readonly log: CarrierLog;
  readonly now: () => Date;
  /** Wait before the next attempt after so many that failed, in ms; default 1 s, 2 s, 4 s … 60 s. */
  readonly backoffMs?: (attempts: number) => number;
  /** After how long a page that was turned is looked at, in ms; default 2 s and 10 s. */
  readonly turnMs?: readonly number[];
}

/** Carries corrections to the messages that showed what was wrong: a durable list, each item done once. */
export interface Carrier {
  /** Records were added to a situation, and are in what is known of it. */
  noticed(situation: string, records: readonly LedgerRecord[]): void;
  /** Looks through all that was shown and is known: at the start, and after the store was exchanged. */
  review(): void;
  /** Somebody turned the page of this message: what it says was written anew, without its marks. */
  turned(message: string): void;
  /** Rights of the bot changed: what failed for want of one is tried again. */
  retry(): void;
  /** What could not be told, for the moderators. */
  failures(): readonly Failure[];
  /** Waits until nothing is left to do now; what waits for a later attempt stays. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** So many attempts without an answer from Discord, then it is listed; it is tried again at the next change or start. */
const ATTEMPTS = 10;
const TURN_MS = [2_000, 10_000] as const;
/** How long closing waits for the request that is under way, in ms. */
const LEAVE_WITHIN = 2_000;
const usualBackoff = (attempts: number): number => Math.min(60_000, 1_000 * 2 ** (attempts - 1));

export function openCarrier(options: CarrierOptions): Carrier {
  const { ledger, mender, log } = options;
  const { book } = options.shelf;
  const record = appender(ledger, options.now);
  /** Pages that wait for a later attempt: until when, on this process's clock, and after how many attempts. */
  const waiting = new Map<Page, { readonly until: number; readonly attempts: number }>();
  const over = new AbortController();
  let alarm: NodeJS.Timeout | undefined;
  const turns = new Set<NodeJS.Timeout>();

  // One thing after the other: a burst of corrections must not crowd out people who ask.
  let work: Promise<void> = Promise.resolve();
  const then = (job: () => Promise<void>): void => {
    work = work.then(async () => {
      if (over.signal.aborted) return;
      try {
        await job();
      } catch (thrown) {
        if (!over.signal.aborted) log.error({ error: String(thrown) }, 'Corrections could not be carried on');
      }
    });
  };

  async function assess(pages: Iterable<Page>, entries: (page: Page) => Iterable<string>): Promise<void> {
    for (const page of pages) {
      const { situation, seq, head = seq } = page.edition;
      const now = await options.known(situation);
      // Nothing was recorded since: what was shown a moment ago costs nothing.
      if (!now || now.picture.seq <= head) continue;
      const owed = newlyOwed(now, page, entries(page), (entry) => page.last.get(entry));
      await record(
        page.stream,
        owed.map((body) => ({ kind: 'correction.owed', key: body.id, body })),
      );
      if (owed.length > 0) waiting.delete(page);
    }
  }

  /** Mends every message of an edition; the least that was achieved counts for all that is owed to it. */
  async function mend({ edition }: Page, markings: readonly Marking[]): Promise<Mended> {
    if (edition.messages.length === 0)
      return { how: 'failed', why: 'Discord did not say which message it was', again: false };
    const outcomes: Mended[] = [];
    for (const message of edition.messages) {
      outcomes.push(await mender.mend(edition.channel, message, markings));
      if (over.signal.aborted) return { how: 'later', why: 'the bot is leaving' };
    }
    const later = outcomes.find((o) => o.how === 'later');
    const failed = outcomes.filter((o) => o.how === 'failed');
    if (later) return later;
    if (failed.length > 0)
      return {
        how: 'failed',
        why: [...new Set(failed.map((o) => o.why))].join('; '),
        again: failed.some((o) => o.again),
      };
    return { how: outcomes.some((o) => o.how === 'told') ? 'told' : 'edited' };
  }

  /** Moderators who cannot be told must not keep corrections from others. */
  async function tellModerators(of: Unmended): Promise<void> {
    try {
      await options.report?.(of);
    } catch (thrown) {
      log.error(
        { edition: of.edition, error: String(thrown) },
        'What could not be mended could not be reported either',
      );
    }
  }

  async function carryPage(page: Page): Promise<void> {
    const { stream, edition } = page;
    const now = await options.known(edition.situation);
    if (!now) return;
    const owed = [...page.pending.values()];
    const markings = [...new Set(owed.map((o) => o.entry))].flatMap((entry) => {
      const last = page.last.get(entry);
      return (last && markingOf(now, page, last, page.told.has(entry))) ?? [];
    });
    const mended: Mended = markings.length === 0 ? { how: 'edited' } : await mend(page, markings);
    if (over.signal.aborted && mended.how === 'later') return;
    const where = { edition: `B${edition.number}`, channel: edition.channel, entries: markings.map((m) => m.entry) };
    const fail = async (why: string, again: boolean): Promise<void> => {
      waiting.delete(page);
      log.warn({ ...where, why }, 'A correction could not be brought to the message that showed the error');
      await record(
        stream,
        owed.map(({ id }) => ({ kind: 'correction.failed', body: { id, why, ...(again && { again }) } })),
      );
      await tellModerators(unmended(page, markings, why, again));
    };
    if (mended.how === 'failed') return fail(mended.why, mended.again);
    if (mended.how === 'later') {
      const attempts = (waiting.get(page)?.attempts ?? 0) + (mended.afterMs === undefined ? 1 : 0);
      if (attempts >= ATTEMPTS) return fail(mended.why, true);
      const wait = mended.afterMs ?? (options.backoffMs ?? usualBackoff)(attempts);
      waiting.set(page, { until: performance.now() + wait, attempts });
      log.info({ ...where, why: mended.why, wait }, 'A correction waits for its next attempt');
      return;
    }
    waiting.delete(page);
    const { how } = mended;
    await record(
      stream,
      owed.map(({ id }) => ({ kind: 'correction.done', key: `done/${id}`, body: { id, how } })),
    );
    log.info({ ...where, how }, 'A correction reached its readers');
  }

  /** Marks a message again with all that is wrong in its edition. */
  async function markAgain(message: string): Promise<void> {
    const page = book.marked(message);
    const now = page && (await options.known(page.edition.situation));
    if (!page || !now) return;
    const markings = [...page.last.values()].flatMap((owed) => markingOf(now, page, owed) ?? []);
    const mended = await mender.mend(page.edition.channel, message, markings);
    if (mended.how === 'failed' || mended.how === 'later')
      log.warn({ edition: `B${page.edition.number}`, message, why: mended.why }, 'A turned page could not be marked');
  }

  const due = (page: Page): boolean =>
    page.pending.size > 0 && !unreachable(page) && (waiting.get(page)?.until ?? 0) <= performance.now();

  async function carry(): Promise<void> {
    for (const page of book.open()) {
      if (over.signal.aborted) return;
      if (due(page)) await carryPage(page);
    }
    clearTimeout(alarm);
    const next = Math.min(...[...waiting.values()].map((w) => w.until));
    if (next < Number.POSITIVE_INFINITY && !over.signal.aborted)
      alarm = setTimeout(() => then(carry), Math.max(1, next - performance.now())).unref();
  }

  const assessAll = (): Promise<void> => assess(book.pages(), ({ edition }) => Object.keys(edition.shows));

  const leave = options.shelf.onShown((fresh) => {
    // Something may have been corrected while it was on its way.
    then(() => assess(fresh, ({ edition }) => Object.keys(edition.shows)));
    then(carry);
  });
  then(async () => {
    await options.shelf.ready();
    await assessAll();
    await release();
  });
  then(carry);

  /** What failed for want of a right is owed once more. */
  async function release(): Promise<void> {
    for (const page of book.open())
      for (const [id, { owed, again }] of page.failed) {
        if (!again) continue;
        page.failed.delete(id);
        page.pending.set(id, owed);
        waiting.delete(page);
      }
  }

  return {
    noticed(situation, records) {
      const entries = touchedBy(records);
      if (entries.size === 0) return;
      then(async () => {
        await options.shelf.ready();
        const now = await options.known(situation);
        const all = now ? withCorrected(entries, now.picture) : entries;
        await assess(book.showing(situation, all), () => all);
        await carry();
      });
    },
    review() {
      then(assessAll);
      then(carry);
    },
    turned(message) {
      if (!book.marked(message)) return;
      // The new page is on its way; where it took longer, the second look finds it.
      for (const wait of options.turnMs ?? TURN_MS) {
        const timer = setTimeout(() => {
          turns.delete(timer);
          then(() => markAgain(message));
        }, wait);
        turns.add(timer.unref());
      }
    },
    retry() {
      then(release);
      then(carry);
    },
    failures: () => failuresIn(book),
    async settled() {
      for (let seen: Promise<void> | undefined; seen !== work; ) {
        seen = work;
        await seen;
        // What was just recorded may have asked for more.
        await delay(0);
      }
    },
    async close() {
      over.abort();
      leave();
      clearTimeout(alarm);
      for (const timer of turns) clearTimeout(timer);
      // What is cut off is found again at the next start.
      await Promise.race([work, delay(LEAVE_WITHIN, undefined, { ref: false })]);
    },
  };
}
