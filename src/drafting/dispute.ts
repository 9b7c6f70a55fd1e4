import { editionIn, findSituation } from '../asking/asking.ts';
import type { Act, Asker, ReadForm } from '../asking/command.ts';
import { allow } from '../asking/desk.ts';
import type { Field } from '../asking/form.ts';
import type { Reading } from '../asking/reading.ts';
import type { Document } from '../briefing/document.ts';
import { deskOf } from '../desk/may.ts';
import { editionName } from '../editions/edition.ts';
import { UserError } from '../errors.ts';
import type { Picture } from '../picture/picture.ts';
import { numberOf } from '../picture/status.ts';
import { lineIn, neededIn } from './fields.ts';
import { DRAFTS } from './show.ts';

const MOST = 25;
/** Of an answer that spans situations, those that a button can name. */
const MOST_SITUATIONS = 5;

/** The same document each time: much is kept by it (its pages, the entries in it). */
const made = new WeakMap<Document, Document>();

/**
 * An answer with the button by which a reader says that something in it is wrong. `entry`: the one that it is about. As it was
 * where it is of no situation.
 */
export function withDispute(document: Document, entry?: string): Document {
  const { basis, kind, follows = [] } = document;
  // A digest names the situations of which it tells something by the questions that it offers.
  const asked = new Set(follows.flatMap(({ args }) => args['situation'] ?? []));
  const slugs =
    kind === 'digest' ? [...asked] : (basis?.parts?.map((part) => part.situation) ?? (basis ? [basis.situation] : []));
  if (slugs.length === 0) return document;
  const args = {
    situation: slugs.slice(0, MOST_SITUATIONS).join(','),
    ...(entry !== undefined && { entry }),
  };
  const act = { label: 'Report an error', act: `${DRAFTS} dispute`, args, last: true as const };
  const known = made.get(document) ?? { ...document, acts: [...(document.acts ?? []), act] };
  made.set(document, known);
  return known;
}

/** The same; as it was where nobody curates. */
export const disputable = (document: Document, { desks }: Pick<Reading, 'desks'>, entry?: string): Document =>
  desks === undefined ? document : withDispute(document, entry);

/** The situations that a button names, as far as the asker may report errors in them. */
async function picturesOf(slugs: string, reading: Reading, asker: Asker): Promise<readonly [Picture, ...Picture[]]> {
  const [first = '', ...more] = slugs.split(',').slice(0, MOST_SITUATIONS);
  const open = async (slug: string): Promise<Picture> => {
    const picture = await findSituation(slug, reading, asker);
    await allow('dispute.file', picture.situation, reading, asker);
    return picture;
  };
  return [await open(first), ...(await Promise.all(more.map(open)))];
}

/** The entries of the briefing under which the button stood; else the newest. */
async function shownIn(picture: Picture, reading: Reading, asker: Asker): Promise<readonly string[]> {
  const edition =
    asker.edition === undefined
      ? undefined
      : await editionIn(editionName(asker.edition), reading, asker).catch(() => undefined);
  const shown = edition?.situation === picture.situation.slug ? Object.keys(edition.shows) : [];
  const ids = shown.length > 0 ? shown : [...picture.entries.keys()].sort((a, b) => numberOf(b) - numberOf(a));
  return ids.filter((id) => picture.entries.has(id));
}

const words: Field = {
  kind: 'text',
  name: 'words',
  label: 'What is wrong with it?',
  required: true,
  long: true,
  max: 1000,
  description: 'If you can, say where it can be read otherwise',
};

/** Asks which line is wrong, and why. */
export const fileDispute: Act<Reading> = async ({ situation = '', entry }, reading, asker) => {
  const pictures = await picturesOf(situation, reading, asker);
  const args = {
    situation: pictures.map((p) => p.situation.slug).join(','),
    ...(asker.edition !== undefined && { edition: String(asker.edition) }),
  };
  const form = { form: `${DRAFTS} dispute`, title: 'Report an error' };
  if (entry !== undefined && pictures[0].entries.has(entry))
    return { ...form, title: `Report an error in ${entry}`, args: { ...args, entry }, fields: [words] };
  const lists = await Promise.all(pictures.map((p) => shownIn(p, reading, asker)));
  const several = pictures.length > 1;
  const each = Math.floor(MOST / pictures.length);
  const options = pictures.flatMap(({ situation: { slug }, entries }, i) =>
    (lists[i] ?? []).slice(0, each).map((id) => ({
      label: `${id} ${entries.get(id)?.entry.headline ?? ''}`,
      value: several ? `${slug}/${id}` : id,
      ...(several && { description: slug }),
    })),
  );
  if (options.length === 0) throw new UserError('There is no line here that could be wrong.');
  const all = lists.every((list) => list.length <= each);
  const other: Field = {
    kind: 'text',
    name: 'other',
    label: 'A line that is not in the list',
    max: 20,
    description: 'Its number, as it stands at the end of the line: E17',
  };
  return {
    ...form,
    args,
    fields: [
      { kind: 'one', name: 'entry', label: 'Which line?', required: all || several, options },
      ...(all || several ? [] : [other]),
      words,
    ],
  };
};

/** The entry that was chosen or written, and its situation. */
function lineOf(chosen: string, pictures: readonly [Picture, ...Picture[]]): { picture: Picture; entry: string } {
  const at = chosen.indexOf('/');
  const slug = chosen.slice(0, Math.max(at, 0));
  const picture = at < 0 ? pictures[0] : pictures.find((p) => p.situation.slug === slug);
  const entry = chosen
    .slice(at + 1)
    .trim()
    .toUpperCase()
    .replace(/^(?=\d)/, 'E');
  if (!picture?.entries.has(entry))
    throw new UserError(`There is no entry “${entry.slice(0, 20)}”.`, 'Each line ends with its number, such as E17.');
  return { picture, entry };
}

/** Brings it to the desk that keeps the situation. */
export const readDispute: ReadForm<Reading> = async (filled, { situation = '', edition, entry }, reading, asker) => {
  const pictures = await picturesOf(situation, reading, asker);
  const chosen = entry ?? lineIn(filled, 'other') ?? filled['entry']?.[0];
  if (chosen === undefined) throw new UserError('No line was named.', 'Choose it from the list, or write its number.');
  const { picture, entry: about } = lineOf(chosen, pictures);
  const keepers = deskOf(picture.situation, reading.deskGuilds);
  // Where several desks own the curated files: that of this server if it is one of them, else the first.
  const guild = asker.guild !== null && keepers.has(asker.guild) ? asker.guild : [...keepers].sort()[0];
  if (!reading.desks || guild === undefined)
    throw new UserError('No desk keeps this situation here.', 'Tell whoever runs the bot.');
  const { id } = await reading.desks.fileDispute(
    { guild, author: asker.user, key: asker.key },
    {
      situation: picture.situation.slug,
      entry: about,
      ...(edition !== undefined && { edition: Number(edition) }),
      from: asker.guild,
      words: neededIn(filled, 'words', 'What is wrong', 1000),
    },
  );
  return { say: `Thank you. Your report ${id} is with the desk; it changes nothing by itself.` };
};
