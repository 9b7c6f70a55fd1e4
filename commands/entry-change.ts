import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import { chooseEntry, choosePlace, chooseSituation, entryIn } from '../src/asking/asking.ts';
import type { Asker, Body, Choice } from '../src/asking/command.ts';
import type { Reading } from '../src/asking/reading.ts';
import { suggest } from '../src/asking/search.ts';
import type { Proposal } from '../src/curation/proposal.ts';
import { checkedContent } from '../src/drafting/content.ts';
import { sourceNames, sourcesFor } from '../src/drafting/fields.ts';
import { keep } from '../src/drafting/opened.ts';
import { draftDocument } from '../src/drafting/show.ts';
import { deskNamed } from '../src/drafting/source.ts';
import { given, reportIn, settingIn, startAmend, startEntry, startReport, startWhy } from '../src/drafting/start.ts';
import { UserError } from '../src/errors.ts';
import { ENTRY_KINDS, LINK_TYPES, REASONS, SEVERITIES } from '../src/model/entry.ts';
import { linkKey } from '../src/picture/picture.ts';
import { situation } from './shared.ts';

const { Subcommand, String: Text } = ApplicationCommandOptionType;

const words = (id: string): string => id.replaceAll('_', ' ');

const choicesOf = <const T extends string>(ids: readonly T[]) => ids.map((id) => ({ name: words(id), value: id }));

export const which = {
  type: Text,
  name: 'entry',
  description: 'An entry such as E17, or words of its headline',
  required: true,
  autocomplete: true,
  max_length: 100,
} as const;

const source = {
  type: Text,
  name: 'source',
  description: 'Who says so; a new source can be named in the form',
  autocomplete: true,
  max_length: 100,
} as const;

const text = {
  type: Text,
  name: 'text',
  description: 'Pasted text: its first sentence, time, place, source and figures are read from it',
  max_length: 6000,
} as const;

const report = {
  type: Text,
  name: 'report',
  description: 'One report of it, such as E17.2, instead of the entry',
  autocomplete: true,
  max_length: 20,
} as const;

export const CHANGES = [
  {
    type: Subcommand,
    name: 'add',
    description: 'Add a sourced entry; you see it before it is saved',
    options: [
      situation,
      source,
      { type: Text, name: 'severity', description: 'How much it weighs (routine)', choices: choicesOf(SEVERITIES) },
      { type: Text, name: 'kind', description: 'What it is (event)', choices: choicesOf(ENTRY_KINDS) },
      {
        type: Text,
        name: 'place',
        description: 'Where, a place of the situation',
        autocomplete: true,
        max_length: 100,
      },
      {
        type: Text,
        name: 'published',
        description: 'When it was published: 2024-11-28 18:00, yesterday (today)',
        max_length: 60,
      },
      text,
    ],
  },
  {
    type: Subcommand,
    name: 'report',
    description: 'Add another telling of a known entry: who else says so',
    options: [situation, which, source, text],
  },
  {
    type: Subcommand,
    name: 'amend',
    description: 'Amend an entry or one of its reports; what it said before stays in its history',
    options: [
      situation,
      which,
      {
        type: Text,
        name: 'part',
        description: 'What of it (headline, time and place)',
        choices: [
          { name: 'headline, time and place', value: 'wording' },
          { name: 'severity, kind and detail', value: 'filing' },
          { name: 'parties, category, tags, sensitive', value: 'about' },
          { name: 'status', value: 'status' },
          { name: 'a report: who says so, link, date, what it says', value: 'report' },
          { name: 'a report: who carried it, quote, hedge, credibility', value: 'carrier' },
          { name: 'a report: stance, title, language', value: 'stance' },
        ],
      },
      report,
    ],
  },
  {
    type: Subcommand,
    name: 'retract',
    description: 'Take back an entry or one of its reports, with a reason',
    options: [situation, which, report],
  },
  {
    type: Subcommand,
    name: 'restore',
    description: 'Bring back what was taken back, with a reason',
    options: [situation, which, report],
  },
  {
    type: Subcommand,
    name: 'link',
    description: 'Link two entries, or take a link away',
    options: [
      situation,
      which,
      {
        type: Text,
        name: 'type',
        description: 'How the first stands to the second',
        required: true,
        choices: choicesOf(LINK_TYPES),
      },
      { ...which, name: 'to', description: 'The second entry' },
      {
        type: Text,
        name: 'state',
        description: 'Of “same as”: suggested, confirmed or rejected (confirmed)',
        choices: choicesOf(['suggested', 'confirmed', 'rejected']),
      },
      { type: Text, name: 'note', description: 'Shown with the link', max_length: 200 },
      {
        type: Text,
        name: 'remove',
        description: 'Take this link away, for this reason',
        choices: choicesOf(REASONS),
      },
    ],
  },
] as const;

const MOST = 25;
const choice = (name: string, value: string): Choice => ({
  name: name.length > 100 ? `${name.slice(0, 99)}…` : name,
  value,
});

/** Sources that the desk of this server may name. Its own are offered to its editors alone. */
export async function chooseSource(
  typed: string,
  _so: unknown,
  reading: Reading,
  asker: Asker,
): Promise<readonly Choice[]> {
  const desk = await deskNamed(reading, asker);
  const sources = sourcesFor({ registry: reading.archive.registry() }, desk);
  return suggest(sources, typed, sourceNames, MOST).map((s) => choice(s.name, s.id));
}

const complete = { situation: chooseSituation, entry: chooseEntry };

/** Reports of the entry that was filled in. */
const chooseReport: NonNullable<Body<Reading, (typeof CHANGES)[3]['options']>['complete']>['report'] = async (
  typed,
  so,
  reading,
  asker,
) => {
  const { situation: slug, entry } = so;
  if (typeof slug !== 'string' || typeof entry !== 'string') return [];
  const { known } = await settingIn(slug, 'draft.list', reading, asker);
  const { reports } = entryIn(known, entry);
  return suggest(reports, typed, ({ report: r }) => [r.id, r.originator], MOST).map(({ report: r }) =>
    choice(`${r.id} ${known.registry.sources.get(r.originator)?.name ?? r.originator}`, r.id),
  );
};

interface OfEntry {
  readonly situation: string;
  readonly entry: string;
  readonly report?: string;
}

/** The options with the entry by its id: "e17" and "17" are E17. */
async function named<A extends OfEntry>(
  args: A,
  reading: Parameters<typeof settingIn>[2],
  asker: Parameters<typeof settingIn>[3],
): Promise<A> {
  const { known } = await settingIn(args.situation, 'draft.list', reading, asker);
  const entry = entryIn(known, args.entry).entry.id;
  if (args.report !== undefined && !reportIn(known, args.report).report.id.startsWith(`${entry}.`))
    throw new UserError(
      `${args.report} is no report of ${entry}.`,
      'Leave one of the two out, or choose from the list.',
    );
  return { ...args, entry };
}

type Changes = typeof CHANGES;
type Bodies = {
  readonly [N in Changes[number]['name']]: Body<Reading, Extract<Changes[number], { name: N }>['options']>;
};

export const CHANGE_BODIES: Bodies = {
  add: {
    ephemeral: true,
    complete: { situation: chooseSituation, source: chooseSource, place: choosePlace },
    run: (args, reading, asker) => startEntry(args, reading, asker),
  },
  report: {
    ephemeral: true,
    complete: { ...complete, source: chooseSource },
    run: async (args, reading, asker) => {
      const { situation: slug, entry } = await named(args, reading, asker);
      return startReport({ ...given(args), situation: slug, entry }, reading, asker);
    },
  },
  amend: {
    ephemeral: true,
    complete: { ...complete, report: chooseReport },
    run: async (args, reading, asker) => {
      const { part, ...of } = await named(args, reading, asker);
      return startAmend({ ...of, ...(part !== undefined && { part: part }) }, reading, asker);
    },
  },
  retract: {
    ephemeral: true,
    complete: { ...complete, report: chooseReport },
    run: async (args, reading, asker) => startWhy('retract', await named(args, reading, asker), reading, asker),
  },
  restore: {
    ephemeral: true,
    complete: { ...complete, report: chooseReport },
    run: async (args, reading, asker) => startWhy('restore', await named(args, reading, asker), reading, asker),
  },
  link: {
    ephemeral: true,
    complete: { ...complete, to: chooseEntry },
    run: async (args, reading, asker) => {
      const { known, slug } = await settingIn(args.situation, 'entry.link', reading, asker);
      const { picture } = known;
      const [from, to] = [entryIn(known, args.entry), entryIn(known, args.to)];
      const ends = { from: from.entry.id, to: to.entry.id, type: args.type };
      const there = picture.linksOf.get(ends.from)?.find((l) => linkKey(l.link) === linkKey(ends));
      const basis = Math.max(from.changed.seq, to.changed.seq, there?.added.seq ?? 0);
      const on = { situation: slug, basis };
      const { note } = args;
      const state = ends.type === 'same_as' ? (args.state ?? 'confirmed') : args.state;
      const proposal = (
        args.remove === undefined
          ? {
              kind: 'link.add',
              ...on,
              link: { ...ends, ...(state !== undefined && { state }), ...(note !== undefined && { note }) },
            }
          : {
              kind: 'link.remove',
              ...on,
              link: there?.link ?? ends,
              reason: args.remove,
              ...(note !== undefined && { note }),
            }
      ) as Proposal;
      return draftDocument(
        await keep(checkedContent({ proposal, overruled: [] }), undefined, reading, asker),
        asker.user,
      );
    },
  },
};
