import type { Hello, Raw, SeenMessage } from '../../../../src/playground/page/wire.ts';

/** A small server with one brief, one embed, one broken picture: what the page has to be able to show. */

export const APP = '900000000000000001';
export const BRIEFINGS = '910000000000000001';
export const NEWS = '910000000000000002';
export const READER = '920000000000000001';
export const EDITOR = '920000000000000002';

const bot: Raw = { id: APP, username: 'Sitrep', bot: true };
const at = (minute: number): string => new Date(Date.UTC(2024, 10, 29, 15, minute)).toISOString();
const row = (...components: Raw[]): Raw => ({ type: 1, components });
const text = (content: string): Raw => ({ type: 10, content });

export const brief: SeenMessage = {
  invokedBy: { personaId: READER, line: '/brief situation: aleppo-2024 length: standard' },
  message: {
    id: '930000000000000002',
    channel_id: BRIEFINGS,
    author: bot,
    timestamp: at(5),
    flags: 32_768,
    attachments: [
      { id: '0', filename: 'toll.png', url: '/icon.svg', content_type: 'image/png', description: 'Chart of tolls' },
    ],
    components: [
      {
        type: 17,
        accent_color: 0xc9302c,
        components: [
          text('-# SAMPLE\n# Aleppo offensive\n**As of <t:1732892700:f>** · 214 entries · <t:1732889100:R>'),
          { type: 14, divider: true, spacing: 1 },
          text(
            '## Bottom line\nArmed groups entered western districts of the city; the army announced a "temporary withdrawal" [SANA](https://example.org/sana) · [SOHR](https://example.org/sohr)',
          ),
          {
            type: 9,
            components: [
              text(
                '**E17** Airstrike on Idlib market\nAt least **15** civilians killed according to the *White Helmets*; ||unverified||',
              ),
            ],
            accessory: { type: 2, style: 2, label: 'Why?', custom_id: 'why:E17' },
          },
          {
            type: 9,
            components: [
              text('ما هو معروف: **دخلت الفصائل** إلى حلب، مصدر: SANA\nSecond line in English after the Arabic one'),
            ],
            accessory: {
              type: 11,
              media: { url: 'attachment://toll.png' },
              description: 'Map of the western districts',
            },
          },
          text(
            '### Disputed\n- Number of killed soldiers: 50–70 (SOHR) against *none* (SANA)\n  - nested: `E12`\n- Control of the airport\n> “We withdrew to regroup”\n```\nplain twin\n```',
          ),
          { type: 12, items: [{ media: { url: 'attachment://toll.png' }, description: 'Tolls by originator' }] },
          { type: 14, divider: true, spacing: 2 },
          row(
            { type: 2, style: 1, label: 'More', custom_id: 'more' },
            { type: 2, style: 3, label: 'Mark as read', custom_id: 'read', emoji: { name: '✅' } },
            { type: 2, style: 4, label: 'Report error', custom_id: 'err' },
            { type: 2, style: 2, label: 'Previous', custom_id: 'prev', disabled: true },
            { type: 2, style: 5, label: 'Sources', url: 'https://example.org/sources' },
          ),
          row({
            type: 3,
            custom_id: 'section',
            placeholder: 'Show a section',
            options: [
              { label: 'Key events', value: 'events', description: 'What happened' },
              { label: 'Figures', value: 'figures' },
              { label: 'Sources', value: 'sources' },
            ],
          }),
          row({
            type: 3,
            custom_id: 'parties',
            placeholder: 'Filter by party',
            min_values: 1,
            max_values: 2,
            options: [
              { label: 'HTS', value: 'hts', default: true },
              { label: 'SAA', value: 'saa' },
              { label: 'SDF', value: 'sdf' },
            ],
          }),
        ],
      },
    ],
  },
};

const embed: SeenMessage = {
  message: {
    id: '930000000000000003',
    channel_id: BRIEFINGS,
    author: bot,
    timestamp: at(9),
    content: `Digest for <@${READER}>, ask <@${EDITOR}> in <#${NEWS}>. Try </brief:940000000000000001>. \u202Eevil override`,
    mentions: [{ id: READER }],
    attachments: [],
    embeds: [
      {
        title: 'Daily digest',
        url: 'https://example.org/digest',
        description: '**Key fact** first, <https://example.org/a>',
        color: 0x5865f2,
        author: { name: 'Desk' },
        fields: [
          { name: 'Killed', value: '15', inline: true },
          { name: 'Injured', value: '40', inline: true },
          { name: 'Note', value: 'Counts overlap' },
        ],
        footer: { text: 'SAMPLE' },
        timestamp: at(9),
      },
    ],
  },
};

const ephemeral: SeenMessage = {
  onlyFor: READER,
  message: {
    id: '930000000000000004',
    channel_id: BRIEFINGS,
    author: bot,
    timestamp: at(12),
    flags: 64,
    content: 'Nothing new since you last looked.',
  },
};

const option = (name: string, type: number, rest: Raw = {}): Raw => ({
  name,
  type,
  description: `The ${name}`,
  ...rest,
});

export const commands: readonly Raw[] = [
  {
    id: '940000000000000001',
    type: 1,
    name: 'brief',
    description: 'The situation in one screen',
    options: [
      option('situation', 3, { required: true, autocomplete: true }),
      option('length', 3, {
        choices: [
          { name: 'short', value: 'short' },
          { name: 'standard', value: 'standard' },
        ],
      }),
      option('place', 3),
      option('private', 5),
      option('top', 4, { min_value: 1, max_value: 20 }),
      option('channel', 7, { channel_types: [0] }),
    ],
  },
  {
    id: '940000000000000002',
    type: 1,
    name: 'entry',
    description: 'Entries',
    options: [
      {
        name: 'show',
        type: 1,
        description: 'One entry with its reports',
        options: [option('id', 3, { required: true })],
      },
      {
        name: 'add',
        type: 1,
        description: 'Add an entry',
        options: [option('situation', 3, { required: true, autocomplete: true })],
      },
    ],
  },
  { id: '940000000000000003', type: 1, name: 'help', description: 'What it does' },
  { id: '940000000000000004', type: 3, name: 'Add to briefing' },
];

export const hello: Hello = {
  type: 'hello',
  run: 'one',
  bot: { id: APP, name: 'Sitrep', online: true },
  guild: { id: '905000000000000001', name: 'Sample newsroom' },
  channels: [
    { id: BRIEFINGS, name: 'briefings', type: 0, topic: 'Ask for a briefing here' },
    { id: NEWS, name: 'announcements', type: 5 },
  ],
  personas: [
    { id: READER, name: 'Rana', role: 'Reader', colour: '#2e7d6b' },
    { id: EDITOR, name: 'Emil', role: 'Editor', colour: '#8a5a2b' },
  ],
  commands,
  messages: [
    {
      message: {
        id: '930000000000000001',
        channel_id: BRIEFINGS,
        author: { id: EDITOR, username: 'emil' },
        timestamp: at(1),
        content: 'Good evening',
        attachments: [],
      },
    },
    brief,
    embed,
    ephemeral,
  ],
  clock: {
    now: '2024-11-29T15:20:00.000Z',
    zone: 'Asia/Damascus',
    marks: [{ label: 'Aleppo entered', at: '2024-11-29T16:00:00.000Z' }],
    moving: false,
  },
  hints: { text: 'Type / to see the commands, or press:', lines: ['/brief situation:aleppo-2024', '/help'] },
};

export const modal: Raw = {
  custom_id: 'entry:add',
  title: 'Add an entry',
  components: [
    text('Everything needs **a source**.'),
    {
      type: 18,
      label: 'Headline',
      description: 'What happened, in one line',
      component: { type: 4, custom_id: 'headline', style: 1, max_length: 200, min_length: 3 },
    },
    {
      type: 18,
      label: 'Kind',
      component: {
        type: 3,
        custom_id: 'kind',
        options: [
          { label: 'Event', value: 'event' },
          { label: 'Toll', value: 'toll' },
        ],
      },
    },
    {
      type: 18,
      label: 'Severity',
      component: {
        type: 21,
        custom_id: 'severity',
        options: [
          { label: 'Major', value: 'major' },
          { label: 'Routine', value: 'routine', default: true },
        ],
      },
    },
    {
      type: 18,
      label: 'Tags',
      component: {
        type: 22,
        custom_id: 'tags',
        required: false,
        options: [
          { label: 'Aid', value: 'aid' },
          { label: 'Displacement', value: 'displacement' },
        ],
      },
    },
  ],
};
