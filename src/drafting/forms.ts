import type { Form, FormChoice } from '../asking/form.ts';
import { ENTRY_KINDS, SEVERITIES, STANCES, STATUSES } from '../model/entry.ts';
import { SOURCE_KINDS } from '../model/source.ts';
import type { Args, Values } from './form-fields.ts';
import {
  about,
  credibility,
  form,
  headline,
  hedge,
  line,
  link,
  note,
  one,
  published,
  publisher,
  quote,
  reason,
  says,
  title,
  when,
  where,
  who,
} from './form-fields.ts';

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

export const moreForm = (args: Args, values: Values): Form =>
  form('more', 'Details of the report', args, [
    publisher(values),
    hedge(values),
    quote(values),
    title(values),
    credibility(values),
  ]);

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
