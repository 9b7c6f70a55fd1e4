import { Conflict } from '../ledger/errors.ts';
import type { Ledger, LedgerRecord, RecordDraft } from '../ledger/ledger.ts';
import { CURATED, entryOf, REGISTRY_STREAM, SITUATION_STREAMS, situationStream } from '../model/record.ts';
import { firstRecorded } from './history.ts';
import { valueAt } from './json-text.ts';
import type { Curated } from './load.ts';
import { dated, planSituation, type SituationPlan } from './plan.ts';
import type { CuratedSituation } from './read-situation.ts';
import { registryChanges } from './registry-changes.ts';
import { laterOf, msOf, stampOf } from './times.ts';

export interface SituationSync {
  readonly slug: string;
  /** Entries, by the most that happened to each. */
  readonly added: number;
  readonly amended: number;
  readonly retracted: number;
  readonly untouched: number;
  /** Entries that are recorded later than now. */
  readonly waiting: number;
  /** Records that were appended, those of links and of the situation itself included. */
  readonly records: number;
  /** Ids that the file and somebody in chat use for different things; give those of the file another id. */
  readonly collisions: readonly string[];
}

export interface SyncReport {
  /** Records that were appended to the registry of sources. */
  readonly registry: number;
  readonly situations: readonly SituationSync[];
  /** Situations that once came from a file and have none (any more, or none that can be read); left as they are. */
  readonly withoutFile: readonly string[];
  /** Streams that could not be read or written; the others were synced. */
  readonly failed: readonly { readonly stream: string; readonly cause: unknown }[];
}

export interface SyncRequest {
  readonly ledger: Ledger;
  readonly curated: Curated;
  /** ISO instant. Nothing that is recorded later is told yet. */
  readonly now: string;
  /** Later calls, too, tell what has become due with the time at which it was recorded (the playground's clock). */
  readonly replay?: boolean;
}

/**
 * Tells the ledger what is new in the curated files. A situation that is new to the ledger arrives with its history,
 * each record at the time at which it was recorded; whatever changes later is recorded now. A second call writes nothing.
 */
export async function syncCurated({ ledger, curated, now, replay = false }: SyncRequest): Promise<SyncReport> {
  const clock = stampOf(msOf(now));
  const failed: { stream: string; cause: unknown }[] = [];
  const guarded = async <T>(stream: string, work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (cause) {
      failed.push({ stream, cause });
      return undefined;
    }
  };

  const complete = curated.problems.every(({ severity }) => severity !== 'error');
  const first = firstRecorded(curated.situations);
  const registry = await guarded(REGISTRY_STREAM, () =>
    settle(ledger, REGISTRY_STREAM, (records) => {
      // The registry is known from the first record on, or a look back to that day would find nameless sources.
      const at = records.length > 0 || first === undefined || (first > clock && !replay) ? clock : first;
      const changes = at > clock ? [] : registryChanges(curated.registry, records, complete);
      return { drafts: dated(changes, laterOf(at, records.at(-1)?.at ?? '')) };
    }),
  );

  const situations: SituationSync[] = [];
  for (const file of curated.situations) {
    const stream = situationStream(file.slug);
    const plan = await guarded(stream, () =>
      settle(ledger, stream, (records) => planSituation(file, records, clock, replay)),
    );
    if (plan) situations.push(counted(file, plan));
  }
  return {
    registry: registry?.drafts.length ?? 0,
    situations,
    withoutFile: await withoutFile(ledger, curated),
    failed,
  };
}

const ATTEMPTS = 5;

/** Reads, decides, appends all at once; when somebody was first, reads and decides again. */
async function settle<P extends { readonly drafts: readonly RecordDraft[] }>(
  ledger: Ledger,
  stream: string,
  decide: (records: readonly LedgerRecord[]) => P,
): Promise<P> {
  for (let attempt = 1; ; attempt++) {
    const records = await ledger.read(stream);
    const plan = decide(records);
    if (plan.drafts.length === 0) return plan;
    try {
      await ledger.append(stream, records.at(-1)?.seq ?? 0, plan.drafts);
      return plan;
    } catch (cause) {
      if (!(cause instanceof Conflict) || attempt === ATTEMPTS) throw cause;
    }
  }
}

function counted(file: CuratedSituation, { drafts, due, collisions }: SituationPlan): SituationSync {
  const touched = new Map<string, 'added' | 'amended' | 'retracted'>();
  for (const { kind, body } of drafts) {
    const id = entryTold(kind, body);
    if (id === undefined || touched.get(id) === 'added') continue;
    if (kind === 'entry.added') touched.set(id, 'added');
    else if (kind === 'entry.retracted' || touched.get(id) !== 'retracted')
      touched.set(id, kind === 'entry.retracted' ? 'retracted' : 'amended');
  }
  const times = (what: string): number => [...touched.values()].filter((done) => done === what).length;
  const clashing = new Set(collisions);
  return {
    slug: file.slug,
    added: times('added'),
    amended: times('amended'),
    retracted: times('retracted'),
    untouched: file.entries.filter(({ id }) => due.has(id) && !touched.has(id)).length,
    waiting: file.entries.filter(({ id }) => !due.has(id) && !clashing.has(id)).length,
    records: drafts.length,
    collisions,
  };
}

/** The entry that a record is about; undefined for records of the situation and of links. */
function entryTold(kind: string, body: unknown): string | undefined {
  const [id, entry, report] = [['id'], ['entry', 'id'], ['report', 'id']].map((path) => valueAt(body, path));
  if (typeof entry === 'string') return entry;
  if (typeof report === 'string') return entryOf(report);
  if (typeof id !== 'string') return undefined;
  return kind.startsWith('report.') ? entryOf(id) : id;
}

async function withoutFile(ledger: Ledger, { situations }: Curated): Promise<string[]> {
  const slugs = new Set(situations.map(({ slug }) => slug));
  const missing: string[] = [];
  for (const stream of await ledger.streams()) {
    const slug = stream.slice(SITUATION_STREAMS.length);
    if (!stream.startsWith(SITUATION_STREAMS) || slugs.has(slug)) continue;
    const [opened] = await ledger.read(stream);
    if (opened?.author === CURATED) missing.push(slug);
  }
  return missing;
}
