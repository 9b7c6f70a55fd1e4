/** One thing to choose in a form. `label`, `value` and `description` at most 100 characters. */
export interface FormChoice {
  readonly label: string;
  readonly value: string;
  readonly description?: string;
  readonly chosen?: boolean;
}

/** What a person fills in: text, one or more of a list, or things of the server that Discord lets one pick. */
export type Field = {
  /** Key of what was filled in. */
  readonly name: string;
  /** At most 45 characters. */
  readonly label: string;
  /** At most 100 characters. */
  readonly description?: string;
  readonly required?: boolean;
} & (
  | {
      readonly kind: 'text';
      readonly long?: boolean;
      readonly value?: string;
      readonly placeholder?: string;
      readonly min?: number;
      readonly max?: number;
    }
  /** At most 25 options; `all` shows them at once (at most 10). */
  | { readonly kind: 'one'; readonly options: readonly FormChoice[]; readonly all?: boolean }
  | { readonly kind: 'some'; readonly options: readonly FormChoice[]; readonly all?: boolean }
  | { readonly kind: 'roles'; readonly chosen?: readonly string[]; readonly max?: number }
  | {
      readonly kind: 'channel';
      readonly chosen?: string;
      /** Discord's numbers of channel types; absent: any. */
      readonly types?: readonly number[];
    }
);

/** What a person is asked for at once: a modal on Discord. Nothing of it is saved until it was sent. */
export interface Form {
  /** Who reads it: the leaf's path and the form's name, "entry add event". */
  readonly form: string;
  /** What its reader gets besides what was filled in. */
  readonly args: Readonly<Record<string, string>>;
  /** At most 45 characters. */
  readonly title: string;
  /** Our own words above the fields. Notes and fields together are at most five. */
  readonly notes?: readonly string[];
  readonly fields: readonly Field[];
}

/** What was filled in, by field: no value where it was left empty, several where several could be chosen. */
export type Filled = Readonly<Record<string, readonly string[]>>;

export const isForm = (reply: object): reply is Form => 'fields' in reply;
