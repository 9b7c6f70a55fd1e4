import type { LedgerRecord, RecordDraft } from '../ledger/ledger.ts';
import { CURATED } from '../model/record.ts';
import { collisionsOf, isTold, without } from './collisions.ts';
import { difference } from './difference.ts';
import { type SituationDraft, situationHistory } from './history.ts';
import { canonical, type Memory, remember } from './memory.ts';
import type { CuratedSituation } from './read-situation.ts';
import { laterOf } from './times.ts';
import { wantedBy } from './wanted.ts';

export interface SituationPlan {
  readonly drafts: readonly RecordDraft[];
  /** Ids that the file and chat use for different things; those of the file are left out. */
  readonly collisions: readonly string[];
  /** Ids of the entries that are recorded by now. */
  readonly due: ReadonlySet<string>;
}

/** What a situation's stream lacks of its file at this moment. Pure. */
export function planSituation(
  file: CuratedSituation,
  records: readonly LedgerRecord[],
  now: string,
  replay: boolean,
): SituationPlan {
  const memory = remember(records);
  // A clock that was set back does not unlearn what we have written already.
  const clock = laterOf(now, memory.lastAt);
  const known = situationHistory(file).filter(({ at }) => at <= clock);
  const collisions = collisionsOf(wantedBy(known), memory);
  const due = without(known, collisions);
  const wanted = wantedBy(due);
  const next = continued(due, memory, replay);
  const drafts = next
    ? next.map((draft) => ({ ...draft, at: laterOf(draft.at, memory.head.at) }))
    : dated(difference(file, wanted, memory), laterOf(clock, memory.head.at));
  return { drafts, collisions: [...collisions], due: new Set(wanted.entries.keys()) };
}

/**
 * What comes next of a history whose beginning is all that we wrote: in a stream that is new, or in a replay.
 * Undefined when the file was changed meanwhile, or chat has told some of it already.
 */
function continued(
  due: readonly SituationDraft[],
  memory: Memory,
  replay: boolean,
): readonly SituationDraft[] | undefined {
  const { written, head } = memory;
  if (head.seq > 0 && !replay) return undefined;
  if (!written.every((text, index) => text === spelled(due[index]))) return undefined;
  const next = due.slice(written.length);
  return next.some((draft) => isTold(draft, memory)) ? undefined : next;
}

const spelled = (draft: SituationDraft | undefined): string | undefined =>
  draft && `${draft.kind} ${canonical(draft.body)}`;

/** Records of the sync, all of one moment. */
export const dated = (
  records: readonly { readonly kind: string; readonly body: unknown }[],
  at: string,
): RecordDraft[] => records.map(({ kind, body }) => ({ at, author: CURATED, kind, body }));
