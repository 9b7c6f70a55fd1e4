import { ChannelType } from 'discord-api-types/v10';
import type { Asker } from '../src/asking/command.ts';
import { allow } from '../src/asking/desk.ts';
import type { Filled, Form } from '../src/asking/form.ts';
import type { Reading } from '../src/asking/reading.ts';
import { NOTHING_WORDS, REVIEW_WORDS } from '../src/desk/log.ts';
import type { DeskSettings, RoleMap } from '../src/desk/record.ts';
import { DEFAULT_SETTINGS, deskSettings, REVIEW_RULES, ROLES } from '../src/desk/record.ts';
import { usualSpelling } from '../src/digests/zones.ts';
import { UserError } from '../src/errors.ts';
import { isZone } from '../src/model/zone-name.ts';
import { deskHere, first } from './desk-here.ts';

const TEXT_CHANNELS = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
];

export const settingsForm = ({ zone, language, review, modLog, whenNothing }: DeskSettings): Form => ({
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

export async function saveSettings(filled: Filled, reading: Reading, asker: Asker) {
  await allow('desk.settings', undefined, reading, asker);
  const { desks, guild } = deskHere(reading, asker);
  const zone = usualSpelling(first(filled, 'zone')?.trim() ?? '');
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

export const rolesForm = (roles: RoleMap): Form => ({
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

export async function saveRoles(filled: Filled, reading: Reading, asker: Asker) {
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
