import { describe, expect, it } from 'vitest';
import { answer } from '../../src/discord/answer.ts';
import { everyComponent } from '../../src/playground/standin/validate/components.ts';
import { document, line, own } from './documents.ts';
import { memory } from './memory.ts';

const sections = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ id: `s${at}`, heading: `Day ${at}`, lines: [line([own('x')])] }));
const numbered = (count: number) => Array.from({ length: count }, (_, at) => String(at));

describe('buttons under a document', () => {
  it.each([
    [0, 0],
    [2, 3],
    [3, 3],
    [6, 6],
  ])(
    'stand in rows of five, what is done before what is asked, within 40 components: %i and %i',
    async (does, asks) => {
      const shown = document(sections(60), {
        acts: numbered(does).map((at) => ({
          label: `Do ${at}`,
          act: 'note add do',
          args: { at },
          style: 'danger' as const,
        })),
        follows: numbered(asks).map((at) => ({ label: `Ask ${at}`, command: 'note', args: { at } })),
        drawing: { name: 'map', svg: '<svg/>', alt: 'A map' },
      });
      const request = { path: 'note', args: {} };
      for (const page of [0, 1]) {
        const { body } = await answer(
          shown,
          { request, page, plain: false },
          { memory: memory(), draw: async () => new Uint8Array(3) },
        );
        const parts = everyComponent(body.components);
        expect(parts.length).toBeLessThanOrEqual(40);
        const ids = parts.flatMap((part) => (part['custom_id'] === undefined ? [] : [part['custom_id']]));
        expect(new Set(ids).size).toBe(ids.length);
        const [, , ...rows] = body.components as { components?: { label?: string }[] }[];
        const labels = rows.map(({ components = [] }) => components.map(({ label }) => label));
        const all = [...numbered(does).map((at) => `Do ${at}`), ...numbered(asks).map((at) => `Ask ${at}`)].slice(
          0,
          10,
        );
        expect(labels).toEqual([all.slice(0, 5), all.slice(5)].filter((row) => row.length > 0));
      }
    },
  );
});
