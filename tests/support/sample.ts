import { fileURLToPath } from 'node:url';
import { commands } from '../../commands/index.ts';
import type { Archive } from '../../src/archive.ts';
import { openArchive } from '../../src/archive.ts';
import { readArgs } from '../../src/asking/args.ts';
import type { Asker } from '../../src/asking/command.ts';
import { isForm } from '../../src/asking/form.ts';
import type { Reading } from '../../src/asking/reading.ts';
import type { Document } from '../../src/briefing/document.ts';
import type { Known } from '../../src/briefing/tell.ts';
import type { Curated } from '../../src/curated/load.ts';
import { loadCurated } from '../../src/curated/load.ts';
import { syncCurated } from '../../src/curated/sync.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { memoryLedger } from '../../src/ledger/memory-ledger.ts';

export const SAMPLE = 'aleppo-2024';
export const DATA = fileURLToPath(new URL('../../data', import.meta.url));
/** The clock of all tests that ask the sample. */
export const NOW = '2026-06-01T09:00:00.000Z';
export const READER: Asker = { user: 'reader', guild: 'elsewhere', channel: 'here' };

export interface Opened {
  readonly ledger: Ledger;
  readonly archive: Archive;
}

let files: Promise<Curated> | undefined;
const curated = (): Promise<Curated> => (files ??= loadCurated(DATA));

/** The curated files in a ledger of their own, as it would be had they been read at `now`. */
export async function openSample(now: string = NOW): Promise<Opened> {
  const ledger = memoryLedger();
  await syncCurated({ ledger, curated: await curated(), now });
  return { ledger, archive: await openArchive(ledger) };
}

let shared: Promise<Opened> | undefined;
/** The whole sample, loaded once for a run of the tests; it is only read. */
export const sample = (): Promise<Opened> => (shared ??= openSample());

export const readingOf = (archive: Archive, change: Partial<Reading> = {}): Reading => ({
  archive,
  now: () => new Date(NOW),
  deskGuilds: new Set(['desk']),
  ...change,
});

/** What is known of the sample at a moment (inclusive); the whole of it without one. */
export async function sampleAt(at?: string, opened?: Opened): Promise<Known> {
  const { archive } = opened ?? (await sample());
  const picture = await archive.picture(SAMPLE, at === undefined ? undefined : { at });
  if (!picture) throw new Error(`nothing of the sample is known at ${at}`);
  return { picture, registry: archive.registry() };
}

/** Every half day of the sample, 12:00 and 24:00 in Damascus, as it was reported. */
export const HALF_DAYS: readonly string[] = Array.from({ length: 24 }, (_, i) =>
  new Date(Date.parse('2024-11-26T21:00:00.000Z') + (i + 1) * 43_200_000 - 1).toISOString(),
);

/** Options of a typed line: `as-of:2024-11-29` and `entry:E12`; a value may hold spaces up to the next `name:`. */
function optionsIn(typed: string, names: readonly string[]): Record<string, string> {
  const starts = [...typed.matchAll(/(?:^|\s)([a-z][a-z-]*):\s?/g)].filter((m) => names.includes(m[1] ?? ''));
  return Object.fromEntries(
    starts.map((start, i) => [
      start[1] ?? '',
      typed.slice(start.index + start[0].length, starts[i + 1]?.index ?? typed.length).trim(),
    ]),
  );
}

/** Runs a command by the line that a person would type: `brief situation:aleppo-2024 as-of:2024-11-29`. */
export async function ask(
  line: string,
  { reading, asker = READER }: { readonly reading?: Reading; readonly asker?: Asker } = {},
): Promise<Document> {
  const leaf = commands.flatMap((c) => c.leaves).find(({ path }) => line === path || line.startsWith(`${path} `));
  if (!leaf) throw new Error(`no command begins "${line}"`);
  const typed = optionsIn(
    line.slice(leaf.path.length),
    leaf.options.map((o) => o.name),
  );
  const document = await leaf.run(readArgs(leaf.options, typed), reading ?? readingOf((await sample()).archive), asker);
  if (isForm(document)) throw new Error(`“${line}” opens a form`);
  return document;
}

/** The choices that are offered while somebody types an option of a command. */
export async function choicesFor(
  path: string,
  option: string,
  typed: string,
  so: Readonly<Record<string, unknown>>,
  { reading, asker = READER }: { readonly reading?: Reading; readonly asker?: Asker } = {},
) {
  const complete = commands.flatMap((c) => c.leaves).find((l) => l.path === path)?.complete[option];
  if (!complete) throw new Error(`${path} has no choices for ${option}`);
  return complete(typed, so, reading ?? readingOf((await sample()).archive), asker);
}
