import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { renderPng } from '../../src/graphics/png.ts';
import { situationMap } from '../../src/graphics/situation-map.ts';
import { PAPER, picture, words } from '../../src/graphics/svg.ts';
import { tollChart } from '../../src/graphics/toll-chart.ts';
import { chart, incident, sohr } from './samples.ts';

const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const line = (text: string): string => picture(100, [words(text, { x: 20, y: 60, size: 30 })]);

describe('the picture as PNG', () => {
  it('is as wide as asked for and small enough for any upload', async () => {
    const bytes = await renderPng(tollChart(chart(sohr)).svg, { width: 800 });
    expect(Buffer.from(bytes.subarray(1, 4)).toString()).toBe('PNG');
    expect(Buffer.from(bytes).readUInt32BE(16)).toBe(800);
    expect(bytes.length).toBeLessThan(1_000_000);
  });

  it('has the same bytes for the same data, also when drawn side by side', async () => {
    const data = { ...chart(sohr), incidents: [incident('2024-11-28', 4, 9)] };
    const all = await Promise.all([0, 1, 2].map(() => renderPng(tollChart(data).svg)));
    expect(new Set(all.map(hash)).size).toBe(1);
    const place = { name: 'حلب', lat: 36.2, lon: 37.13, precision: 'near', severity: 'flash', entries: 2 } as const;
    const where = { title: 'Where', subtitle: '', places: [place], unplaced: 0 };
    const [a, b] = await Promise.all([situationMap(where), situationMap(where)]);
    expect(a.svg).toBe(b.svg);
    expect(hash(await renderPng(a.svg))).toBe(hash(await renderPng(b.svg)));
  });

  it.each(['Observatory', 'Минобороны', 'المرصد السوري', 'Şanlıurfa', 'Ɓarawo ɗan ƙasa'])(
    'prints %s with glyphs of its own',
    async (text) => {
      const [written, boxes] = await Promise.all([renderPng(line(text)), renderPng(line('…'))]);
      expect(hash(written)).not.toBe(hash(boxes));
      expect(hash(written)).not.toBe(hash(await renderPng(line(''))));
    },
  );

  it('joins Arabic letters: a word is not the row of its letters', async () => {
    const joined = await renderPng(line('حلب'));
    const apart = await renderPng(line('ح\u200cل\u200cب'));
    expect(hash(joined)).not.toBe(hash(apart));
  });

  it('sets a line from right to left as one: its latin part stands to the left of what comes before it', async () => {
    const rtl = await renderPng(line('حلب (SOHR)'));
    const ltr = await renderPng(picture(100, [words(['حلب', '(SOHR)'], { x: 20, y: 60, size: 30 })]));
    expect(hash(rtl)).not.toBe(hash(ltr));
  });

  it('stands on a card of its own, opaque to the corner', () => {
    expect(line('x')).toContain(`<rect width="1000" height="100" fill="${PAPER}"/>`);
  });
});
