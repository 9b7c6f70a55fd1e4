import { filterWords } from '../../briefing/digest.ts';
import type { Action } from '../../desk/may.ts';
import type { Book, DigestState } from '../../digests/book.ts';
import { stateOf } from '../../digests/changes.ts';
import type { Digests } from '../../digests/service.ts';
import type { Naming } from '../../digests/settings-rows.ts';
import { UserError } from '../../errors.ts';
import { readable } from '../asking.ts';
import type { Asker } from '../command.ts';
import { allow } from '../desk.ts';
import type { Reading } from '../reading.ts';
import { foldText, suggest } from '../search.ts';

export interface Here {
  readonly digests: Digests;
  readonly guild: string;
  readonly book: Book;
}

/** The digests of the server in which somebody asks, without a question of who may. Throws a UserError where there are none. */
export function digestsHere({ digests }: Reading, { guild }: Asker): Here {
  if (guild === null)
    throw new UserError('Digests belong to a server; there are none here.', 'Use the command in a server.');
  if (digests === undefined) throw new UserError('The digests are not ready yet.', 'Ask again in a few seconds.');
  return { digests, guild, book: digests.books.of(guild) };
}

/** The same for somebody who may do this now; else throws what says who may. */
export async function mayHere(action: Action, reading: Reading, asker: Asker): Promise<Here> {
  await allow(action, undefined, reading, asker);
  return digestsHere(reading, asker);
}

/** D7 as it is; a part of a name where one digest alone has it. Throws a UserError where several have it. */
function calledSo({ digests }: Book, typed: string): string {
  if (typed.trim() === '' || /^d\d+$/i.test(typed.trim())) return typed;
  const fitting = suggest([...digests.values()], typed, ({ digest }) => [digest.name], MOST_NAMED + 1);
  const [first, ...more] = fitting.filter(({ digest }) => foldText(digest.name) === foldText(typed.trim()));
  const [found, other] = first && more.length === 0 ? [first] : fitting;
  if (!found) return typed;
  if (!other) return found.digest.id;
  const named = fitting.slice(0, MOST_NAMED).map(({ digest }) => `${digest.id} “${digest.name}”`);
  throw new UserError(
    `Several digests are called like “${typed.trim().slice(0, 20)}”.`,
    `Name one by its number: ${named.join(', ')}${fitting.length > MOST_NAMED ? ', …' : '.'}`,
  );
}
const MOST_NAMED = 5;

/** A digest of this server, for somebody who may do this to it. */
export async function digestFor(
  action: Action,
  id: string | undefined,
  reading: Reading,
  asker: Asker,
): Promise<Here & { readonly state: DigestState; readonly id: string }> {
  const here = await mayHere(action, reading, asker);
  const state = stateOf(here.book, calledSo(here.book, id ?? ''));
  return { ...here, state, id: state.digest.id };
}

/** What the asker may know of the situations of digests. */
export async function namingFor(reading: Reading, asker: Asker): Promise<Naming> {
  const pictures = new Map((await readable(reading, asker)).map((p) => [p.situation.slug, p]));
  const registry = reading.archive.registry();
  return {
    title: (slug) => {
      const situation = pictures.get(slug)?.situation;
      return situation && { title: situation.title, closed: situation.status === 'closed' };
    },
    filter: ({ situations, filters }) => {
      const parts = situations.flatMap((slug) => {
        const picture = pictures.get(slug);
        return picture ? [{ now: { picture, registry }, then: undefined }] : [];
      });
      // By the situation that has the place: its name is told only to those who may read of it.
      const of = parts.find(({ now }) => now.picture.situation.places.some(({ id }) => id === filters.place));
      const { place: _, ...rest } = filters;
      return filterWords(parts.length > 0 ? filters : rest, of ? [of] : parts);
    },
  };
}
