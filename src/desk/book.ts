import type { Ledger, LedgerRecord } from '../ledger/ledger.ts';
import type { Reason } from '../model/entry.ts';
import type { Provenance, RegistryRecord, SituationRecord } from '../model/record.ts';
import { entryOf, REGISTRY_STREAM, SITUATION_STREAMS } from '../model/record.ts';

/** A record that somebody made in chat, as far as the log of the desk tells it: no text of an entry, which may be withheld later. */
export interface ChatRecord {
  readonly stream: string;
  readonly seq: number;
  readonly at: string;
  readonly author: string;
  readonly kind: SituationRecord['kind'] | RegistryRecord['kind'];
  readonly by: Provenance;
  /** Slug; null: about the sources. */
  readonly situation: string | null;
  /** The entries that it is about: none, one, or both ends of a link. */
  readonly entries: readonly string[];
  /** A report, a source or a party, by id; the type of a link. */
  readonly what?: string;
  readonly reason?: Reason;
  readonly note?: string;
}

type Known = (SituationRecord | RegistryRecord) & LedgerRecord;

function aboutOf(record: Known): Pick<ChatRecord, 'entries' | 'what'> | undefined {
  switch (record.kind) {
    case 'entry.added':
    case 'entry.amended':
      return { entries: [record.body.entry.id] };
    case 'entry.retracted':
    case 'entry.restored':
      return { entries: [record.body.id] };
    case 'report.added':
    case 'report.amended':
      return { entries: [entryOf(record.body.report.id)], what: record.body.report.id };
    case 'report.withdrawn':
    case 'report.restored':
      return { entries: [entryOf(record.body.id)], what: record.body.id };
    case 'link.added':
    case 'link.removed':
      return { entries: [record.body.link.from, record.body.link.to], what: record.body.link.type };
    case 'situation.opened':
    case 'situation.amended':
      return { entries: [] };
    case 'party.set':
      return { entries: [], what: record.body.party.id };
    case 'source.set':
      return { entries: [], what: record.body.source.id };
    case 'source.retired':
      return { entries: [], what: record.body.id };
    default:
      // A kind of a later version.
      return undefined;
  }
}

/** A record that was made in chat, for the log; undefined for those of files. */
export function chatRecord(stream: string, record: LedgerRecord): ChatRecord | undefined {
  const known = record as Known;
  const { by } = known.body;
  const about = by === undefined ? undefined : aboutOf(known);
  if (by === undefined || about === undefined) return undefined;
  const { reason, note } = known.body as { readonly reason?: Reason; readonly note?: string };
  return {
    stream,
    seq: record.seq,
    at: record.at,
    author: record.author,
    kind: known.kind,
    by,
    situation: stream === REGISTRY_STREAM ? null : stream.slice(SITUATION_STREAMS.length),
    ...about,
    ...(reason !== undefined && { reason }),
    ...(note !== undefined && { note }),
  };
}

/** What people of desks recorded in the streams of situations and of the sources. */
export interface ChatBook {
  /** By the people of one desk, each stream in its order. Read from the ledger when first asked for, and followed from then on. */
  of(guild: string): Promise<readonly ChatRecord[]>;
  close(): void;
}

const isKept = (stream: string): boolean => stream === REGISTRY_STREAM || stream.startsWith(SITUATION_STREAMS);

export function openChatBook(ledger: Ledger): ChatBook {
  const byDesk = new Map<string, ChatRecord[]>();
  const heads = new Map<string, number>();
  const take = (stream: string, records: readonly LedgerRecord[]): void => {
    for (const record of records) {
      if (record.seq <= (heads.get(stream) ?? 0)) continue;
      heads.set(stream, record.seq);
      const made = chatRecord(stream, record);
      if (!made) continue;
      const desk = byDesk.get(made.by.desk) ?? [];
      desk.push(made);
      byDesk.set(made.by.desk, desk);
    }
  };
  // What is appended while the streams are read waits, or a stream would begin in its middle.
  const waiting: [string, readonly LedgerRecord[]][] = [];
  let ready = false;
  let leave: (() => void) | undefined;
  const load = async (): Promise<void> => {
    leave = ledger.follow((stream, records) => {
      if (!isKept(stream)) return;
      if (ready) take(stream, records);
      else waiting.push([stream, records]);
    });
    // oxlint-disable-next-line no-await-in-loop -- one file after the other
    for (const stream of await ledger.streams()) if (isKept(stream)) take(stream, await ledger.read(stream));
    for (const [stream, records] of waiting.splice(0)) take(stream, records);
    ready = true;
  };
  let loading: Promise<void> | undefined;
  return {
    async of(guild) {
      loading ??= load();
      try {
        await loading;
      } catch (thrown) {
        leave?.();
        loading = undefined;
        throw thrown;
      }
      return byDesk.get(guild) ?? [];
    },
    close: () => leave?.(),
  };
}
