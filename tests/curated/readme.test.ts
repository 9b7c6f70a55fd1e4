import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { curatedEntry, curatedLink } from '../../src/curated/schema.ts';
import { figure, QUALIFIERS } from '../../src/model/figure.ts';
import { source } from '../../src/model/source.ts';
import { at, edited, figureOf, load, sources, told } from './fixture.ts';

const readme = await readFile(new URL('../../data/README.md', import.meta.url), 'utf8');

const example = <S extends z.ZodType>(name: string, schema: S): z.infer<S> => {
  const text = new RegExp(`\`\`\`json ${name}\n(.*?)\`\`\``, 's').exec(readme)?.[1] ?? '';
  return schema.parse(JSON.parse(text));
};

it('the examples of data/README.md are valid', async () => {
  const [monitor, entry, link] = [
    example('source', source),
    example('entry', curatedEntry),
    example('link', curatedLink),
  ];
  const list = sources();
  list.sources.push(monitor);
  const file = edited(({ entries, links }) => {
    entries.push(entry, { ...at(entries, 0), id: 'E12', reports: [{ ...at(at(entries, 0).reports, 0), id: 'E12.1' }] });
    links.push(link);
  });
  expect(told((await load({ sources: list, situation: file })).problems)).toEqual([]);
});

it('the table of figures in data/README.md has a valid row for each qualifier', () => {
  const rows = [...readme.matchAll(/^\| .+? +\| `(\w+)` +\| (\w+) +\| (\w+) +\| +(?:`(.*)` +)?\|$/gm)];
  const read = rows.map(([, qualifier, low = '', high = '', also]) => {
    const rest: unknown = JSON.parse(`{ "low": ${low}, "high": ${high} ${also === undefined ? '' : `, ${also}`} }`);
    return figure.parse({ ...figureOf(), qualifier, ...z.record(z.string(), z.unknown()).parse(rest) }).qualifier;
  });
  expect(read).toEqual([...QUALIFIERS]);
});
