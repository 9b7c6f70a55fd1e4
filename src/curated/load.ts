import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Low } from 'lowdb';
import { DataFile } from 'lowdb/node';
import type { Party, Source } from '../model/source.ts';
import { type JsonDocument, JsonError, parseJson, valueAt } from './json-text.ts';
import { type Finding, fieldOf, type Problem } from './problem.ts';
import { type CuratedSituation, readSituation } from './read-situation.ts';
import { readSources } from './read-sources.ts';

/** What the curated files say, as far as it is valid, and what is wrong with the rest. */
export interface Curated {
  readonly registry: {
    readonly parties: readonly Party[];
    readonly sources: readonly Source[];
  };
  /** By slug. */
  readonly situations: readonly CuratedSituation[];
  readonly problems: readonly Problem[];
}

const SOURCES = 'sources.json';
/** What a slip of the pen in a file does: less than one fears. */
const unread = (file: string): string =>
  file === SOURCES
    ? '; until this is mended, every situation stays as the ledger has it'
    : '; until this is mended, the situation stays as the ledger has it (one that the ledger does not have is not served)';

/**
 * Reads `sources.json` and `situations/*.json` below `dir`. Never throws for what is in the files: a bad entry is left
 * out and the others are served, a bad file is left out as a whole, and every problem is named.
 */
export async function loadCurated(dir: string): Promise<Curated> {
  const problems: Problem[] = [];
  const read = async <T>(
    file: string,
    understand: (document: JsonDocument) => Understood<T>,
  ): Promise<T | undefined> => {
    const document = await readDocument(join(dir, file));
    if ('message' in document) {
      const message = document.message + (document.line === undefined ? '' : unread(file));
      problems.push({ file, field: '', severity: 'error', ...document, message });
      return undefined;
    }
    const { value, findings } = understand(document);
    problems.push(...findings.map((finding) => problemOf(file, document, finding)));
    return value;
  };

  const sources = await read(SOURCES, ({ value }) => readSources(value));
  const situations: CuratedSituation[] = [];
  for (const file of await situationFiles(dir, problems)) {
    const situation = await read(file, ({ value }) => readSituation(value, file, sources?.names));
    if (situation) situations.push(situation);
  }
  return {
    registry: { parties: sources?.parties ?? [], sources: sources?.sources ?? [] },
    // Nobody's stake is known without the sources: the situations stay as the ledger has them.
    situations: sources ? situations : [],
    problems,
  };
}

interface Understood<T> {
  readonly value: T | undefined;
  readonly findings: readonly Finding[];
}

async function situationFiles(dir: string, problems: Problem[]): Promise<string[]> {
  try {
    const names = await readdir(join(dir, 'situations'));
    return names
      .filter((name) => name.endsWith('.json') && !name.startsWith('.'))
      .toSorted()
      .map((name) => `situations/${name}`);
  } catch (cause) {
    const message = `cannot be listed (${reasonOf(cause)}); it holds one file per situation`;
    problems.push({ file: 'situations', field: '', message, severity: 'error' });
    return [];
  }
}

const NEVER_WRITTEN = (): never => {
  throw new Error('curated files are edited by hand and only read here');
};

/** Reads one file through lowdb, without default data: a missing file is an error, never an empty situation. */
async function readDocument(path: string): Promise<JsonDocument | { message: string; line?: number }> {
  const adapter = new DataFile<JsonDocument | null>(path, { parse: parseJson, stringify: NEVER_WRITTEN });
  const file = new Low<JsonDocument | null>(adapter, null);
  try {
    await file.read();
  } catch (cause) {
    if (cause instanceof JsonError)
      return { message: `is no JSON: line ${cause.line}, column ${cause.column}: ${cause.message}`, line: cause.line };
    return { message: `cannot be read (${reasonOf(cause)})` };
  }
  return file.data ?? { message: `there is no such file in the data directory; is DATA_DIR right?` };
}

const reasonOf = (cause: unknown): string =>
  cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);

const LISTS: ReadonlySet<string> = new Set(['entries', 'sources', 'parties']);

/** Turns a path of the file into what a person looks for: the id of the entry, the field in it, the line. */
function problemOf(file: string, document: JsonDocument, { path, message, severity }: Finding): Problem {
  const line = document.lineOf(path);
  const [list, index, ...within] = path;
  if (typeof list !== 'string' || !LISTS.has(list) || typeof index !== 'number')
    return { file, field: fieldOf(path), message, severity, line };
  return { file, entry: idAt(document.value, list, index), field: fieldOf(within), message, severity, line };
}

function idAt(value: unknown, list: string, index: number): string {
  const id = valueAt(value, [list, index, 'id']);
  return typeof id === 'string' && id !== '' ? id : `${list}[${index}]`;
}
