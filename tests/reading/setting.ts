import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { situation } from '../../src/model/situation.ts';
import { party, source } from '../../src/model/source.ts';
import type { Context } from '../../src/reading/reading.ts';

const fromData = (path: string): unknown =>
  JSON.parse(readFileSync(fileURLToPath(new URL(`../../data/${path}`, import.meta.url)), 'utf8'));
const registry = z.object({ sources: z.array(source), parties: z.array(party) }).parse(fromData('sources.json'));

/** Friday 29 November 2024, 20:00 in Damascus, in the sample situation. */
export const CONTEXT: Context = {
  published: new Date('2024-11-29T18:00:00Z'),
  situation: z.object({ situation }).parse(fromData('situations/aleppo-2024.json')).situation,
  ...registry,
};
