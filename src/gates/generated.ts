import type { EntryCore, EntryLink, Reason, Report } from '../model/entry.ts';
import type { Figure } from '../model/figure.ts';
import type { Recorded, SituationRecord } from '../model/record.ts';
import type { Situation } from '../model/situation.ts';
import type { Source } from '../model/source.ts';
import type { Registry } from '../picture/registry.ts';

/** A made-up situation as it was recorded, and who tells it. */
export interface Generated {
  readonly registry: Registry;
  readonly records: readonly Recorded<SituationRecord>[];
}

/** Numbers from 0 to 1 that are the same at every run (mulberry32). */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const START = Date.UTC(2024, 0, 1);
const DAY = 86_400_000;
const dayAt = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

const source = (id: string, kind: Source['kind'], change: Partial<Source> = {}): Source => ({
  id,
  name: `The ${id}`,
  kind,
  party: null,
  reliability: 'B',
  verifies: false,
  languages: ['en'],
  ...change,
});

const SOURCES: readonly Source[] = [
  source('monitor', 'monitor', { short: 'MON', about: 'a watch group' }),
  source('wire', 'news_agency'),
  source('paper', 'newspaper'),
  source('office', 'un'),
  source('checker', 'fact_checker', { verifies: true }),
  source('army', 'military', { party: 'north' }),
  source('agency', 'state_media', { party: 'north' }),
  source('front', 'armed_group', { party: 'south' }),
  source('officials', 'unnamed'),
];

const registry: Registry = {
  seq: SOURCES.length + 2,
  sources: new Map(SOURCES.map((s) => [s.id, s])),
  parties: new Map(['north', 'south'].map((id) => [id, { id, name: `The ${id}`, short: id }])),
};

const SITUATION: Situation = {
  slug: 'generated',
  title: 'A generated situation',
  zone: 'Asia/Damascus',
  start: dayAt(START),
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
  places: [{ id: 'valley', name: 'Valley', aliases: [], precision: 'adm1' }],
};

const WORDS = ['wedding', 'toll', 'bridge', 'talks', 'rumour', 'market', 'drill', 'convoy', 'clinic', 'parade'];
const KINDS = ['event', 'event', 'event', 'toll', 'control', 'statement', 'humanitarian'] as const;
const SEVERITIES = ['flash', 'major', 'major', 'routine', 'routine', 'routine', 'background'] as const;
const STANCES = ['reports', 'reports', 'claims', 'estimates', 'verifies', 'concedes'] as const;
const REASONS: readonly Reason[] = ['new_information', 'source_corrected', 'our_error', 'relay_error', 'duplicate'];

interface Kept {
  core: EntryCore;
  retracted: boolean;
  readonly reports: Report[];
  readonly withdrawn: Set<string>;
}

/**
 * So many records, the same at every run of the same seed: new entries, late ones among them; reports, relays and denials; tolls that
 * rise and fall; amendments for every reason; retractions and withdrawals, some of them taken back; links made and unmade.
 */
export function generate(seed: number, size: number, stepMs: number = DAY / 24): Generated {
  const roll = dice(seed);
  const upTo = (n: number): number => Math.floor(roll() * n);
  const one = <T>(list: readonly [T, ...T[]] | readonly T[]): T => list[upTo(list.length)] as T;
  const entries: Kept[] = [];
  const links: EntryLink[] = [];
  const records: Recorded<SituationRecord>[] = [];
  let now = START;

  const figures = (core: EntryCore): Figure[] => {
    const low = 1 + upTo(300);
    const asOf = dayAt(now);
    const open = roll() < 0.5;
    const common = {
      measure: 'killed' as const,
      qualifier: open ? ('at_least' as const) : ('exact' as const),
      low,
      high: open ? null : low,
      group: roll() < 0.2 ? { status: 'civilian' as const } : {},
      asOf,
    };
    if (core.kind === 'toll') return [{ ...common, mode: 'cumulative', scope: { from: dayAt(START), to: asOf } }];
    if (core.kind === 'event' && roll() < 0.5) {
      const day = core.occurred.from.slice(0, 10);
      return [{ ...common, mode: 'incident', scope: { from: day, to: day } }];
    }
    return [];
  };
  const report = (core: EntryCore, n: number, change: Partial<Report> = {}): Report => ({
    id: `${core.id}.${n}`,
    originator: core.kind === 'toll' ? one(['monitor', 'office', 'army']) : one(SOURCES).id,
    ...(roll() < 0.3 && { publisher: one(['wire', 'paper']) }),
    published: new Date(now - upTo(DAY)).toISOString(),
    language: 'en',
    stance: one(STANCES),
    credibility: 1 + upTo(6),
    says: `It is said by report ${n} of ${core.id}.`,
    figures: figures(core),
    ...change,
  });
  const newEntry = (): SituationRecord => {
    const id = `E${entries.length + 1}`;
    const late = roll() < 0.15 ? upTo(10) * DAY : 0;
    const core: EntryCore = {
      id,
      kind: one(KINDS),
      headline: `A ${one(WORDS)} is hit, as ${id} tells`,
      occurred: { from: dayAt(now - late), precision: 'day' },
      parties: roll() < 0.3 ? [{ party: one(['north', 'south']), role: one(['actor', 'claimant', 'affected']) }] : [],
      severity: one(SEVERITIES),
      tags: [],
    };
    const reports = Array.from({ length: 1 + upTo(2) }, (_, i) => report(core, i + 1));
    entries.push({ core, retracted: false, reports: [...reports], withdrawn: new Set() });
    return { kind: 'entry.added', body: { entry: core, reports } };
  };
  const change = (): { readonly reason: Reason; readonly note?: string } => ({
    reason: one(REASONS),
    ...(roll() < 0.3 && { note: 'As the desk noted.' }),
  });

  const steps: readonly ((kept: Kept) => SituationRecord | undefined)[] = [
    (kept) => {
      const told = report(kept.core, kept.reports.length + 1, roll() < 0.15 ? { stance: 'denies', figures: [] } : {});
      kept.reports.push(told);
      return { kind: 'report.added', body: { report: told } };
    },
    (kept) => {
      const at = upTo(kept.reports.length);
      const was = kept.reports[at] as Report;
      const [first, ...rest] = was.figures;
      const low = 1 + upTo(300);
      const told: Report = {
        ...was,
        says: `It is said otherwise now, number ${records.length}.`,
        figures: first ? [{ ...first, low, high: first.high === null ? null : low }, ...rest] : [],
      };
      kept.reports[at] = told;
      return { kind: 'report.amended', body: { report: told, ...change() } };
    },
    (kept) => {
      kept.core = { ...kept.core, headline: `A ${one(WORDS)} is hit, as ${kept.core.id} tells now` };
      return { kind: 'entry.amended', body: { entry: kept.core, ...change() } };
    },
    (kept) => {
      kept.core = { ...kept.core, tags: [`t${upTo(9)}`] };
      return { kind: 'entry.amended', body: { entry: kept.core, reason: 'new_information' } };
    },
    (kept) => {
      kept.retracted = !kept.retracted;
      return { kind: kept.retracted ? 'entry.retracted' : 'entry.restored', body: { id: kept.core.id, ...change() } };
    },
    (kept) => {
      const { id } = one(kept.reports);
      const back = kept.withdrawn.delete(id);
      if (!back) kept.withdrawn.add(id);
      return { kind: back ? 'report.restored' : 'report.withdrawn', body: { id, ...change() } };
    },
    (kept) => {
      const other = one(entries);
      if (other === kept) return undefined;
      const link: EntryLink = {
        from: kept.core.id,
        to: other.core.id,
        type: one(['contradicts', 'corrects', 'part_of']),
      };
      links.push(link);
      return { kind: 'link.added', body: { link } };
    },
    () => {
      const [link] = links.splice(upTo(links.length), 1);
      return link && { kind: 'link.removed', body: { link, ...change() } };
    },
  ];
  const record = (body: SituationRecord): void => {
    records.push({ ...body, seq: records.length + 1, at: new Date(now).toISOString(), author: 'generator' });
  };

  record({ kind: 'situation.opened', body: { situation: SITUATION } });
  while (records.length < size) {
    now += upTo(2 * stepMs) + 1;
    // What was just recorded is touched more often than what is old: that is how reversals inside a window come about.
    const kept = roll() < 0.5 ? entries.at(-1 - upTo(3)) : entries[upTo(entries.length)];
    const next = !kept || roll() < 0.35 ? newEntry() : one(steps)(kept);
    if (next) record(next);
  }
  return { registry, records };
}
