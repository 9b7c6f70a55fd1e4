import { num, obj, objs, str, strs, yes } from './raw.ts';
import { defaultValues, SELECT_TYPES } from './select-options.ts';
import type { Raw } from './wire.ts';

/** What a modal asks for, one entry per input. */
export type Field =
  | { readonly kind: 'note'; readonly text: string }
  | (Asked & { readonly kind: 'text'; readonly long: boolean; readonly placeholder: string; readonly value: string })
  | (Asked & { readonly kind: 'select' | 'radio' | 'checks'; readonly chosen: readonly string[] })
  | (Asked & { readonly kind: 'file'; readonly types: readonly string[] })
  | (Asked & { readonly kind: 'check'; readonly on: boolean })
  | (Asked & { readonly kind: 'unsupported' });

interface Asked {
  readonly customId: string;
  readonly label: string;
  readonly description: string;
  readonly required: boolean;
  /** Fewest and most characters of a text, or choices of a list. */
  readonly min: number;
  readonly max: number;
  readonly raw: Raw;
}

export type Answer = string | readonly string[];

const FILES = 19;
const RADIO = 21;
const CHECKS = 22;
const CHECK = 23;

function fieldOf(raw: Raw, label: string, description: string): Field {
  const type = num(raw, 'type') ?? 0;
  const asked = {
    customId: str(raw, 'custom_id') ?? '',
    label,
    description,
    // Inputs of a modal are required unless they say otherwise; a lone checkbox cannot be.
    required: raw['required'] !== false && type !== CHECK,
    raw,
  };
  if (type === 4) {
    return {
      ...asked,
      kind: 'text',
      long: num(raw, 'style') === 2,
      placeholder: str(raw, 'placeholder') ?? '',
      value: str(raw, 'value') ?? '',
      min: num(raw, 'min_length') ?? 0,
      max: num(raw, 'max_length') ?? 4000,
    };
  }
  const least = asked.required ? 1 : 0;
  const chosen = defaultValues(raw);
  if (SELECT_TYPES.includes(type)) {
    return { ...asked, kind: 'select', chosen, min: num(raw, 'min_values') ?? least, max: num(raw, 'max_values') ?? 1 };
  }
  if (type === FILES) {
    const [min, max] = [num(raw, 'min_values') ?? least, num(raw, 'max_values') ?? 1];
    return { ...asked, kind: 'file', types: strs(raw, 'file_types'), min, max };
  }
  if (type === RADIO) return { ...asked, kind: 'radio', chosen, min: least, max: 1 };
  if (type === CHECKS) {
    const all = objs(raw, 'options').length;
    return {
      ...asked,
      kind: 'checks',
      chosen,
      min: num(raw, 'min_values') ?? least,
      max: num(raw, 'max_values') ?? all,
    };
  }
  if (type === CHECK) return { ...asked, kind: 'check', on: yes(raw, 'default'), min: 0, max: 1 };
  return { ...asked, kind: 'unsupported', required: false, min: 0, max: 0 };
}

/** The inputs of a modal, top to bottom; labels with one input, texts, and rows as older bots send them. */
export function fieldsOf(modal: Raw): Field[] {
  return objs(modal, 'components').flatMap((raw): Field[] => {
    const type = num(raw, 'type');
    if (type === 10) return [{ kind: 'note', text: str(raw, 'content') ?? '' }];
    if (type === 18) {
      const input = obj(raw, 'component') ?? {};
      return [fieldOf(input, str(raw, 'label') ?? '', str(raw, 'description') ?? '')];
    }
    return objs(raw, 'components').map((input) => fieldOf(input, str(input, 'label') ?? '', ''));
  });
}

/** What is wrong with an answer, or undefined. */
export function problemOf(field: Field, answer: Answer | undefined): string | undefined {
  if (field.kind === 'note' || field.kind === 'unsupported' || field.kind === 'check') return undefined;
  const size = answer?.length ?? 0;
  if (field.kind === 'text') {
    const blank = typeof answer !== 'string' || answer.trim() === '';
    if (blank) return field.required ? 'This field is required.' : undefined;
    if (size < field.min) return `At least ${field.min} characters; ${size} so far.`;
    return size > field.max ? `At most ${field.max} characters; ${size} so far.` : undefined;
  }
  if (field.kind === 'radio') return field.required && size === 0 ? 'Choose one.' : undefined;
  if (size === 0 && !field.required) return undefined;
  if (size < field.min) return field.min === 1 ? 'Choose at least one.' : `Choose at least ${field.min}.`;
  return size > field.max ? `Choose at most ${field.max}.` : undefined;
}
