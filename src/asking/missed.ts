import type { Missed } from '../briefing/catchup.ts';
import { momentWords } from '../briefing/dates.ts';
import { editionName } from '../editions/edition.ts';
import { UserError } from '../errors.ts';
import type { Picture } from '../picture/picture.ts';
import type { Look, Reading } from './asking.ts';
import { look, readable, sinceIn } from './asking.ts';
import type { Asker } from './command.ts';

const DAY = 86_400_000;

/** A half-open window of the records of one situation. */
export interface RecordWindow {
  readonly slug: string;
  readonly since: number;
  readonly until: number;
}

/** The windows that a button carries: `aleppo-2024@120-345 other@3-9`. Undefined for what a person types. */
export function readWindows(written: string | undefined): readonly RecordWindow[] | undefined {
  const parts = written?.trim().split(/ +/) ?? [];
  const read = parts.map((part) => /^([a-z0-9][a-z0-9-]*)@(\d{1,9})-(\d{1,9})$/.exec(part));
  if (read.length === 0 || read.some((m) => m === null)) return undefined;
  return read.map((m) => ({ slug: m?.[1] ?? '', since: Number(m?.[2]), until: Number(m?.[3]) }));
}

/** The windows as they can be read now by this person; one that he may not read (any more) is left out. */
export async function windowsNow(
  windows: readonly RecordWindow[],
  reading: Reading,
  asker: Asker,
): Promise<readonly Missed[]> {
  const slugs = new Set((await readable(reading, asker)).map((p) => p.situation.slug));
  const missed: Missed[] = [];
  for (const { slug, since, until } of windows) {
    if (!slugs.has(slug)) continue;
    // oxlint-disable-next-line no-await-in-loop -- a handful, from memory
    const { known } = await look({ situation: slug }, reading, { ...asker, pin: until });
    // oxlint-disable-next-line no-await-in-loop
    const then = since === 0 ? undefined : await reading.archive.picture(slug, { seq: since });
    missed.push({ known, then, words: `since ${sinceWords(then)}` });
  }
  return missed;
}

const sinceWords = (then: Picture | undefined): string =>
  then === undefined ? 'the first record' : momentWords(then.at, then.situation.zone);

/**
 * Where a person stands in a situation: where it was marked as read; else the last briefing that was shown to or asked
 * for by this person, here or in direct messages; else a day before the newest record.
 */
async function lastLooked(at: Look, reading: Reading, asker: Asker): Promise<Pick<Missed, 'then' | 'words'>> {
  const { archive, readers } = reading;
  const { picture } = at.known;
  const { slug } = picture.situation;
  const marked = await readers?.marker(asker.user, slug);
  if (marked !== undefined) {
    const then = await archive.picture(slug, { seq: marked });
    return { then, words: `since you marked it as read (${sinceWords(then)})` };
  }
  const shown = [
    await readers?.last(asker, slug, { person: asker.user }),
    asker.guild === null ? undefined : await readers?.last({ ...asker, guild: null }, slug, { person: asker.user }),
  ].filter((edition) => edition !== undefined);
  const [last] = shown.sort((a, b) => b.seq - a.seq);
  if (last) {
    const then = await archive.picture(slug, { seq: last.seq });
    return { then, words: `since briefing ${editionName(last.number)} (${sinceWords(then)})` };
  }
  const then = await archive.picture(slug, { at: new Date(Date.parse(picture.at) - DAY - 1).toISOString() });
  return { then, words: 'in the last 24 hours recorded' };
}

/** What one person missed: of one situation, or of all that he may read, the most recently recorded first. */
export async function missedBy(
  { situation, since }: { readonly situation: string | undefined; readonly since: string | undefined },
  reading: Reading,
  asker: Asker,
): Promise<readonly Missed[]> {
  const wanted = situation === undefined ? (await readable(reading, asker)).map((p) => p.situation.slug) : [situation];
  const missed: Missed[] = [];
  for (const slug of wanted) {
    // oxlint-disable-next-line no-await-in-loop -- a handful, from memory
    const at = await look({ situation: slug }, reading, asker);
    if (since === undefined) {
      // oxlint-disable-next-line no-await-in-loop
      missed.push({ known: at.known, ...(await lastLooked(at, reading, asker)) });
      continue;
    }
    // oxlint-disable-next-line no-await-in-loop
    const start = await sinceIn(since, at, reading, asker);
    if (start === 'first') throw new UserError('That is no date and no duration.');
    missed.push({ known: at.known, then: start.then, words: `since ${start.words}` });
  }
  return missed.sort((a, b) => (a.known.picture.at < b.known.picture.at ? 1 : -1));
}
