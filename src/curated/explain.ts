import { z } from 'zod';
import { didYouMean } from '../nearest.ts';
import { type Path, valueAt } from './json-text.ts';
import { error, type Finding } from './problem.ts';

type Issue = z.core.$ZodIssue;

/** Reads a value with a schema, or finds what is wrong with it. `at` is where the value stands in its file. */
export function readWith<S extends z.ZodType>(
  schema: S,
  value: unknown,
  at: Path,
):
  | { readonly value: z.infer<S>; readonly findings: readonly [] }
  | { readonly value?: never; readonly findings: readonly Finding[] } {
  const result = schema.safeParse(value);
  if (result.success) return { value: result.data, findings: [] };
  return { findings: result.error.issues.flatMap((issue) => explain(schema, value, issue, at)) };
}

function explain(schema: z.ZodType, root: unknown, issue: Issue, at: Path): Finding[] {
  const path = [...at, ...issue.path];
  if (issue.code !== 'unrecognized_keys') return [error(path, wording(issue, valueAt(root, issue.path)))];
  const known = fieldsAt(schema, issue.path);
  return issue.keys.map((key) =>
    error([...path, key], `there is no such field${didYouMean(key, known) || listed(known)}`),
  );
}

function wording(issue: Issue, value: unknown): string {
  if (value === undefined && issue.code === 'invalid_type') return 'is missing';
  if (value === undefined && issue.code === 'invalid_value')
    return `is missing; write ${oneOf(issue.values.map(String))}`;
  if (issue.code === 'invalid_type')
    return `must be ${NAMES[issue.expected] ?? issue.expected}, but is ${nameOf(value)}`;
  if (issue.code === 'invalid_value') {
    const words = issue.values.map(String);
    return `must be ${oneOf(words)}, but is ${nameOf(value)}${typeof value === 'string' ? didYouMean(value, words) : ''}`;
  }
  if (issue.code === 'too_big' || issue.code === 'too_small') return size(issue, value) ?? issue.message;
  return issue.message;
}

function size(issue: Issue & { code: 'too_big' | 'too_small' }, value: unknown): string | undefined {
  if (issue.code === 'too_small' && value === '') return 'is empty; write it or take the field out';
  if (typeof value === 'string' && issue.code === 'too_big')
    return `is ${value.length} characters long; at most ${String(issue.maximum)} fit`;
  if (typeof value === 'number' && issue.message.startsWith('Too '))
    return issue.code === 'too_big'
      ? `is ${value}; at most ${String(issue.maximum)}`
      : `is ${value}; at least ${String(issue.minimum)}`;
  return undefined;
}

const NAMES: Record<string, string> = {
  string: 'a text in quotes',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list [ … ]',
  object: 'an object { … }',
  null: 'null',
};

function nameOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

const oneOf = (words: readonly string[]): string =>
  words.length === 1 ? `"${words[0]}"` : `one of ${words.map((word) => `"${word}"`).join(', ')}`;

const listed = (known: readonly string[]): string => (known.length > 0 ? `; there are ${known.join(', ')}` : '');

/** Which fields an object may have at a path. The JSON Schema of a zod schema is easier to walk than the schema. */
function fieldsAt(schema: z.ZodType, path: Path): string[] {
  const shape = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  const steps = path.flatMap((key) => (typeof key === 'number' ? ['items'] : ['properties', key]));
  return Object.keys(valueAt(shape, [...steps, 'properties']) ?? {});
}
