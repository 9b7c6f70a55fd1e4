import type { Persona } from './page-wire.ts';
import { Permission } from './standin/permissions.ts';
import { ChannelKind, type WorldSeed } from './standin/world.ts';

/**
 * The town that the playground shows: one guild, its channels, roles and people. Ids are fixed, so that settings which name
 * them (desk roles, digest channels) can be written down before it starts.
 */

export const BOT_ID = '1100000000000000001';
export const GUILD_ID = '1100000000000000100';

export const ROLE_IDS = {
  bot: '1100000000000000200',
  editor: '1100000000000000201',
  reviewer: '1100000000000000202',
  admin: '1100000000000000203',
  /** A role that may be pinged, for digests that notify. */
  onCall: '1100000000000000204',
} as const;

export const CHANNEL_IDS = {
  newsroom: '1100000000000000301',
  dailyDigest: '1100000000000000302',
  fieldNotes: '1100000000000000303',
  deskLog: '1100000000000000304',
  longReads: '1100000000000000305',
} as const;

export const PERSONA_IDS = {
  reader: '1100000000000000401',
  editor: '1100000000000000402',
  reviewer: '1100000000000000403',
  admin: '1100000000000000404',
} as const;

/** Owns the guild and never speaks: no persona may owe its rights to being the owner. */
const OWNER_ID = '1100000000000000499';

export const PERSONAS: readonly Persona[] = [
  { id: PERSONA_IDS.reader, name: 'Rana', role: 'Reader', colour: '#8a94a6' },
  { id: PERSONA_IDS.editor, name: 'Teodor', role: 'Editor', colour: '#3f8f6b' },
  { id: PERSONA_IDS.reviewer, name: 'Inés', role: 'Reviewer', colour: '#b7791f' },
  { id: PERSONA_IDS.admin, name: 'Maryam', role: 'Admin', colour: '#7c5cc4' },
];

const EVERYONE =
  Permission.viewChannel |
  Permission.sendMessages |
  Permission.embedLinks |
  Permission.attachFiles |
  Permission.readMessageHistory |
  Permission.useApplicationCommands |
  Permission.createPublicThreads |
  Permission.sendMessagesInThreads;

const DESK_ONLY = [
  { id: GUILD_ID, type: 0, allow: 0n, deny: Permission.viewChannel },
  ...[ROLE_IDS.bot, ROLE_IDS.editor, ROLE_IDS.reviewer, ROLE_IDS.admin].map((id) => ({
    id,
    type: 0 as const,
    allow: Permission.viewChannel,
    deny: 0n,
  })),
] as const;

export const PLAYGROUND_SEED: WorldSeed = {
  bot: { id: BOT_ID, name: 'Sitrep' },
  guilds: [
    {
      id: GUILD_ID,
      name: 'The Playground Desk',
      ownerId: OWNER_ID,
      everyone: EVERYONE,
      botRoleId: ROLE_IDS.bot,
      botPermissions: EVERYONE,
      roles: [
        { id: ROLE_IDS.editor, name: 'Editors', permissions: 0n, colour: 0x3f_8f_6b },
        { id: ROLE_IDS.reviewer, name: 'Reviewers', permissions: Permission.manageMessages, colour: 0xb7_79_1f },
        {
          id: ROLE_IDS.admin,
          name: 'Admins',
          permissions: Permission.manageGuild | Permission.manageMessages | Permission.manageChannels,
          colour: 0x7c_5c_c4,
        },
        { id: ROLE_IDS.onCall, name: 'On call', permissions: 0n, mentionable: true },
      ],
      members: [
        { id: OWNER_ID, name: 'Caretaker', roles: [] },
        { id: PERSONA_IDS.reader, name: 'Rana', roles: [] },
        { id: PERSONA_IDS.editor, name: 'Teodor', roles: [ROLE_IDS.editor] },
        { id: PERSONA_IDS.reviewer, name: 'Inés', roles: [ROLE_IDS.editor, ROLE_IDS.reviewer] },
        { id: PERSONA_IDS.admin, name: 'Maryam', roles: [ROLE_IDS.editor, ROLE_IDS.reviewer, ROLE_IDS.admin] },
      ],
      channels: [
        { id: CHANNEL_IDS.newsroom, name: 'newsroom', type: ChannelKind.text, topic: 'Ask for briefings here.' },
        {
          id: CHANNEL_IDS.dailyDigest,
          name: 'daily-digest',
          type: ChannelKind.announcement,
          topic: 'Announcements of the desk.',
        },
        {
          id: CHANNEL_IDS.fieldNotes,
          name: 'field-notes',
          type: ChannelKind.text,
          topic: 'A second channel to try things in.',
        },
        {
          id: CHANNEL_IDS.deskLog,
          name: 'desk-log',
          type: ChannelKind.text,
          topic: 'For editors, reviewers and admins.',
          overwrites: DESK_ONLY,
        },
        {
          id: CHANNEL_IDS.longReads,
          name: 'long-reads',
          type: ChannelKind.forum,
          topic: 'A forum: everything in it is a post.',
        },
      ],
    },
  ],
};
