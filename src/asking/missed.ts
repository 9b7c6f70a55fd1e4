import type { Missed, OwedAlone, OwedThere } from '../briefing/catchup.ts';
import { momentWords } from '../briefing/dates.ts';
import type { Known } from '../briefing/tell.ts';
import { editionName, readersStream } from '../editions/edition.ts';
import { UserError } from '../errors.ts';
import type { Picture } from '../picture/picture.ts';
import type { Look } from './asking.ts';
import { look, readable, sinceIn } from './asking.ts';
import type { Asker } from './command.ts';
import type { Reading } from './reading.ts';

const DAY = 86_400_000;

/** A half-open window of the records of one situation. */
export interface RecordWindow {
  readonly slug: string;
  readonly since: number;
  readonly until: number;
}

/** What a button carries: windows, and the names of the corrections that were told with them. */
export interface Windows {
  readonly windows: readonly RecordWindow[];
  readonly owed: readonly string[];
}

const WINDOW = /^([a-z0-9][a-z0-9-]*)@(\d{1,9})-(\d{1,9})$/;
const OWED = /^(?:guild|user)\/\S+@\d{1,9}$/;

/** `aleppo-2024@120-345 guild/110/B3/E1@130 other@3-9`, as a button carries it. Undefined for what a person types. */
export function readWindows(written: string | undefined): Windows | undefined {
  const parts = written?.trim().split(/ +/) ?? [];
  const read = parts.filter((part) => !OWED.test(part)).map((part) => WINDOW.exec(part));
  if (read.length === 0 || read.some((m) => m === null)) return undefined;
  return {
    windows: read.map((m) => ({ slug: m?.[1] ?? '', since: Number(m?.[2]), until: Number(m?.[3]) })),
    owed: parts.filter((part) => OWED.test(part)),
  };
}

/** Where an answer was shown, as this person knows it: a number means something only where it was given. */
function whereShown({ stream, edition, kind }: OwedAlone, asker: Asker): string {
  if (kind === 'catchup') return 'an earlier catch-up';
  if (stream === readersStream(asker.guild, asker.user)) return `briefing ${editionName(edition)}`;
  return stream === readersStream(null, asker.user) ? 'a direct message' : 'another server';
}

const placed = (owed: readonly OwedAlone[], asker: Asker): readonly OwedThere[] =>
  owed.map((one) => ({ ...one, where: whereShown(one, asker) }));

const owedNow = async (known: Known, { alone }: Reading, asker: Asker): Promise<readonly OwedThere[]> =>
  placed((await alone?.owed(asker.user, known)) ?? [], asker);

/** The windows as they can be read now by this person; one that he may not read (any more) is left out. */
export async function windowsNow(
  { windows, owed }: Windows,
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
    // oxlint-disable-next-line no-await-in-loop
    const told = (await reading.alone?.named(asker.user, owed, known)) ?? [];
    missed.push({ known, then, words: `since ${sinceWords(then)}`, owed: placed(told, asker) });
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
    // oxlint-disable-next-line no-await-in-loop
    const owed = await owedNow(at.known, reading, asker);
    if (since === undefined) {
      // oxlint-disable-next-line no-await-in-loop
      missed.push({ known: at.known, ...(await lastLooked(at, reading, asker)), owed });
      continue;
    }
    // oxlint-disable-next-line no-await-in-loop
    const start = await sinceIn(since, at, reading, asker);
    if (start === 'first') throw new UserError('That is no date and no duration.');
    missed.push({ known: at.known, then: start.then, words: `since ${start.words}`, owed });
  }
  return missed.sort((a, b) => (a.known.picture.at < b.known.picture.at ? 1 : -1));
}
