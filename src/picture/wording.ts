import type { Figure, Group } from '../model/figure.ts';
import { measureOf } from '../model/measures.ts';
import type { Situation } from '../model/situation.ts';

/** Digits in groups of three: 3,500,000. */
export const grouped = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ',');

/** The number with its qualifier, as it was said: "at least 255", "more than 50", "20 to 30", "dozens". The one place that prints a figure. */
export function quantity(figure: Figure): string {
  const low = figure.low === null ? '' : grouped(figure.low);
  const high = figure.high === null ? '' : grouped(figure.high);
  switch (figure.qualifier) {
    case 'exact':
      return low;
    case 'at_least':
      return `at least ${low}`;
    case 'more_than':
      return `more than ${grouped(figure.stated ?? 0)}`;
    case 'at_most':
      return `up to ${high}`;
    case 'about':
      return `${figure.word ?? 'about'} ${low}`;
    case 'range':
      return `${low} to ${high}`;
    case 'word':
    case 'constraint':
      return figure.word ?? '';
    case 'unknown':
      return 'an unknown number of';
    case 'none_reported':
      return 'no';
  }
}

/** The number that is printed last before the noun; null where it is none. */
const said = ({ qualifier, stated, low, high }: Figure): number | null =>
  qualifier === 'more_than' ? (stated ?? null) : qualifier === 'at_most' || qualifier === 'range' ? high : low;

function people(group: Group, situation: Situation): { readonly one: string; readonly many: string } {
  const side = situation.sides.find((s) => s.id === group.side);
  if (group.role) return { one: group.role, many: group.role };
  if (group.age === 'child')
    return group.sex === 'female'
      ? { one: 'girl', many: 'girls' }
      : group.sex === 'male'
        ? { one: 'boy', many: 'boys' }
        : { one: 'child', many: 'children' };
  if (group.sex === 'female') return { one: 'woman', many: 'women' };
  if (group.sex === 'male') return { one: 'man', many: 'men' };
  if (group.status === 'civilian') return { one: 'civilian', many: 'civilians' };
  if (side && group.status !== 'unknown') return { one: side.fighters.replace(/s$/, ''), many: side.fighters };
  if (group.status === 'combatant') return { one: 'combatant', many: 'combatants' };
  if (group.status === 'unknown') return { one: 'person of unknown status', many: 'people of unknown status' };
  return { one: 'person', many: 'people' };
}

/** "at least 255 people killed", "24 civilians killed", "23 air strikes", "most of them combatants". Never a number without its qualifier. */
export function phrase(figure: Figure, situation: Situation): string {
  const measure = measureOf(figure.measure);
  const q = quantity(figure);
  const single = said(figure) === 1;
  if (!measure.people) {
    const noun = single ? (measure.one ?? measure.phrase) : measure.phrase;
    const what = figure.group.role ? `${noun} (${figure.group.role})` : noun;
    if (figure.qualifier === 'none_reported') return `no ${what} reported`;
    return figure.qualifier === 'word' ? `${q} of ${what}` : `${q} ${what}`;
  }
  const { one, many } = people(figure.group, situation);
  switch (figure.qualifier) {
    case 'constraint':
      return `${q} ${many}`;
    case 'word':
      return `${q} of ${many} ${measure.phrase}`;
    case 'none_reported':
      return `no ${many} reported ${measure.phrase}`;
    default:
      return `${q} ${single ? one : many} ${measure.phrase}`;
  }
}

/** Stable name of a group, for the key of a series (R4). */
export const groupKey = (group: Group): string =>
  [group.status ?? '', group.side ?? '', group.age ?? '', group.sex ?? '', group.role ?? ''].join('/');
