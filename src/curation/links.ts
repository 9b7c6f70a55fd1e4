import type { EntryLink } from '../model/entry.ts';
import type { Picture } from '../picture/picture.ts';
import type { Refusal } from './refusal.ts';
import { refuse } from './refusal.ts';

const BOTH_WAYS: ReadonlySet<string> = new Set(['contradicts', 'same_as']);
const IN_CIRCLES: ReadonlySet<string> = new Set(['part_of', 'corrects']);

/** Why two entries cannot be linked so; undefined where they can. */
export function linkTrouble(picture: Picture, link: EntryLink): { readonly refused: Refusal } | undefined {
  const { from, to, type } = link;
  const missing = [from, to].find((id) => !picture.entries.has(id));
  if (missing !== undefined) return refuse('missing', `There is no entry ${missing} in ${picture.situation.title}.`);
  if (from === to) return refuse('invalid', `${from} cannot be linked to itself.`, 'Name the other entry.');
  if (link.state !== undefined && type !== 'same_as')
    return refuse('invalid', `Only “same as” is suggested, confirmed or rejected; ${type} has no such state.`);
  const there = (picture.linksOf.get(from) ?? []).find(
    ({ link: l }) =>
      l.type === type && ((l.from === from && l.to === to) || (BOTH_WAYS.has(type) && l.from === to && l.to === from)),
  )?.link;
  // The same link the other way around would be a second one of its own.
  if (there && there.from !== from)
    return refuse('same', `${to} and ${from} are linked so already.`, `Name ${to} first to change that link.`);
  if (there && there.state === link.state && there.note === link.note)
    return refuse('same', `${from} and ${to} are linked so already.`);
  if (IN_CIRCLES.has(type) && reaches(picture, to, from, type))
    return refuse('invalid', `That would be a circle: ${to} leads back to ${from} over links of this kind.`);
  return undefined;
}

/** Whether a way of links of one kind leads from one entry to another. */
function reaches({ linksOf }: Picture, start: string, goal: string, type: EntryLink['type']): boolean {
  const seen = new Set<string>();
  const open = [start];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === goal) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    for (const { link } of linksOf.get(id) ?? []) if (link.type === type && link.from === id) open.push(link.to);
  }
  return false;
}
