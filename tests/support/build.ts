import type { EntryCore, EntryLink, Reason, Report } from '../../src/model/entry.ts';
import type { Figure } from '../../src/model/figure.ts';
import type { Recorded, SituationRecord } from '../../src/model/record.ts';
import type { Situation } from '../../src/model/situation.ts';
import type { Party, Source } from '../../src/model/source.ts';
import type { Picture } from '../../src/picture/picture.ts';
import { fold } from '../../src/picture/picture.ts';
import type { Registry } from '../../src/picture/registry.ts';

/** Small stores for tests: a river valley in which North and South fight, and those who tell of it. */
export const situation = (change: Partial<Situation> = {}): Situation => ({
  slug: 'river-2024',
  title: 'River valley',
  zone: 'Asia/Damascus',
  start: '2024-11-26',
  status: 'active',
  visibility: 'public',
  sample: false,
  sides: [
    { id: 'north', name: 'North', fighters: 'northern fighters' },
    { id: 'south', name: 'South', fighters: 'southern fighters' },
  ],
  parties: [
    { party: 'north', side: 'north' },
    { party: 'south', side: 'south' },
  ],
  places: [
    { id: 'valley', name: 'River Valley', aliases: [], precision: 'adm1' },
    { id: 'ford', name: 'Ford', aliases: ['The Ford'], precision: 'near', within: 'valley' },
    { id: 'bridge', name: 'Old Bridge', aliases: [], precision: 'exact', within: 'ford' },
    { id: 'coast', name: 'Coast', aliases: [], precision: 'adm1' },
  ],
  ...change,
});

const source = (id: string, name: string, kind: Source['kind'], change: Partial<Source> = {}): Source => ({
  id,
  name,
  kind,
  party: null,
  reliability: 'B',
  verifies: false,
  languages: ['en'],
  ...change,
});

const SOURCES: readonly Source[] = [
  source('monitor', 'River Monitor', 'monitor', { short: 'Monitor', about: 'a watch group' }),
  source('wire', 'The Wire', 'news_agency'),
  source('gazette', 'Valley Gazette', 'newspaper'),
  source('un', 'UN River Office', 'un', { short: 'UNRO' }),
  source('checker', 'Fact Desk', 'fact_checker', { verifies: true, reliability: 'A' }),
  source('north-army', 'Northern Army', 'military', { party: 'north' }),
  source('north-agency', 'Northern Agency', 'state_media', { party: 'north', reliability: 'D' }),
  source('south-command', 'Southern Command', 'armed_group', { party: 'south', reliability: 'C' }),
  source('someone', 'Unnamed officials', 'unnamed', { reliability: 'F' }),
  source('others', 'Unnamed residents', 'unnamed', { reliability: 'F' }),
];
const PARTIES: readonly Party[] = [
  { id: 'north', name: 'Government of the North', short: 'North' },
  { id: 'south', name: 'Southern Front', short: 'South' },
];

export const registry: Registry = {
  seq: SOURCES.length + PARTIES.length,
  sources: new Map(SOURCES.map((s) => [s.id, s])),
  parties: new Map(PARTIES.map((p) => [p.id, p])),
};

export const figure = (change: Partial<Figure> = {}): Figure => ({
  measure: 'killed',
  qualifier: 'exact',
  low: 10,
  high: 10,
  group: {},
  scope: { from: '2024-11-27', to: '2024-11-27' },
  mode: 'incident',
  asOf: '2024-11-27',
  ...change,
});

/** A running toll since 27 November as of a day. */
export const toll = (low: number, asOf: string, change: Partial<Figure> = {}): Figure =>
  figure({ low, high: low, mode: 'cumulative', scope: { from: '2024-11-27', to: asOf }, asOf, ...change });

export const atLeast = (low: number, asOf: string, change: Partial<Figure> = {}): Figure =>
  toll(low, asOf, { qualifier: 'at_least', high: null, ...change });

export const report = (id: string, change: Partial<Report> = {}): Report => ({
  id,
  originator: 'monitor',
  published: '2024-11-27T09:00:00Z',
  language: 'en',
  stance: 'reports',
  credibility: 2,
  figures: [],
  ...change,
});

export const entry = (id: string, change: Partial<EntryCore> = {}): EntryCore => ({
  id,
  kind: 'event',
  headline: `What happened at ${id}`,
  occurred: { from: '2024-11-27', precision: 'day' },
  parties: [],
  severity: 'routine',
  tags: [],
  ...change,
});

export const link = (
  from: string,
  type: EntryLink['type'],
  to: string,
  change: Partial<EntryLink> = {},
): EntryLink => ({
  from,
  to,
  type,
  ...change,
});

/** A record without its place in the stream; `at` may be left out. */
export type Draft = SituationRecord & { readonly at?: string };

export const opened = (change: Partial<Situation> = {}): Draft => ({
  kind: 'situation.opened',
  body: { situation: situation(change) },
});

/** An entry with its reports; without reports, with one by the monitor. */
export const added = (core: EntryCore, ...reports: Report[]): Draft => ({
  kind: 'entry.added',
  body: { entry: core, reports: reports.length > 0 ? reports : [report(`${core.id}.1`)] },
});

export const amended = (core: EntryCore, reason: Reason = 'new_information', note?: string): Draft => ({
  kind: 'entry.amended',
  body: { entry: core, reason, ...(note !== undefined && { note }) },
});

export const retracted = (id: string, reason: Reason = 'our_error', note?: string): Draft => ({
  kind: 'entry.retracted',
  body: { id, reason, ...(note !== undefined && { note }) },
});
export const restored = (id: string): Draft => ({ kind: 'entry.restored', body: { id, reason: 'our_error' } });

export const reported = (told: Report): Draft => ({ kind: 'report.added', body: { report: told } });
export const reportAmended = (told: Report, reason: Reason = 'source_corrected'): Draft => ({
  kind: 'report.amended',
  body: { report: told, reason },
});
export const withdrawn = (id: string, reason: Reason = 'relay_error', note?: string): Draft => ({
  kind: 'report.withdrawn',
  body: { id, reason, ...(note !== undefined && { note }) },
});
export const reportRestored = (id: string): Draft => ({
  kind: 'report.restored',
  body: { id, reason: 'our_error' },
});
export const linked = (of: EntryLink): Draft => ({ kind: 'link.added', body: { link: of } });
export const unlinked = (of: EntryLink): Draft => ({
  kind: 'link.removed',
  body: { link: of, reason: 'our_error' },
});

const START = Date.parse('2024-11-27T08:00:00.000Z');
const HOUR = 3_600_000;

/** Records in a row from seq 1, one an hour from 27 November 2024, 08:00 UTC, where they bring no time of their own. */
export function stream(...drafts: readonly Draft[]): readonly Recorded<SituationRecord>[] {
  return drafts.map((draft, index) => ({
    ...draft,
    seq: index + 1,
    at: draft.at ?? new Date(START + index * HOUR).toISOString(),
    author: 'tester',
  }));
}

/** The picture of these records, on top of an opened situation where they open none. */
export function pictureOf(...drafts: readonly Draft[]): Picture {
  const all = drafts[0]?.kind === 'situation.opened' ? drafts : [opened(), ...drafts];
  const picture = fold(stream(...all));
  if (!picture) throw new Error('these records open no situation');
  return picture;
}

/** The entry of an id; it must be there. */
export function stateOf(picture: Picture, id: string) {
  const state = picture.entries.get(id);
  if (!state) throw new Error(`${id} is not in the picture`);
  return state;
}
