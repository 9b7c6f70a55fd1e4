import type { MapPlace, SituationMap } from './map-data.ts';
import { altText } from './text.ts';

const LIMIT = 1024;
const PRECISION: Readonly<Record<MapPlace['precision'], string>> = {
  exact: '',
  near: ', within 25 km',
  adm2: ', district only',
  adm1: ', province only',
  region: ', region only',
  country: ', country only',
  sea_air: ', at sea or in the air',
};

const count = (n: number): string => `${n} ${n === 1 ? 'entry' : 'entries'}`;
const sentence = (text: string): string => (/[.!?…]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`);

/** "3 entries have no point on the map." */
export const unplacedWords = (n: number): string => `${count(n)} ${n === 1 ? 'has' : 'have'} no point on the map.`;

/** What the map says, in words: the places in the order given, as many as there is room for. */
export function mapAlt({ title, subtitle, places, unplaced, note }: SituationMap): string {
  const head = [`Map: ${sentence(title)}`, sentence(subtitle)];
  const tail = [...(unplaced > 0 ? [unplacedWords(unplaced)] : []), ...(note ? [sentence(note)] : [])];
  if (places.length === 0) return altText([...head, 'No place is known with a point.', ...tail], LIMIT);
  const told = places.map(
    ({ name, entries, severity, precision }) => `${name} (${count(entries)}, ${severity}${PRECISION[precision]})`,
  );
  const all = `${places.length} place${places.length === 1 ? '' : 's'}:`;
  for (let kept = told.length; kept > 0; kept -= 1) {
    const more = kept < told.length ? `; and ${told.length - kept} more` : '';
    const parts = [...head, all, `${told.slice(0, kept).join('; ')}${more}.`, ...tail];
    if (parts.join(' ').length <= LIMIT) return altText(parts, LIMIT);
  }
  return altText([...head, all, ...tail], LIMIT);
}
