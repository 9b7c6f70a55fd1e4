import type { Path } from './json-text.ts';

export type Severity = 'error' | 'warning';

/** Something wrong in the curated files. The message says what, and what would be right. */
export interface Problem {
  /** Below the data directory: `situations/aleppo-2024.json`. */
  readonly file: string;
  /** Id of the entry, source or party. */
  readonly entry?: string;
  /** Within the entry, or else within the file: `reports[0].published`. Empty: the whole of it. */
  readonly field: string;
  readonly message: string;
  /** An error leaves something out; a warning is worth a look. */
  readonly severity: Severity;
  readonly line?: number;
}

/** What a check finds, before it is known where in the text that is. */
export interface Finding {
  /** From the root of the file. */
  readonly path: Path;
  readonly message: string;
  readonly severity: Severity;
}

export const error = (path: Path, message: string): Finding => ({ path, message, severity: 'error' });
export const warning = (path: Path, message: string): Finding => ({ path, message, severity: 'warning' });

/** `['reports', 0, 'published']` → `reports[0].published` */
export const fieldOf = (path: Path): string =>
  path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');

/** One line: `situations/aleppo-2024.json:12: E17 reports[0].published: is missing` */
export function problemLine({ file, line, entry, field, message, severity }: Problem): string {
  const where = [entry, field].filter((part) => part !== undefined && part !== '').join(' ');
  const place = line === undefined ? file : `${file}:${line}`;
  return `${place}: ${where === '' ? '' : `${where}: `}${severity === 'warning' ? 'warning: ' : ''}${message}`;
}
