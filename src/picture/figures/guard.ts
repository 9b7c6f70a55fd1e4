import type { Picture } from '../picture.ts';
import type { Said, Series } from '../series.ts';
import { bound } from '../series.ts';

/** R17: a move of a series that somebody should look at before it is sent as a flash. */
export type Jump =
  | { readonly kind: 'rise'; readonly from: Said; readonly to: Said }
  | { readonly kind: 'fall'; readonly from: Said; readonly to: Said }
  /** The new number equals another number of the same report under another measure: easily mixed up. */
  | { readonly kind: 'same-number'; readonly to: Said; readonly as: Said['figure'] };

const FACTOR = 1.5;
const STEP = 50;

/** What the guard sees in the newest value of a series; empty where nothing is odd. */
export function jumpsOf(picture: Picture, { before, live }: Series): readonly Jump[] {
  const found: Jump[] = [];
  const is = bound(live.figure);
  if (is === null) return found;
  const was = before ? bound(before.figure) : null;
  if (before && was !== null) {
    if (is < was) found.push({ kind: 'fall', from: before, to: live });
    else if (is >= was * FACTOR && is - was >= STEP) found.push({ kind: 'rise', from: before, to: live });
  }
  // Nobody killed and nobody injured is no mix-up.
  if (is === 0) return found;
  const report = picture.entries.get(live.entry)?.reports.find((r) => r.report.id === live.report)?.report;
  const other = report?.figures.find((f) => f.measure !== live.figure.measure && bound(f) === is);
  if (other) found.push({ kind: 'same-number', to: live, as: other });
  return found;
}
