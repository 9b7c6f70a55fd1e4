import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import { chooseSituation, clockFor, findSituation, partyIn, readable } from '../src/asking/asking.ts';
import type { Asker } from '../src/asking/command.ts';
import { allow } from '../src/asking/desk.ts';
import type { Field, Filled, Form } from '../src/asking/form.ts';
import type { Reading } from '../src/asking/reading.ts';
import { readWhen } from '../src/asking/when.ts';
import { composeSituations } from '../src/briefing/situations.ts';
import { addParties, addPlaces, addSides, checkSituation, slugFrom } from '../src/desk/situations.ts';
import { usualSpelling } from '../src/digests/zones.ts';
import { UserError } from '../src/errors.ts';
import type { Reason } from '../src/model/entry.ts';
import { situationStream } from '../src/model/record.ts';
import type { Situation } from '../src/model/situation.ts';
import { localDay } from '../src/model/time.ts';
import { isZone } from '../src/model/zone-name.ts';
import { deskHere } from './desk-here.ts';
import { group, onlyMe, situation as which } from './shared.ts';

const { Subcommand, String: Text } = ApplicationCommandOptionType;

const textOf = (filled: Filled, name: string): string | undefined => {
  const text = filled[name]?.[0]?.trim();
  return text === '' ? undefined : text;
};

/** A day as it was written, in the situation's zone. */
function dayOf(written: string, of: Pick<Situation, 'zone'>, now: Date): string {
  const { start } = readWhen(written, clockFor({ ...of } as Situation, now));
  return localDay(start.toISOString(), of.zone);
}

const title = (value?: string): Field => ({
  kind: 'text',
  name: 'title',
  label: 'Title',
  required: true,
  max: 100,
  placeholder: 'River valley offensive',
  ...(value !== undefined && { value }),
});
const summary = (value?: string): Field => ({
  kind: 'text',
  name: 'summary',
  label: 'What it is, in a sentence or two',
  long: true,
  max: 400,
  ...(value !== undefined && { value }),
});
const start = (value?: string): Field => ({
  kind: 'text',
  name: 'start',
  label: 'First day',
  description: '2024-11-27, yesterday, friday',
  required: true,
  max: 60,
  ...(value !== undefined && { value }),
});

const openForm = (zone: string): Form => ({
  form: 'situation open new',
  args: {},
  title: 'Open a situation',
  fields: [
    title(),
    {
      kind: 'text',
      name: 'zone',
      label: 'Time zone of where it happens',
      description: 'It stays: days belong to it. For example Asia/Damascus.',
      value: zone,
      required: true,
      max: 60,
    },
    start(),
    {
      kind: 'one',
      name: 'visibility',
      label: 'Who may read it',
      required: true,
      all: true,
      options: [
        { label: 'Only this server', value: 'desk', chosen: true },
        { label: 'Everybody', value: 'public', description: 'In every server that Sitrep is in' },
      ],
    },
    summary(),
  ],
});

async function open(filled: Filled, reading: Reading, asker: Asker) {
  await allow('situation.open', undefined, reading, asker);
  const { desks, guild } = deskHere(reading, asker);
  const zone = usualSpelling(textOf(filled, 'zone') ?? '');
  if (!isZone(zone))
    throw new UserError(`“${zone.slice(0, 60)}” is no time zone.`, 'Write it as Asia/Damascus or Europe/Paris.');
  const about = textOf(filled, 'summary');
  const base = {
    title: textOf(filled, 'title') ?? '',
    start: dayOf(textOf(filled, 'start') ?? '', { zone }, reading.now()),
    visibility: textOf(filled, 'visibility') === 'public' ? ('public' as const) : ('desk' as const),
  };
  const seed = `${guild} ${asker.key ?? ''}`;
  const make = (slug: string): Situation =>
    checkSituation({
      slug,
      ...base,
      zone,
      status: 'active',
      desk: guild,
      ...(about !== undefined && { summary: about }),
    });
  // The same form twice: its slug is the same where the first left it free for the second.
  const taken = new Set(reading.archive.slugs());
  const mine = await openedBefore(reading, asker);
  const slug = mine ?? slugFrom(base, (one) => taken.has(one), seed);
  const opened = make(slug);
  if (mine === undefined)
    await desks.write(situationStream(slug), { author: asker.user, key: asker.key }, () => ({
      seq: 0,
      at: '',
      records: [{ kind: 'situation.opened', body: { situation: opened, by: { desk: guild } } }],
    }));
  return {
    say: `${opened.title} (${slug}) is open, from ${opened.start}, ${zone}. Grow it with /situation amend: places, sides, parties; add what is known with /entry add.`,
  };
}

/** What this very interaction opened before, where it comes twice. */
async function openedBefore({ desks }: Reading, { guild, key }: Asker): Promise<string | undefined> {
  if (!desks || guild === null || key === undefined) return undefined;
  const opened = (await desks.chat(guild)).filter(({ kind }) => kind === 'situation.opened');
  for (const { situation, stream } of opened.slice(-5)) {
    // oxlint-disable-next-line no-await-in-loop -- the newest few
    const [first] = await desks.records(stream);
    if (first?.key === key) return situation ?? undefined;
  }
  return undefined;
}

type Growing = 'details' | 'places' | 'sides' | 'parties';

const GROW: Readonly<Record<Exclude<Growing, 'details'>, readonly [label: string, how: string, example: string]>> = {
  places: [
    'Places to add, one a line',
    'Name; how exact; a point; “in” another place; “also” another name. What is not given may be left out.',
    'Old Bridge; exact; 36.2, 37.1; in Ford; also Roman Bridge',
  ],
  sides: ['Sides to add, one a line', 'Name; how its fighters are called after a number.', 'North; northern fighters'],
  parties: ['Parties to add, one a line', 'Name of a registered party; its side.', 'Northern Army; North'],
};

function amendForm(situation: Situation, what: Growing, seq: number): Form {
  const args = { situation: situation.slug, what, seq: String(seq) };
  const note: Field = {
    kind: 'text',
    name: 'note',
    label: 'Why',
    description: 'For the record; readers may see it.',
    max: 300,
  };
  if (what !== 'details') {
    const [label, how, example] = GROW[what];
    return {
      form: 'situation amend save',
      args,
      title: situation.title,
      notes: [how],
      fields: [
        { kind: 'text', name: 'lines', label, long: true, required: true, placeholder: example, max: 4000 },
        note,
      ],
    };
  }
  return {
    form: 'situation amend save',
    args,
    title: situation.title,
    fields: [
      title(situation.title),
      summary(situation.summary),
      start(situation.start),
      {
        kind: 'text',
        name: 'end',
        label: 'Last day',
        description: 'Empty while it goes on',
        max: 60,
        ...(situation.end !== undefined && { value: situation.end }),
      },
      {
        kind: 'one',
        name: 'status',
        label: 'Does it take entries?',
        required: true,
        all: true,
        options: [
          { label: 'Yes, it is followed', value: 'active', chosen: situation.status === 'active' },
          { label: 'No, it is closed', value: 'closed', chosen: situation.status === 'closed' },
        ],
      },
    ],
  };
}

/** Without those that were left empty. */
const given = <T extends object>(fields: T): T =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;

/** Records a situation as `change` makes it of the one that is there, where it differs. */
async function record(
  slug: string,
  action: 'situation.amend' | 'situation.close' | 'situation.share',
  reading: Reading,
  asker: Asker,
  change: (now: Situation) => Situation,
  why: { readonly reason: Reason; readonly note?: string },
): Promise<Situation> {
  const { desks, guild } = deskHere(reading, asker);
  let next: Situation | undefined;
  await desks.write(situationStream(slug), { author: asker.user, key: asker.key }, async () => {
    // Whatever happened between opening the form and sending it.
    const { situation, seq, at } = await findSituation(slug, reading, asker);
    await allow(action, situation, reading, asker);
    next = checkSituation(change(situation));
    const same = JSON.stringify(checkSituation(situation)) === JSON.stringify(next);
    const body = { situation: next, ...why, by: { desk: guild } };
    return { seq, at, records: same ? [] : [{ kind: 'situation.amended', body }] };
  });
  if (!next) throw new UserError('Nothing was recorded.');
  return next;
}

async function amend(filled: Filled, args: Readonly<Record<string, string>>, reading: Reading, asker: Asker) {
  const { situation: before, seq } = await findSituation(args['situation'] ?? '', reading, asker);
  await allow('situation.amend', before, reading, asker);
  const now = reading.now();
  const note = textOf(filled, 'note');
  const lines = textOf(filled, 'lines') ?? '';
  const seen = (await reading.archive.picture(before.slug, { seq: Number(args['seq']) || seq }))?.situation ?? before;
  const end = textOf(filled, 'end');
  const about = textOf(filled, 'summary');
  const wanted = {
    title: textOf(filled, 'title') ?? seen.title,
    summary: about,
    start: dayOf(textOf(filled, 'start') ?? seen.start, before, now),
    end: end === undefined ? undefined : dayOf(end, before, now),
    status: textOf(filled, 'status') === 'closed' ? ('closed' as const) : ('active' as const),
  };
  const change = (of: Situation): Situation => {
    if (args['what'] === 'places') return addPlaces(of, lines);
    if (args['what'] === 'sides') return addSides(of, lines);
    if (args['what'] === 'parties') {
      const picture = { situation: of } as Parameters<typeof partyIn>[0]['picture'];
      return addParties(of, lines, (name) => partyIn({ picture, registry: reading.archive.registry() }, name));
    }
    // Only what this person changed: the rest may have been changed by another meanwhile.
    const fields = (['title', 'summary', 'start', 'end', 'status'] as const).filter((f) => wanted[f] !== seen[f]);
    return given({ ...of, ...Object.fromEntries(fields.map((f) => [f, wanted[f]])) });
  };
  const why = { reason: 'new_information', ...(note !== undefined && { note }) } as const;
  const next = await record(before.slug, 'situation.amend', reading, asker, change, why);
  return { say: `${next.title} is saved.` };
}

async function close(filled: Filled, args: Readonly<Record<string, string>>, reading: Reading, asker: Asker) {
  const { situation } = await findSituation(args['situation'] ?? '', reading, asker);
  await allow('situation.close', situation, reading, asker);
  const note = textOf(filled, 'note');
  const written = textOf(filled, 'end');
  const end = written === undefined ? undefined : dayOf(written, situation, reading.now());
  const next = await record(
    situation.slug,
    'situation.close',
    reading,
    asker,
    (of) => ({ ...of, status: 'closed', ...(end !== undefined && { end }) }),
    { reason: 'new_information', ...(note !== undefined && { note }) },
  );
  return { say: `${next.title} is closed: it can be read, and takes no entries. /situation amend opens it again.` };
}

const withWhom = {
  everybody: 'everybody',
  here: 'only this server',
  server: 'another server, too',
  unshare: 'no longer another server',
} as const;

function shared(of: Situation, how: keyof typeof withWhom, server: string | undefined): Situation {
  const { sharedWith = [], ...rest } = of;
  if (how === 'everybody') return { ...rest, visibility: 'public' };
  if (how === 'here') return { ...rest, visibility: 'desk' };
  if (server === undefined || !/^\d{17,20}$/.test(server))
    throw new UserError(
      'Which server?',
      'Give its id as “server”: in Discord’s settings, Advanced, turn on developer mode, then copy the id from the server’s menu.',
    );
  const others = sharedWith.filter((one) => one !== server);
  const now = how === 'server' ? [...others, server] : others;
  return { ...rest, visibility: 'desk', ...(now.length > 0 && { sharedWith: now }) };
}

export const situation = group(
  {
    name: 'situation',
    description: 'The situations that can be asked about',
    options: [
      {
        type: Subcommand,
        name: 'list',
        description: 'Which situations there are, how many entries each has and how new the newest is',
        options: [onlyMe],
      },
      { type: Subcommand, name: 'open', description: 'Begin to follow a situation' },
      {
        type: Subcommand,
        name: 'amend',
        description: 'Its title, days and state; or add places, sides and parties',
        options: [
          which,
          {
            type: Text,
            name: 'what',
            description: 'What to change (default: details)',
            choices: [
              { name: 'details', value: 'details' },
              { name: 'add places', value: 'places' },
              { name: 'add sides', value: 'sides' },
              { name: 'add parties', value: 'parties' },
            ],
          },
        ],
      },
      {
        type: Subcommand,
        name: 'close',
        description: 'It stays readable, and takes no entries any more',
        options: [which],
      },
      {
        type: Subcommand,
        name: 'share',
        description: 'Say who may read it',
        options: [
          which,
          {
            type: Text,
            name: 'with',
            description: 'Who may read it from now on',
            required: true,
            choices: [
              { name: withWhom.everybody, value: 'everybody' },
              { name: withWhom.here, value: 'here' },
              { name: withWhom.server, value: 'server' },
              { name: withWhom.unshare, value: 'unshare' },
            ],
          },
          { type: Text, name: 'server', description: 'Id of the other server', max_length: 20 },
        ],
      },
    ],
  },
  {
    list: { run: async (_args, reading, asker) => composeSituations(await readable(reading, asker)) },
    open: {
      ephemeral: true,
      run: async (_args, reading, asker) => {
        await allow('situation.open', undefined, reading, asker);
        const { desks, guild } = deskHere(reading, asker);
        return openForm((await desks.settings(guild)).zone);
      },
      forms: { new: (filled, _args, reading, asker) => open(filled, reading, asker) },
    },
    amend: {
      ephemeral: true,
      complete: { situation: chooseSituation },
      run: async (args, reading, asker) => {
        const { situation: of, seq } = await findSituation(args.situation, reading, asker);
        await allow('situation.amend', of, reading, asker);
        return amendForm(of, args.what ?? 'details', seq);
      },
      forms: { save: amend },
    },
    close: {
      ephemeral: true,
      complete: { situation: chooseSituation },
      run: async (args, reading, asker) => {
        const { situation: of } = await findSituation(args.situation, reading, asker);
        await allow('situation.close', of, reading, asker);
        return {
          form: 'situation close save',
          args: { situation: of.slug },
          title: `Close ${of.title}`,
          fields: [
            {
              kind: 'text',
              name: 'end',
              label: 'Last day',
              description: 'Empty where it is not over, but not followed any more',
              max: 60,
              ...(of.end !== undefined && { value: of.end }),
            },
            { kind: 'text', name: 'note', label: 'Why', max: 300 },
          ],
        };
      },
      forms: { save: close },
    },
    share: {
      ephemeral: true,
      complete: { situation: chooseSituation },
      run: async (args, reading, asker) => {
        const { situation: of } = await findSituation(args.situation, reading, asker);
        await allow('situation.share', of, reading, asker);
        const how = args.with;
        const next = await record(of.slug, 'situation.share', reading, asker, (now) => shared(now, how, args.server), {
          reason: 'scope',
          note: `readable by: ${withWhom[how]}${how === 'server' || how === 'unshare' ? ` (${args.server})` : ''}`,
        });
        return {
          kind: 'desk',
          title: next.title,
          subtitle: [],
          sections: [
            {
              id: 'shared',
              lines: [],
              notes: [
                next.visibility === 'public'
                  ? 'Everybody may read it now.'
                  : `Only its own server may read it now${next.sharedWith ? `, and ${next.sharedWith.length} more` : ''}.`,
                ...(of.visibility === 'public' && next.visibility === 'desk'
                  ? ['What was posted before stays where it was posted.']
                  : []),
              ],
            },
          ],
          footer: [],
        };
      },
    },
  },
);
