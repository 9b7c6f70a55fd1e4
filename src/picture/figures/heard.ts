import { once } from '../once.ts';
import type { EntryState, Picture } from '../picture.ts';
import type { Said } from '../series.ts';
import { saidIn, silence } from '../series.ts';
import { correctors } from '../status.ts';
import type { Exclusion, Rule } from './exclusion.ts';

/** All that was ever said of one measure: what single incidents may be counted by, by entry, and what no sum takes. */
export interface Heard {
  readonly incidents: ReadonlyMap<string, readonly Said[]>;
  readonly excluded: readonly Exclusion[];
}

const NO_ADDENDS: Readonly<Record<'increment' | 'cumulative' | 'stock', string>> = {
  increment: 'counts a window of time, not one incident',
  cumulative: 'a running toll, not one incident',
  stock: 'how many there are at one time, not one incident',
};

interface Open {
  readonly incidents: Map<string, Said[]>;
  readonly excluded: Exclusion[];
}

function discounted(picture: Picture, state: EntryState): string | undefined {
  if (state.retracted) return 'its entry was retracted';
  if (state.entry.override?.status === 'retracted') return 'its entry was retracted by the desk';
  const [by] = picture.linksOf.has(state.entry.id) ? correctors(picture, state.entry.id) : [];
  return by && `its entry is corrected by ${by.entry.id}`;
}

/** What these entries say, by measure. */
export function heardIn(picture: Picture, states: Iterable<EntryState>): ReadonlyMap<string, Heard> {
  const measures = new Map<string, Open>();
  const heardOf = (measure: string): Open => {
    const known = measures.get(measure) ?? { incidents: new Map(), excluded: [] };
    measures.set(measure, known);
    return known;
  };
  for (const state of states) {
    let gone: string | undefined | null = null;
    for (const told of state.reports) {
      if (told.report.figures.length === 0) continue;
      if (gone === null) gone = discounted(picture, state);
      const silent = gone ?? silence(told);
      for (const said of saidIn(told, state.entry.id)) {
        const { incidents, excluded } = heardOf(said.figure.measure);
        const { mode } = said.figure;
        const leave = (rule: Rule, why: string): void => void excluded.push({ rule, why, entry: said.entry, said });
        if (silent !== undefined) leave('R5', silent);
        else if (mode !== 'incident') leave('R3', NO_ADDENDS[mode]);
        else {
          const known = incidents.get(said.entry);
          if (known) known.push(said);
          else incidents.set(said.entry, [said]);
        }
      }
    }
  }
  return measures;
}

const byMeasure = once((picture: Picture) => heardIn(picture, picture.entries.values()));

/** All that is said of a measure; undefined where nothing is. */
export const heardOf = (picture: Picture, measure: string): Heard | undefined => byMeasure(picture).get(measure);
