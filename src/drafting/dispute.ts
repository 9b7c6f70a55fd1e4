import type { Reading } from '../asking/asking.ts';
import { editionIn, findSituation } from '../asking/asking.ts';
import type { Act, Asker, ReadForm } from '../asking/command.ts';
import { allow } from '../asking/desk.ts';
import type { Document } from '../briefing/document.ts';
import { deskOf } from '../desk/may.ts';
import { editionName } from '../editions/edition.ts';
import { UserError } from '../errors.ts';
import type { Picture } from '../picture/picture.ts';
import { numberOf } from '../picture/status.ts';
import { neededIn } from './fields.ts';
import { DRAFTS } from './show.ts';

const MOST = 25;

/** The same document each time: much is kept by it (its pages, the entries in it). */
const made = new WeakMap<Document, Document>();

/** A briefing with the button by which a reader says that something in it is wrong; as it was where nobody curates. */
export function disputable(document: Document, { desks }: Reading): Document {
  const slug = document.basis?.situation;
  if (desks === undefined || slug === undefined) return document;
  const act = { label: 'Report an error', act: `${DRAFTS} dispute`, args: { situation: slug } };
  const known = made.get(document) ?? { ...document, acts: [...(document.acts ?? []), act] };
  made.set(document, known);
  return known;
}

/** The entries of the briefing under which the button stood; else the newest. */
async function shownIn(picture: Picture, reading: Reading, asker: Asker): Promise<readonly string[]> {
  const edition =
    asker.edition === undefined
      ? undefined
      : await editionIn(editionName(asker.edition), reading, asker).catch(() => undefined);
  const shown = edition?.situation === picture.situation.slug ? Object.keys(edition.shows) : [];
  const ids = shown.length > 0 ? shown : [...picture.entries.keys()].sort((a, b) => numberOf(b) - numberOf(a));
  return ids.filter((id) => picture.entries.has(id)).slice(0, MOST);
}

/** Asks which line is wrong, and why. */
export const fileDispute: Act<Reading> = async ({ situation = '' }, reading, asker) => {
  const picture = await findSituation(situation, reading, asker);
  await allow('dispute.file', picture.situation, reading, asker);
  const ids = await shownIn(picture, reading, asker);
  if (ids.length === 0) throw new UserError('There is no line here that could be wrong.');
  return {
    form: `${DRAFTS} dispute`,
    args: {
      situation: picture.situation.slug,
      ...(asker.edition !== undefined && { edition: String(asker.edition) }),
    },
    title: 'Report an error',
    fields: [
      {
        kind: 'one',
        name: 'entry',
        label: 'Which line?',
        required: true,
        options: ids.map((id) => ({ label: `${id} ${picture.entries.get(id)?.entry.headline ?? ''}`, value: id })),
      },
      {
        kind: 'text',
        name: 'words',
        label: 'What is wrong with it?',
        required: true,
        long: true,
        max: 1000,
        description: 'If you can, say where it can be read otherwise',
      },
    ],
  };
};

/** Brings it to the desk that keeps the situation. */
export const readDispute: ReadForm<Reading> = async (filled, { situation = '', edition }, reading, asker) => {
  const picture = await findSituation(situation, reading, asker);
  await allow('dispute.file', picture.situation, reading, asker);
  const keepers = deskOf(picture.situation, reading.deskGuilds);
  // Where several desks own the curated files: that of this server if it is one of them, else the first.
  const guild = asker.guild !== null && keepers.has(asker.guild) ? asker.guild : [...keepers].sort()[0];
  if (!reading.desks || guild === undefined)
    throw new UserError('No desk keeps this situation here.', 'Tell whoever runs the bot.');
  const [entry] = filled['entry'] ?? [];
  if (entry !== undefined && !picture.entries.has(entry))
    throw new UserError(`There is no entry “${entry.slice(0, 20)}”.`);
  const { id } = await reading.desks.fileDispute(
    { guild, author: asker.user, key: asker.key },
    {
      situation: picture.situation.slug,
      ...(entry !== undefined && { entry }),
      ...(edition !== undefined && { edition: Number(edition) }),
      from: asker.guild,
      words: neededIn(filled, 'words', 'What is wrong', 1000),
    },
  );
  return { say: `Thank you. Your report ${id} is with the desk; it changes nothing by itself.` };
};
