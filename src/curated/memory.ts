import { z } from 'zod';
import type { LedgerRecord } from '../ledger/ledger.ts';
import { type EntryLink, entryCore, entryLink, report } from '../model/entry.ts';
import { CURATED, entryOf } from '../model/record.ts';
import { situation } from '../model/situation.ts';

/** The same text for the same value, whatever the order of keys: a database may keep them in its own. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** Read with today's schema first, so that a default which is new in it is no change of what was said. */
export const textOf = (schema: z.ZodType, value: unknown): string => {
  const read = schema.safeParse(value);
  return canonical(read.success ? read.data : value);
};

export const linkKey = ({ from, to, type }: EntryLink): string => `${from} ${type} ${to}`;

interface ReportMemory {
  readonly text: string;
  readonly withdrawn: boolean;
}

/** What the sync wrote of an entry. Without a text: only reports of it; the entry itself came from chat. */
export interface EntryMemory {
  readonly text?: string;
  readonly retracted: boolean;
  readonly reports: ReadonlyMap<string, ReportMemory>;
}

/** What the sync of the curated files wrote into a stream so far, and what others wrote. */
export interface Memory {
  /** Seq and time of the last record, whoever wrote it. */
  readonly head: { readonly seq: number; readonly at: string };
  /** Time of our last record; empty when there is none. */
  readonly lastAt: string;
  readonly situation: string | undefined;
  readonly entries: ReadonlyMap<string, EntryMemory>;
  readonly links: ReadonlyMap<string, { readonly text: string; readonly link: EntryLink }>;
  /** Our records, as `kind body`, in order. */
  readonly written: readonly string[];
  readonly others: Others;
}

/** What others (chat, imports) wrote: to tell what is known already, and ids that are taken. */
export interface Others {
  readonly opened: boolean;
  readonly entries: ReadonlySet<string>;
  /** Report id → originator. */
  readonly reports: ReadonlyMap<string, string>;
  /** Every wording that somebody else recorded at some time, as `what text`. */
  readonly said: ReadonlySet<string>;
}

const EMPTY: EntryMemory = { retracted: false, reports: new Map() };

const named = z.object({ id: z.string() });
const bodies = {
  situation: z.object({ situation: z.unknown() }),
  added: z.object({ entry: named.loose(), reports: z.array(named.loose()) }),
  entry: z.object({ entry: named.loose() }),
  report: z.object({ report: z.looseObject({ id: z.string(), originator: z.string() }) }),
  link: z.object({ link: entryLink }),
};

/** The texts under which wordings are compared; `said` holds them. */
export const sayings = {
  situation: (value: unknown): string => `situation ${textOf(situation, value)}`,
  entry: (value: unknown): string => `entry ${textOf(entryCore, value)}`,
  report: (value: unknown): string => `report ${textOf(report, value)}`,
  link: (value: unknown): string => `link ${textOf(entryLink, value)}`,
};

/** Sorts the records of a situation's stream into what we wrote and what others did. */
export function remember(records: readonly LedgerRecord[]): Memory {
  const last = records.at(-1);
  const ours = records.filter(({ author }) => author === CURATED);
  return {
    head: { seq: last?.seq ?? 0, at: last?.at ?? '' },
    lastAt: ours.at(-1)?.at ?? '',
    ...foldOurs(ours),
    written: ours.map(({ kind, body }) => `${kind} ${canonical(body)}`),
    others: foldOthers(records.filter(({ author }) => author !== CURATED)),
  };
}

type Ours = Pick<Memory, 'situation' | 'entries' | 'links'>;

function foldOurs(records: readonly LedgerRecord[]): Ours {
  let opened: string | undefined;
  const entries = new Map<string, EntryMemory>();
  const links = new Map<string, { text: string; link: EntryLink }>();
  const entry = (id: string, change: Partial<EntryMemory>): void => {
    entries.set(id, { ...(entries.get(id) ?? EMPTY), ...change });
  };
  const told = (id: string, change: Partial<ReportMemory>): void => {
    const reports = new Map(entries.get(entryOf(id))?.reports);
    reports.set(id, { text: '', withdrawn: false, ...reports.get(id), ...change });
    entry(entryOf(id), { reports });
  };
  for (const { kind, body } of records) {
    if (kind === 'situation.opened' || kind === 'situation.amended')
      opened = sayings.situation(bodies.situation.parse(body).situation);
    else if (kind === 'entry.added') {
      const { entry: core, reports } = bodies.added.parse(body);
      entry(core.id, { text: sayings.entry(core) });
      for (const one of reports) told(one.id, { text: sayings.report(one) });
    } else if (kind === 'entry.amended') {
      const { entry: core } = bodies.entry.parse(body);
      entry(core.id, { text: sayings.entry(core) });
    } else if (kind === 'entry.retracted' || kind === 'entry.restored')
      entry(named.parse(body).id, { retracted: kind === 'entry.retracted' });
    else if (kind === 'report.added' || kind === 'report.amended') {
      const one = bodies.report.parse(body).report;
      told(one.id, { text: sayings.report(one) });
    } else if (kind === 'report.withdrawn' || kind === 'report.restored')
      told(named.parse(body).id, { withdrawn: kind === 'report.withdrawn' });
    else if (kind === 'link.added') {
      const { link } = bodies.link.parse(body);
      links.set(linkKey(link), { text: sayings.link(link), link });
    } else if (kind === 'link.removed') links.delete(linkKey(bodies.link.parse(body).link));
  }
  return { situation: opened, entries, links };
}

function foldOthers(records: readonly LedgerRecord[]): Others {
  let opened = false;
  const entries = new Set<string>();
  const reports = new Map<string, string>();
  const said = new Set<string>();
  const heard = (one: { id: string; originator: string }): void => {
    if (!reports.has(one.id)) reports.set(one.id, one.originator);
    said.add(sayings.report(one));
  };
  for (const { kind, body } of records) {
    if (kind === 'situation.opened' || kind === 'situation.amended') {
      opened = true;
      said.add(sayings.situation(bodies.situation.parse(body).situation));
    } else if (kind === 'entry.added') {
      const { entry, reports: told } = bodies.added.parse(body);
      entries.add(entry.id);
      said.add(sayings.entry(entry));
      for (const one of told) heard(bodies.report.parse({ report: one }).report);
    } else if (kind === 'entry.amended') said.add(sayings.entry(bodies.entry.parse(body).entry));
    else if (kind === 'report.added' || kind === 'report.amended') heard(bodies.report.parse(body).report);
    else if (kind === 'link.added') said.add(sayings.link(bodies.link.parse(body).link));
  }
  return { opened, entries, reports, said };
}
