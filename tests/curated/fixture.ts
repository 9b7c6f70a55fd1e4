import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { z } from 'zod';
import { type Curated, loadCurated } from '../../src/curated/load.ts';
import type { Problem } from '../../src/curated/problem.ts';
import type { curatedEntry, curatedReport, situationFile, sourcesFile } from '../../src/curated/schema.ts';
import type { figure } from '../../src/model/figure.ts';

type Entry = z.input<typeof curatedEntry>;
type Report = z.input<typeof curatedReport>;
export type FigureText = z.input<typeof figure>;
export type EntryText = Entry;
export type SituationText = z.input<typeof situationFile> & {
  links: NonNullable<z.input<typeof situationFile>['links']>;
};
export type SourcesText = z.input<typeof sourcesFile>;

export const sources = (): SourcesText => ({
  parties: [
    { id: 'north', name: 'Government of the North' },
    { id: 'south', name: 'Southern Front' },
  ],
  sources: [
    { id: 'monitor', name: 'River Monitor', kind: 'monitor', party: null, reliability: 'B' },
    { id: 'north-agency', name: 'Northern Agency', kind: 'state_media', party: 'north', reliability: 'D' },
    { id: 'wire', name: 'The Wire', kind: 'news_agency', party: null, reliability: 'A' },
  ],
});

export const report = (id: string, change: Partial<Report> = {}): Report => ({
  id,
  originator: 'monitor',
  published: '2024-11-27T09:00:00Z',
  language: 'en',
  stance: 'reports',
  credibility: 2,
  recorded: '2024-11-27T10:00:00Z',
  ...change,
});

export const figureOf = (change: Partial<FigureText> = {}): FigureText => ({
  measure: 'killed',
  qualifier: 'exact',
  low: 10,
  high: 10,
  scope: { from: '2024-11-27', to: '2024-11-27' },
  mode: 'incident',
  asOf: '2024-11-27',
  ...change,
});

export const entry = (id: string, change: Partial<Entry> = {}): Entry => ({
  id,
  kind: 'event',
  headline: `What happened at ${id}`,
  occurred: { from: '2024-11-27', precision: 'day' },
  severity: 'routine',
  reports: [report(`${id}.1`)],
  ...change,
});

export const situation = (): SituationText => ({
  situation: {
    slug: 'river-2024',
    title: 'River offensive',
    zone: 'Asia/Damascus',
    start: '2024-11-27',
    status: 'active',
    sides: [{ id: 'northern', name: 'North', fighters: 'northern soldiers' }],
    parties: [{ party: 'north', side: 'northern' }],
    places: [
      { id: 'county', name: 'River County', precision: 'adm1' },
      { id: 'ford', name: 'The Ford', precision: 'exact', lat: 36.2, lon: 37.1, within: 'county' },
    ],
  },
  entries: [entry('E1', { place: 'ford' }), entry('E2'), entry('E3')],
  links: [],
});

/** The nth item of a fixture's list; fails where the fixture has none. */
export function at<T>(list: readonly T[] | undefined, index: number): T {
  const item = list?.[index];
  if (item === undefined) throw new Error(`the fixture has no item ${index}`);
  return item;
}

export interface Files {
  readonly sources?: unknown;
  readonly situation?: unknown;
  /** Text of further files, or in place of the ones above. */
  readonly raw?: Readonly<Record<string, string>>;
}

/** Loads these files from a directory of their own. */
export const load = (files: Files = {}): Promise<Curated> => inDirectory(files, loadCurated);

/** Works on a directory that holds these files and is gone afterwards. */
export async function inDirectory<T>(files: Files, work: (dir: string) => Promise<T>): Promise<T> {
  const dir = await mkdtemp(join(tmpdir(), 'sitrep-curated-'));
  try {
    await mkdir(join(dir, 'situations'));
    const texts = {
      'sources.json': JSON.stringify(files.sources ?? sources(), null, 2),
      'situations/river-2024.json': JSON.stringify(files.situation ?? situation(), null, 2),
      ...files.raw,
    };
    for (const [name, text] of Object.entries(texts)) await writeFile(join(dir, name), text);
    return await work(dir);
  } finally {
    await rm(dir, { recursive: true });
  }
}

/** A good situation file, changed by hand. */
export function edited(change: (file: SituationText) => void): SituationText {
  const file = situation();
  change(file);
  return file;
}

export const ids = ({ situations }: Curated): string[] =>
  situations.flatMap(({ entries }) => entries.map(({ id }) => id));

/** `severity entry field: message`, without file and line. */
export const told = (problems: readonly Problem[]): string[] =>
  problems.map(({ severity, entry: id, field, message }) => `${severity} ${id ?? '-'} ${field}: ${message}`);
