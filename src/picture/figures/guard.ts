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
  const [was, is] = [before && bound(before.figure), bound(live.figure)];
  if (before && typeof was === 'number' && is !== null) {
    if (is < was) found.push({ kind: 'fall', from: before, to: live });
    else if (is >= was * FACTOR && is - was >= STEP) found.push({ kind: 'rise', from: before, to: live });
  }
  const report = picture.entries.get(live.entry)?.reports.find((r) => r.report.id === live.report)?.report;
  const other = report?.figures.find(
    (f, i) => i !== live.index && f.measure !== live.figure.measure && is !== null && bound(f) === is,
  );
  if (other) found.push({ kind: 'same-number', to: live, as: other });
  return found;
}
