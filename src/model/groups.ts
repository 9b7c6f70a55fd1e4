import type { Figure, Group } from './figure.ts';

/** A side without a status reads as its fighters, as it is printed ("61 government soldiers"). */
const statusOf = ({ status, side }: Group): Group['status'] => status ?? (side === undefined ? undefined : 'combatant');

/** Whether all who are in `a` are in `b`, by what is said of both. A group is inside itself. */
export function inside(a: Group, b: Group): boolean {
  const fits = (x: string | undefined, y: string | undefined): boolean => y === undefined || x === y;
  return (
    fits(statusOf(a), statusOf(b)) &&
    fits(a.side, b.side) &&
    fits(a.age, b.age) &&
    fits(a.sex, b.sex) &&
    fits(a.role, b.role)
  );
}

/** Children and women are subsets: they cut across every status and side (R10). */
export const cutsAcross = ({ age, sex }: Group): boolean => age !== undefined || sex !== undefined;

/**
 * Whether nobody can be in both, in the words of one author: another status or another side (R10). Two authors may class
 * one dead differently (R15), so that this says nothing across reports. Roles may overlap: students and journalists.
 */
export function apart(a: Group, b: Group): boolean {
  if (cutsAcross(a) || cutsAcross(b)) return false;
  const [x, y] = [statusOf(a), statusOf(b)];
  return (x !== undefined && y !== undefined && x !== y) || (!!a.side && !!b.side && a.side !== b.side);
}

const UNITS = /\b(?:famil|household)/i;

/** A number that bounds how many people there are from below and no more: of children, of women, "of them", of families. */
export const isFloor = ({ group, part }: Figure): boolean =>
  cutsAcross(group) || part?.as === 'subset' || (group.role !== undefined && UNITS.test(group.role));
