import type { Field, Form, FormChoice } from '../asking/form.ts';
import { PARTY_ROLES, REASONS, type Reason } from '../model/entry.ts';

export type Args = Readonly<Record<string, string>>;
/** What a form shows to be corrected, by field. */
export type Values = Readonly<Record<string, string | undefined>>;

const DRAFTS = 'review show';

const words = (id: string): string => {
  const text = id.replaceAll('_', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
};
export const choices = (ids: readonly string[], chosen?: string): readonly FormChoice[] =>
  ids.map((id) => ({ label: words(id), value: id, ...(id === chosen && { chosen: true }) }));

export const line = (
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
export const one = (
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

export const form = (
  name: string,
  title: string,
  args: Args,
  fields: readonly Field[],
  notes?: readonly string[],
): Form => ({
  form: `${DRAFTS} ${name}`,
  args,
  title,
  fields,
  ...(notes && { notes }),
});

const WHEN = 'In the time of the situation: 2024-11-28 18:00, "yesterday 18:00", friday, 27 nov to 29 nov';
const HEADLINE = 'One neutral sentence of ours, at most 200 characters';
export const headline = (values: Values): Field =>
  line('headline', 'Headline', values, { required: true, max: 400, long: true, description: HEADLINE });
export const when = (values: Values): Field =>
  line('when', 'When did it happen?', values, { required: true, max: 60, description: WHEN });
export const where = (values: Values): Field =>
  line('where', 'Where?', values, { max: 100, description: 'A place of the situation; empty where it is not known' });
export const who = (values: Values): Field =>
  line('who', 'Who says so?', values, {
    required: true,
    max: 140,
    description: 'A source by its name. To add one: “new: ” and its name',
  });
export const link = (values: Values): Field =>
  line('link', 'Link', values, { max: 4000, description: 'Where it can be read; empty where it cannot' });
export const published = (values: Values): Field =>
  line('published', 'When was it published?', values, { required: true, max: 60, description: WHEN });
export const says = (values: Values): Field =>
  line('says', 'What this report says', values, {
    max: 600,
    long: true,
    description: 'Where it differs from the headline: one neutral sentence of ours',
  });
export const reason = (values: Values): Field => ({
  kind: 'one',
  name: 'reason',
  label: 'Why?',
  required: true,
  description: 'Readers are told, and the record keeps it',
  options: REASONS.map((id) => ({ label: WHY[id], value: id, ...(id === values['reason'] && { chosen: true }) })),
});
export const note = (values: Values): Field => line('note', 'In your own words', values, { max: 600, long: true });

const WHY: Readonly<Record<Reason, string>> = {
  new_information: 'New information',
  source_corrected: 'The source corrected itself',
  our_error: 'Our error',
  duplicate: 'It is a duplicate',
  relay_error: 'Somebody who carried it made an error',
  scope: 'It has another scope',
  privacy: 'Privacy: the words are withheld everywhere',
};

const CREDIBILITY = ['', 'confirmed', 'probably true', 'possibly true', 'doubtful', 'improbable', 'cannot be judged'];
export const publisher = (values: Values): Field =>
  line('publisher', 'Who carried it?', values, {
    max: 140,
    description: 'A source by its name, where that is somebody else than who says so',
  });
export const hedge = (values: Values): Field =>
  line('hedge', 'Its own hedge', values, { max: 200, description: '“unverified”, “thought to be …”' });
export const quote = (values: Values): Field =>
  line('quote', 'Quote', values, { max: 400, long: true, description: 'At most 25 words' });
export const title = (values: Values): Field => line('title', 'Its title', values, { max: 400 });
export const credibility = (values: Values): Field => ({
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
export const about = (values: Values): readonly Field[] => [
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
