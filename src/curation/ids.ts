import { CURATED } from '../model/record.ts';
import { grown } from '../picture/grown.ts';
import type { EntryState, Picture } from '../picture/picture.ts';
import { numberOf } from '../picture/status.ts';
import { entriesIn } from '../picture/touches.ts';

/**
 * Numbers that chat leaves to the curated files where these have a part: the files count on from their own last number,
 * and one number for two things keeps the file's out (see collisions of the curated store).
 */
const ENTRIES_OF_FILES = 1000;
const REPORTS_OF_FILES = 100;

/** The highest number that an entry ever had; retracted ones keep theirs. */
const highest = grown<{ readonly number: number }>(
  ({ entries }) => {
    let number = 0;
    for (const id of entries.keys()) number = Math.max(number, numberOf(id));
    return { number };
  },
  ({ number }, _picture, touches) => {
    const found = [...entriesIn(touches)].map(numberOf);
    return { number: Math.max(number, ...found) };
  },
);

/** The id that the next entry gets: after all that are there, and above those of the files where a file owns the situation. */
export const nextEntryId = (picture: Picture): string =>
  `E${Math.max(highest(picture).number, picture.situation.desk === undefined ? ENTRIES_OF_FILES : 0) + 1}`;

/** The id that the next report of an entry gets. */
export function nextReportId({ entry, reports, added }: EntryState): string {
  const last = Math.max(0, ...reports.map(({ report: { id } }) => Number(id.slice(id.indexOf('.') + 1))));
  return `${entry.id}.${Math.max(last, added.author === CURATED ? REPORTS_OF_FILES : 0) + 1}`;
}
