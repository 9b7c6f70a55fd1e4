import { readFile } from 'node:fs/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { jsonSchemas } from '../../src/curated/json-schema.ts';
import { at, edited, situation, sources } from './fixture.ts';

const SCHEMAS = new URL('../../data/schema/', import.meta.url);

it.each([...jsonSchemas()])(
  'data/schema/%s is what the schemas in the code say (npm run schema)',
  async (name, text) => {
    expect(await readFile(new URL(name, SCHEMAS), 'utf8')).toBe(text);
  },
);

it('the JSON Schemas accept good files and refuse a misspelt field', () => {
  const ajv = new Ajv2020({ validateFormats: false });
  const validator = (name: string) => ajv.compile(JSON.parse(jsonSchemas().get(name) ?? ''));
  const [list, file] = [validator('sources.schema.json'), validator('situation.schema.json')];
  expect(list({ $schema: './schema/sources.schema.json', ...sources() })).toBe(true);
  expect(file(situation())).toBe(true);
  expect(file(edited(({ entries }) => Object.assign(at(entries, 0), { headlne: 'x' })))).toBe(false);
});
