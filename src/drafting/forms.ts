import type { Field, Form, FormChoice } from '../asking/form.ts';
import { ENTRY_KINDS, PARTY_ROLES, REASONS, type Reason, SEVERITIES, STANCES, STATUSES } from '../model/entry.ts';
import { SOURCE_KINDS } from '../model/source.ts';

type Args = Readonly<Record<string, string>>;
/** What a form shows to be corrected, by field. */
export type Values = Readonly<Record<string, string | undefined>>;

const DRAFTS = 'review show';

const words = (id: string): string => {
  const text = id.replaceAll('_', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
};
export const choices = (ids: readonly string[], chosen?: string): readonly FormChoice[] =>
  ids.map((id) => ({ label: words(id), value: id, ...(id === chosen && { chosen: true }) }));

const line = (
  name: string,
  label: string,
  values: Values,
  more: {
    readonly max?: number;
    readonly required?: boolean;
    readonly description?: string;
    readonly placeholder?: string;
    readonly long?: boolean;
  } = {},
): Field => {
  const value = values[name];
  return { kind: 'text', name, label, ...more, ...(value !== undefined && { value }) };
};
const one = (
  name: string,
  label: string,
  ids: readonly string[],
  values: Values,
  more: { readonly required?: boolean; readonly description?: string } = {},
): Field => ({
  kind: 'one',
  name,
  label,
  ...more,
  options: choices(ids, values[name]),
});

const form = (name: string, title: string, args: Args, fields: readonly Field[], notes?: readonly string[]): Form => ({
  form: `${DRAFTS} ${name}`,
  args,
  title,
  fields,
  ...(notes && { notes }),
});

const WHEN = 'In the time of the situation: 2024-11-28 18:00, "yesterday 18:00", friday, 27 nov to 29 nov';
const HEADLINE = 'One neutral sentence of ours, at most 200 characters';
const headline = (values: Values): Field =>
  line('headline', 'Headline', values, { required: true, max: 400, long: true, description: HEADLINE });
const when = (values: Values): Field =>
  line('when', 'When did it happen?', values, { required: true, max: 60, description: WHEN });
const where = (values: Values): Field =>
  line('where', 'Where?', values, { max: 100, description: 'A place of the situation; empty where it is not known' });
const who = (values: Values): Field =>
  line('who', 'Who says so?', values, {
    required: true,
    max: 140,
    description: 'A source by its name. To add one: “new: ” and its name',
  });
const link = (values: Values): Field =>
  line('link', 'Link', values, { max: 4000, description: 'Where it can be read; empty where it cannot' });
const published = (values: Values): Field =>
  line('published', 'When was it published?', values, { required: true, max: 60, description: WHEN });
const says = (values: Values): Field =>
  line('says', 'What this report says', values, {
    max: 600,
    long: true,
    description: 'Where it differs from the headline: one neutral sentence of ours',
  });
const reason = (values: Values): Field => ({
  kind: 'one',
  name: 'reason',
  label: 'Why?',
  required: true,
  description: 'Readers are told, and the record keeps it',
  options: REASONS.map((id) => ({ label: WHY[id], value: id, ...(id === values['reason'] && { chosen: true }) })),
});
const note = (values: Values): Field => line('note', 'In your own words', values, { max: 600, long: true });

const WHY: Readonly<Record<Reason, string>> = {
  new_information: 'New information',
  source_corrected: 'The source corrected itself',
  our_error: 'Our error',
  duplicate: 'It is a duplicate',
  relay_error: 'Somebody who carried it made an error',
  scope: 'It has another scope',
  privacy: 'Privacy: the words are withheld everywhere',
};

export const eventForm = (args: Args, values: Values): Form =>
  form('event', 'A sourced entry', args, [headline(values), when(values), where(values), who(values), link(values)]);

/** The same with a choice of the situation in place of the place, which is read from the text. */
export const messageForm = (args: Args, values: Values, situations: readonly FormChoice[]): Form =>
  form('event', 'Add to briefing', args, [
    { kind: 'one', name: 'situation', label: 'To which situation?', required: true, options: situations },
    headline(values),
    when(values),
    who(values),
    link(values),
  ]);

export const tellingForm = (args: Args, values: Values): Form =>
  form('telling', 'Another report', args, [
    who(values),
    link(values),
    published(values),
    says(values),
    one('stance', 'How does it say so?', STANCES, values, { required: true }),
  ]);

export const detailsForm = (args: Args, values: Values): Form =>
  form('details', 'Details', args, [
    published(values),
    one('stance', 'How does the source say so?', STANCES, values, { required: true }),
    says(values),
    one('severity', 'Severity', SEVERITIES, values, { required: true }),
    one('kind', 'Kind', ENTRY_KINDS, values, { required: true }),
  ]);

const CREDIBILITY = ['', 'confirmed', 'probably true', 'possibly true', 'doubtful', 'improbable', 'cannot be judged'];
const publisher = (values: Values): Field =>
  line('publisher', 'Who carried it?', values, {
    max: 140,
    description: 'A source by its name, where that is somebody else than who says so',
  });
const hedge = (values: Values): Field =>
  line('hedge', 'Its own hedge', values, { max: 200, description: '“unverified”, “thought to be …”' });
const quote = (values: Values): Field =>
  line('quote', 'Quote', values, { max: 400, long: true, description: 'At most 25 words' });
const title = (values: Values): Field => line('title', 'Its title', values, { max: 400 });
const credibility = (values: Values): Field => ({
  kind: 'one',
  name: 'credibility',
  label: 'How credible is this telling?',
  required: true,
  options: CREDIBILITY.flatMap((label, i) =>
    i === 0
      ? []
      : [{ label: `${i}: ${label}`, value: String(i), ...(values['credibility'] === String(i) && { chosen: true }) }],
  ),
});
export const moreForm = (args: Args, values: Values): Form =>
  form('more', 'Details of the report', args, [
    publisher(values),
    hedge(values),
    quote(values),
    title(values),
    credibility(values),
  ]);

const about = (values: Values): readonly Field[] => [
  line('parties', 'Parties', values, {
    long: true,
    max: 1000,
    description: `One on each line, with its role: “Name (actor)”; ${PARTY_ROLES.slice(1).join(', ')}`,
  }),
  line('category', 'Category', values, { max: 60, description: 'A word or two of your own: air strike' }),
  line('tags', 'Tags', values, { max: 400, description: 'Lower-case words, with commas between them' }),
  {
    kind: 'one',
    name: 'sensitive',
    label: 'Is it sensitive?',
    required: true,
    options: [
      { label: 'No', value: 'no', ...(values['sensitive'] !== 'yes' && { chosen: true }) },
      { label: 'Yes', value: 'yes', ...(values['sensitive'] === 'yes' && { chosen: true }) },
    ],
  },
];
/** What a new entry is about. */
export const aboutForm = (args: Args, values: Values): Form =>
  form('about', 'Parties, tags', args, [
    ...about(values),
    line('detail', 'Detail', values, { long: true, max: 2000, description: 'Shown with the entry, not in briefings' }),
  ]);
export const amendAboutForm = (args: Args, values: Values): Form =>
  form('amend-about', 'Amend: what it is about', args, [...about(values), reason(values)]);
export const amendCarrierForm = (args: Args, values: Values): Form =>
  form('amend-carrier', 'Amend a report: who carried it', args, [
    publisher(values),
    quote(values),
    hedge(values),
    credibility(values),
    reason(values),
  ]);
export const amendStanceForm = (args: Args, values: Values): Form =>
  form('amend-stance', 'Amend a report: how it says so', args, [
    one('stance', 'How does it say so?', STANCES, values, { required: true }),
    title(values),
    line('language', 'Its language', values, { required: true, max: 20, description: 'A code such as en or ar' }),
    reason(values),
    note(values),
  ]);

export const amendForm = (args: Args, values: Values): Form =>
  form('amend', 'Amend: what it says', args, [
    headline(values),
    when(values),
    where(values),
    reason(values),
    note(values),
  ]);
export const amendMoreForm = (args: Args, values: Values): Form =>
  form('amend-more', 'Amend: how it is filed', args, [
    one('severity', 'Severity', SEVERITIES, values, { required: true }),
    one('kind', 'Kind', ENTRY_KINDS, values, { required: true }),
    line('detail', 'Detail', values, { long: true, max: 2000 }),
    reason(values),
    note(values),
  ]);
export const amendStatusForm = (args: Args, values: Values): Form =>
  form('amend-status', 'Amend: its status', args, [
    one('status', 'Status', ['computed', ...STATUSES.filter((s) => s !== 'retracted')], values, {
      required: true,
      description: '“Computed” follows from its reports; another is the word of the desk',
    }),
    line('because', 'Why the desk says so', values, {
      max: 400,
      long: true,
      description: 'Readers see it beside the status',
    }),
    reason(values),
    note(values),
  ]);
export const amendReportForm = (args: Args, values: Values): Form =>
  form('amend-report', 'Amend a report', args, [
    who(values),
    link(values),
    published(values),
    says(values),
    reason(values),
  ]);
export const whyForm = (args: Args, values: Values, heading: string): Form =>
  form('why', heading, args, [reason(values), note(values)]);

export const figuresForm = (args: Args, options: readonly FormChoice[], more: string | undefined): Form =>
  form('figures', 'Figures', args, [
    ...(options.length > 0
      ? [
          {
            kind: 'some' as const,
            name: 'taken',
            label: 'Figures that are recorded',
            description: 'Take out what is wrong, and write it anew below',
            options,
            all: true,
          },
        ]
      : []),
    line(
      'more',
      'Further figures, in words',
      { more },
      { long: true, max: 1000, description: 'One on each line: “at least 255 people killed since Wednesday”' },
    ),
  ]);

export const overruleForm = (args: Args, seen: readonly string[]): Form =>
  form(
    'overrule',
    'Save anyway',
    args,
    [
      line(
        'reason',
        'Why is it right all the same?',
        {},
        { required: true, max: 600, long: true, description: 'The record keeps it' },
      ),
    ],
    [
      seen
        .map((saw) => `• ${saw}`)
        .join('\n')
        .slice(0, 1800),
    ],
  );

export const reasonForm = (name: 'reject' | 'breaking', args: Args): Form =>
  form(name, name === 'reject' ? 'Send it back' : 'Publish without a second person', args, [
    line(
      'reason',
      name === 'reject' ? 'What should be changed?' : 'Why can it not wait?',
      {},
      {
        required: true,
        max: 600,
        long: true,
        description: name === 'reject' ? 'Its author is told' : 'The record keeps it',
      },
    ),
  ]);

export const sourceForm = (args: Args, values: Values): Form =>
  form('source', 'A source', args, [
    line('name', 'Name', values, { required: true, max: 200 }),
    line('about', 'What it is', values, { max: 300, description: 'Follows the name: “a UK-based monitor”' }),
    one('kind', 'Kind', SOURCE_KINDS, values, { required: true }),
    line('party', 'Whose is it?', values, {
      max: 100,
      description: 'The party that it belongs to or speaks for; empty: none',
    }),
    {
      kind: 'one',
      name: 'reliability',
      label: 'How reliable is it?',
      required: true,
      options: [
        'A: completely',
        'B: usually',
        'C: fairly',
        'D: not usually',
        'E: unreliable',
        'F: cannot be judged',
      ].map((label) => ({
        label,
        value: label.charAt(0),
        ...(values['reliability'] === label.charAt(0) && { chosen: true }),
      })),
    },
  ]);
