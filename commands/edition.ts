import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import { readArgs } from '../src/asking/args.ts';
import { chooseEdition, editionIn } from '../src/asking/asking.ts';
import type { Asker, Leaf } from '../src/asking/command.ts';
import { isForm } from '../src/asking/form.ts';
import type { Reading } from '../src/asking/reading.ts';
import type { Document } from '../src/briefing/document.ts';
import { numbered } from '../src/briefing/document.ts';
import type { Edition } from '../src/editions/edition.ts';
import { editionName } from '../src/editions/edition.ts';
import { UserError } from '../src/errors.ts';
import { markdown } from '../src/exchange/markdown.ts';
import { group, onlyMe } from './shared.ts';

const which = {
  type: ApplicationCommandOptionType.String,
  name: 'edition',
  description: 'The number at the top of a briefing, like B41',
  required: true,
  autocomplete: true,
  max_length: 40,
} as const;

const { Subcommand } = ApplicationCommandOptionType;
const complete = { edition: chooseEdition };

/** Asks the question of an edition again, of the records from which it was answered: the same document, byte for byte. */
async function again(
  { number, request: { path, args }, seq, registry, head, private: alone }: Edition,
  leaves: readonly Leaf<Reading>[],
  reading: Reading,
  asker: Asker,
): Promise<Document> {
  const leaf = leaves.find((l) => l.path === path);
  if (!leaf) throw new UserError(`Briefing ${editionName(number)} answered “/${path}”, which there is no more.`);
  const pins = { pin: seq, ...(registry !== undefined && { registry }), ...(head !== undefined && { head }) };
  const document = await leaf.run(readArgs(leaf.options, args), reading, { ...asker, ...pins, alone });
  if (isForm(document)) throw new UserError(`Briefing ${editionName(number)} is no briefing that can be shown again.`);
  return { ...document, ...(document.basis && { basis: { ...document.basis, path, args, edition: number } }) };
}

/** `leaves`: the questions whose answers are kept as editions. */
export const editionCommand = (leaves: readonly Leaf<Reading>[]) =>
  group(
    {
      name: 'edition',
      description: 'A briefing that was shown before: once more as it was, or as a file',
      options: [
        {
          type: Subcommand,
          name: 'show',
          description: 'The briefing once more, exactly as it was shown',
          options: [which, onlyMe],
        },
        {
          type: Subcommand,
          name: 'export',
          description: 'The briefing as a Markdown file with footnotes',
          options: [which, onlyMe],
        },
      ],
    },
    {
      show: {
        complete,
        run: async (args, reading, asker) =>
          again(await editionIn(args.edition, reading, asker), leaves, reading, asker),
      },
      export: {
        complete,
        run: async (args, reading, asker) => {
          const edition = await editionIn(args.edition, reading, asker);
          const document = numbered(await again(edition, leaves, reading, asker), edition.number);
          const name = editionName(edition.number);
          return {
            kind: 'export',
            title: document.title,
            subtitle: [`Briefing ${name} as Markdown, with every source as a footnote.`],
            sections: [],
            footer: [],
            file: { name: `${name}-${edition.situation}.md`, text: markdown(document) },
          };
        },
      },
    },
  );
