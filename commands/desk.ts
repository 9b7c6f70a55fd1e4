import { ApplicationCommandOptionType, ChannelType } from 'discord-api-types/v10';
import type { Reading } from '../src/asking/asking.ts';
import { chooseSituation, findSituation } from '../src/asking/asking.ts';
import type { Asker } from '../src/asking/command.ts';
import { allow } from '../src/asking/desk.ts';
import type { Filled, Form } from '../src/asking/form.ts';
import { logFor, undoableFor } from '../src/asking/log.ts';
import { REASON_WORDS } from '../src/briefing/reasons.ts';
import type { Desks } from '../src/desk/desks.ts';
import { checksOf, composeDoctor } from '../src/desk/doctor.ts';
import { NOTHING_WORDS, REVIEW_WORDS, readName } from '../src/desk/log.ts';
import type { DeskSettings, RoleMap } from '../src/desk/record.ts';
import { DEFAULT_SETTINGS, deskSettings, NO_ROLES, REVIEW_RULES, ROLES } from '../src/desk/record.ts';
import { undoOf } from '../src/desk/undo.ts';
import { UserError } from '../src/errors.ts';
import type { Change } from '../src/model/entry.ts';
import { REASONS } from '../src/model/entry.ts';
import { SITUATION_STREAMS } from '../src/model/record.ts';
import { isZone } from '../src/model/zone-name.ts';
import { group, situation } from './shared.ts';

const { Subcommand, String: Text, User } = ApplicationCommandOptionType;

/** The desk of the server in which somebody asks; who may do this was checked before, so there is one. */
function deskHere({ desks }: Reading, { guild }: Asker): { readonly desks: Desks; readonly guild: string } {
  if (desks === undefined || guild === null)
    throw new UserError('There is no desk here.', 'Use the command in the server of the desk.');
  return { desks, guild };
}

const first = (filled: Filled, name: string): string | undefined => filled[name]?.[0];

const TEXT_CHANNELS = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
];

const settingsForm = ({ zone, language, review, modLog, whenNothing }: DeskSettings): Form => ({
  form: 'desk settings save',
  args: {},
  title: 'Settings of the desk',
  fields: [
    {
      kind: 'text',
      name: 'zone',
      label: 'Time zone',
      description: 'In which times are read and written where no situation names one: Asia/Damascus',
      value: zone,
      required: true,
      max: 60,
    },
    {
      kind: 'one',
      name: 'language',
      label: 'Language',
      required: true,
      options: [{ label: 'English', value: 'en', chosen: language === 'en' }],
    },
    {
      kind: 'one',
      name: 'review',
      label: 'What a second person must approve',
      required: true,
      all: true,
      options: REVIEW_RULES.map((value) => ({
        value,
        label: `${REVIEW_WORDS[value].slice(0, 1).toUpperCase()}${REVIEW_WORDS[value].slice(1)}`,
        chosen: value === review,
      })),
    },
    {
      kind: 'channel',
      name: 'mod-log',
      label: 'Mod-log',
      description: 'Every change is told there. Choose none to tell it nowhere.',
      types: TEXT_CHANNELS,
      ...(modLog !== undefined && { chosen: modLog }),
    },
    {
      kind: 'one',
      name: 'when-nothing',
      label: 'When nothing changed, a digest …',
      required: true,
      all: true,
      options: deskSettings.shape.whenNothing.options.map((value) => ({
        value,
        label: NOTHING_WORDS[value],
        chosen: value === whenNothing,
      })),
    },
  ],
});

async function saveSettings(filled: Filled, reading: Reading, asker: Asker) {
  await allow('desk.settings', undefined, reading, asker);
  const { desks, guild } = deskHere(reading, asker);
  const zone = first(filled, 'zone')?.trim() ?? '';
  if (!isZone(zone))
    throw new UserError(
      `“${zone.slice(0, 60)}” is no time zone.`,
      'Write it as Asia/Damascus, Europe/Paris or Etc/UTC.',
    );
  const modLog = first(filled, 'mod-log');
  const read = deskSettings.safeParse({
    zone,
    language: first(filled, 'language') ?? DEFAULT_SETTINGS.language,
    review: first(filled, 'review'),
    whenNothing: first(filled, 'when-nothing'),
    ...(modLog !== undefined && { modLog }),
  });
  if (!read.success) throw new UserError('This form is from an older version.', 'Open it again with /desk settings.');
  if (modLog !== undefined && reading.facts) {
    const channel = reading.facts.channel(guild, modLog);
    if (!channel || channel.missing.includes('View Channel') || channel.missing.includes('Send Messages'))
      throw new UserError(
        `Sitrep may not send messages in ${channel ? `#${channel.name}` : 'that channel'}.`,
        'Somebody who manages the channel can give it “View Channel” and “Send Messages” there.',
      );
  }
  await desks.setSettings({ guild, author: asker.user, key: asker.key }, read.data);
  return { say: 'The settings of the desk are saved. /desk doctor looks whether all of it works.' };
}

const ROLE_LABELS: Readonly<Record<keyof RoleMap, readonly [label: string, description: string]>> = {
  reader: ['Readers', 'Read situations that are not public. None chosen: every member.'],
  editor: ['Editors', 'Add and change entries, reports, links and sources.'],
  reviewer: ['Reviewers', 'Also approve what others wrote, and take changes back.'],
  admin: ['Admins', 'Also open situations, and change these settings. “Manage Server” counts as admin.'],
};
const MOST_ROLES = 10;

const rolesForm = (roles: RoleMap): Form => ({
  form: 'desk roles save',
  args: {},
  title: 'Roles of the desk',
  fields: ROLES.map((name) => ({
    kind: 'roles',
    name,
    label: ROLE_LABELS[name][0],
    description: ROLE_LABELS[name][1],
    chosen: roles[name],
    max: MOST_ROLES,
  })),
});

async function saveRoles(filled: Filled, reading: Reading, asker: Asker) {
  await allow('desk.roles', undefined, reading, asker);
  const { desks, guild } = deskHere(reading, asker);
  const roles: RoleMap = {
    reader: filled['reader'] ?? [],
    editor: filled['editor'] ?? [],
    reviewer: filled['reviewer'] ?? [],
    admin: filled['admin'] ?? [],
  };
  await desks.setRoles({ guild, author: asker.user, key: asker.key }, roles);
  return { say: 'The roles of the desk are saved. They count from now on, also for what was opened before.' };
}

/** Who may take back a record depends on what it is; a situation that may not be read is not there. */
async function undoing(written: string, reading: Reading, asker: Asker) {
  await allow('desk.undo', undefined, reading, asker);
  const { desks, guild } = deskHere(reading, asker);
  const named = readName(written, guild);
  if (!named)
    throw new UserError(
      `“${written.slice(0, 60)}” names no record.`,
      'Records are named as /desk log names them: aleppo-2024#45, sources#7, desk#3.',
    );
  const slug = named.stream.startsWith(SITUATION_STREAMS) ? named.stream.slice(SITUATION_STREAMS.length) : undefined;
  const of = slug === undefined ? undefined : (await findSituation(slug, reading, asker)).situation;
  await allow('desk.undo', of, reading, asker);
  return { desks, guild, slug, name: written.trim().toLowerCase(), ...named };
}

const undoForm = (record: string): Form => ({
  form: 'desk undo why',
  args: { record },
  title: `Take back ${record}`.slice(0, 45),
  notes: ['What was recorded stays where it is; a new record says the opposite, and readers are told.'],
  fields: [
    {
      kind: 'one',
      name: 'reason',
      label: 'Why',
      required: true,
      options: REASONS.map((value) => ({ value, label: REASON_WORDS[value], chosen: value === 'our_error' })),
    },
    { kind: 'text', name: 'note', label: 'In a few words', description: 'Readers see it.', long: true, max: 300 },
  ],
});

/** Settings and roles as they were before a record of the desk's own. */
async function undoDesk(
  { desks, guild, seq, name }: Awaited<ReturnType<typeof undoing>>,
  reading: Reading,
  asker: Asker,
): Promise<void> {
  const { events } = await desks.state(guild);
  const base = events.find((event) => event.seq === seq);
  const by = { guild, author: asker.user, key: asker.key };
  if (base?.kind !== 'settings.set' && base?.kind !== 'roles.set')
    throw new UserError(`Record ${name} cannot be taken back.`, 'Of the desk’s own, settings and roles can be.');
  await allow(base.kind === 'settings.set' ? 'desk.settings' : 'desk.roles', undefined, reading, asker);
  const newer = events.find((event) => event.seq > seq && event.kind === base.kind);
  if (newer) throw new UserError(`Record ${name} cannot be taken back: desk#${newer.seq} was recorded upon it since.`);
  const before = events.filter((event) => event.seq < seq);
  if (base.kind === 'settings.set') {
    const last = before.findLast((event) => event.kind === 'settings.set');
    await desks.setSettings(by, last?.body.settings ?? DEFAULT_SETTINGS, seq);
  } else {
    const last = before.findLast((event) => event.kind === 'roles.set');
    await desks.setRoles(by, last?.body.roles ?? NO_ROLES, seq);
  }
}

async function undo(filled: Filled, record: string, reading: Reading, asker: Asker) {
  const at = await undoing(record, reading, asker);
  const { desks, guild, stream, seq, slug, name } = at;
  const reason = REASONS.find((one) => one === first(filled, 'reason'));
  if (!reason) throw new UserError('Say why it is taken back.', 'Choose one of the reasons.');
  const note = first(filled, 'note')?.trim();
  const why: Change = { reason, ...(note !== undefined && note !== '' && { note }) };
  if (stream.startsWith('desk/')) {
    await undoDesk(at, reading, asker);
    return { say: `${name} is taken back.` };
  }
  const [made] = await desks.write(stream, { author: asker.user, key: asker.key }, async () => {
    const records = await desks.records(stream);
    const last = records.at(-1);
    const { base, record: opposite } = undoOf(records, seq, { ...why, by: { desk: guild } });
    if (base.kind === 'situation.amended' && slug !== undefined)
      await allow('situation.amend', (await findSituation(slug, reading, asker)).situation, reading, asker);
    return { seq: last?.seq ?? 0, at: last?.at ?? '', records: [opposite] };
  });
  return { say: `${name} is taken back, by ${name.slice(0, name.indexOf('#'))}#${made}.` };
}

export const desk = group(
  {
    name: 'desk',
    description: 'The people who curate here: settings, roles, what they did, and whether all is well',
    options: [
      { type: Subcommand, name: 'settings', description: 'Time zone, language, review, mod-log, quiet days' },
      { type: Subcommand, name: 'roles', description: 'Who is reader, editor, reviewer and admin' },
      {
        type: Subcommand,
        name: 'log',
        description: 'Who did what, when and why, the newest first',
        options: [
          { type: User, name: 'person', description: 'Only what this member did' },
          {
            type: Text,
            name: 'kind',
            description: 'Only this kind of thing',
            choices: [
              { name: 'entries', value: 'entry' },
              { name: 'reports', value: 'report' },
              { name: 'links', value: 'link' },
              { name: 'sources and parties', value: 'source' },
              { name: 'situations', value: 'situation' },
              { name: 'drafts and reviews', value: 'draft' },
              { name: 'errors reported by readers', value: 'dispute' },
              { name: 'settings and roles', value: 'desk' },
            ],
          },
          { ...situation, required: false, description: 'Only this situation' },
          { type: Text, name: 'entry', description: 'Only this entry, like E17', max_length: 20 },
        ],
      },
      {
        type: Subcommand,
        name: 'undo',
        description: 'Take back what was recorded, by a record that says the opposite',
        options: [
          {
            type: Text,
            name: 'record',
            description: 'As the log names it: aleppo-2024#45, sources#7, desk#3',
            required: true,
            autocomplete: true,
            max_length: 80,
          },
        ],
      },
      {
        type: Subcommand,
        name: 'doctor',
        description: 'Rights, commands, store, clock, drafts: ✓ or ✗, and who can fix it',
      },
    ],
  },
  {
    settings: {
      ephemeral: true,
      run: async (_args, reading, asker) => {
        await allow('desk.settings', undefined, reading, asker);
        const { desks, guild } = deskHere(reading, asker);
        return settingsForm(await desks.settings(guild));
      },
      forms: { save: (filled, _args, reading, asker) => saveSettings(filled, reading, asker) },
    },
    roles: {
      ephemeral: true,
      run: async (_args, reading, asker) => {
        await allow('desk.roles', undefined, reading, asker);
        const { desks, guild } = deskHere(reading, asker);
        return rolesForm(await desks.roles(guild));
      },
      forms: { save: (filled, _args, reading, asker) => saveRoles(filled, reading, asker) },
    },
    log: {
      ephemeral: true,
      complete: { situation: chooseSituation },
      run: async (args, reading, asker) => {
        await allow('desk.log', undefined, reading, asker);
        return logFor(args, reading, asker);
      },
      acts: {
        undo: async ({ record = '' }, reading, asker) => undoForm((await undoing(record, reading, asker)).name),
      },
    },
    undo: {
      ephemeral: true,
      complete: { record: (typed, _so, reading, asker) => undoableFor(typed, reading, asker) },
      run: async ({ record }, reading, asker) => undoForm((await undoing(record, reading, asker)).name),
      forms: { why: (filled, { record = '' }, reading, asker) => undo(filled, record, reading, asker) },
    },
    doctor: {
      ephemeral: true,
      run: async (_args, reading, asker) => {
        await allow('desk.doctor', undefined, reading, asker);
        const { desks, guild } = deskHere(reading, asker);
        const more = await Promise.all((reading.checks ?? []).map((check) => check(guild)));
        const health = { problems: reading.problems?.() ?? [], now: reading.now() };
        return composeDoctor(checksOf(guild, await desks.state(guild), reading.facts, health, more.flat()));
      },
    },
  },
);
