import type { EntryCore, EntryLink, Report } from '../../src/model/entry.ts';
import type { Figure } from '../../src/model/figure.ts';
import type { Recorded, SituationRecord } from '../../src/model/record.ts';
import type { Place } from '../../src/model/situation.ts';
import { entry, figure, registry, report, situation } from './build.ts';

/** A chain of near places, one apart, one that is too coarse to tell; all but one of them in the valley. */
export const PLACES: readonly Place[] = [
  { id: 'valley', name: 'Valley', aliases: [], precision: 'adm1' },
  { id: 'mill', name: 'Mill', aliases: [], precision: 'near', within: 'valley', lat: 35, lon: 37 },
  { id: 'weir', name: 'Weir', aliases: [], precision: 'near', within: 'valley', lat: 35, lon: 37.4 },
  { id: 'quay', name: 'Quay', aliases: [], precision: 'near', lat: 35, lon: 37.8 },
  { id: 'pass', name: 'Pass', aliases: [], precision: 'exact', within: 'valley', lat: 37, lon: 40 },
];
export const MEASURES = ['killed', 'injured'];

/** So many records: entries that come, change, move, go and return; reports and links too. The same for the same seed. */
export function history(seed: number, size: number): readonly Recorded<SituationRecord>[] {
  let state = seed * 2_654_435_761;
  const roll = (): number => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
    return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32;
  };
  const upTo = (n: number): number => Math.floor(roll() * n);
  const one = <T>(list: readonly T[]): T => list[upTo(list.length)] as T;
  // Days around two turns of a month, so that spans lie across them.
  const dayOf = (n: number): string => new Date(Date.UTC(2024, 10, 20) + n * 86_400_000).toISOString().slice(0, 10);
  const cores: EntryCore[] = [];
  const reports: Report[] = [];
  const links: EntryLink[] = [];
  const retracted = new Set<string>();
  const withdrawn = new Set<string>();
  const records: Recorded<SituationRecord>[] = [];
  const put = (record: SituationRecord): void => {
    const seq = records.length + 1;
    records.push({ ...record, seq, at: new Date(Date.UTC(2024, 10, 20) + seq * 3_600_000).toISOString(), author: 'u' });
  };

  const core = (id: string): EntryCore => {
    const from = upTo(50);
    const days = roll() < 0.2 ? upTo(40) : 0;
    const place = roll() < 0.85 ? one(PLACES).id : undefined;
    const { place: _, ...rest } = entry(id, {
      kind: roll() < 0.15 ? 'toll' : 'event',
      occurred: { from: dayOf(from), ...(days > 0 && { to: dayOf(from + days) }), precision: 'days' },
      parties: roll() < 0.4 ? [{ party: one(['north', 'south']), role: one(['actor', 'claimant'] as const) }] : [],
      ...(roll() < 0.05 && { override: { status: 'retracted', reason: 'the desk knows' } as const }),
    });
    return { ...rest, ...(place !== undefined && { place }) };
  };
  const figureOf = ({ kind, occurred, place }: EntryCore): Figure => {
    const low = upTo(60);
    const open = roll() < 0.4;
    const mode = kind === 'toll' ? one(['cumulative', 'stock'] as const) : roll() < 0.9 ? 'incident' : 'increment';
    const day = occurred.from.slice(0, 10);
    const scope = { from: kind === 'toll' ? dayOf(0) : day, to: day, ...(place !== undefined && { area: place }) };
    const group = roll() < 0.25 ? { side: one(['north', 'south']) } : {};
    if (roll() < 0.1)
      return figure({ qualifier: 'word', low: null, high: null, word: 'dozens', mode, scope, asOf: day, group });
    const measure = one(MEASURES);
    const qualifier = open ? 'at_least' : 'exact';
    return figure({ measure, qualifier, low, high: open ? null : low, mode, scope, asOf: day, group });
  };
  const reportOf = (told: EntryCore): Report => {
    const id = `${told.id}.${reports.filter((r) => r.id.startsWith(`${told.id}.`)).length + 1}`;
    const made = report(id, {
      originator: one([...registry.sources.keys()]),
      stance: one(['reports', 'reports', 'claims', 'verifies', 'denies'] as const),
      credibility: 1 + upTo(5),
      figures: roll() < 0.15 ? [] : Array.from({ length: 1 + upTo(2) }, () => figureOf(told)),
    });
    reports.push(made);
    return made;
  };
  const change = { reason: 'new_information' } as const;
  const steps: readonly (() => void)[] = [
    () => put({ kind: 'report.added', body: { report: reportOf(one(cores)) } }),
    () => {
      const was = one(reports);
      const of = cores.find((c) => was.id.startsWith(`${c.id}.`)) as EntryCore;
      const told = { ...was, figures: [figureOf(of)] };
      reports[reports.indexOf(was)] = told;
      put({ kind: 'report.amended', body: { report: told, ...change } });
    },
    () => {
      // It moves, and with it what it may be the same as.
      const told = core(one(cores).id);
      cores[cores.findIndex((c) => c.id === told.id)] = told;
      put({ kind: 'entry.amended', body: { entry: told, ...change } });
    },
    () => {
      const { id } = one(cores);
      const back = retracted.delete(id);
      if (!back) retracted.add(id);
      put({ kind: back ? 'entry.restored' : 'entry.retracted', body: { id, ...change } });
    },
    () => {
      const { id } = one(reports);
      const back = withdrawn.delete(id);
      if (!back) withdrawn.add(id);
      put({ kind: back ? 'report.restored' : 'report.withdrawn', body: { id, ...change } });
    },
    () => {
      const [from, to] = [one(cores).id, one(cores).id];
      if (from === to) return;
      const type = one(['same_as', 'same_as', 'same_as', 'contradicts', 'corrects', 'part_of'] as const);
      const link: EntryLink = {
        from,
        to,
        type,
        ...(type === 'same_as' && { state: one(['suggested', 'confirmed', 'rejected'] as const) }),
      };
      links.push(link);
      put({ kind: 'link.added', body: { link } });
    },
    () => {
      const [link] = links.splice(upTo(links.length), 1);
      if (link) put({ kind: 'link.removed', body: { link, ...change } });
    },
  ];
  put({ kind: 'situation.opened', body: { situation: situation({ places: [...PLACES] }) } });
  while (records.length < size) {
    if (cores.length < 3 || roll() < 0.4) {
      const told = core(`E${cores.length + 1}`);
      cores.push(told);
      put({
        kind: 'entry.added',
        body: { entry: told, reports: Array.from({ length: 1 + upTo(2) }, () => reportOf(told)) },
      });
    } else if (roll() < 0.01) {
      // The chain of near places breaks, or is mended.
      const places = PLACES.map((p) => (p.id === 'weir' && roll() < 0.5 ? { ...p, lat: 20 } : p));
      put({ kind: 'situation.amended', body: { situation: situation({ places }), ...change } });
    } else one(steps)();
  }
  return records;
}
