import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MapPlace, SituationMap } from '../../src/graphics/map-data.ts';
import { situationMap } from '../../src/graphics/situation-map.ts';
import { printed, read } from './markup.ts';

const place = (name: string, lat: number, lon: number, more: Partial<MapPlace> = {}): MapPlace => ({
  name,
  lat,
  lon,
  precision: 'exact',
  severity: 'major',
  entries: 1,
  ...more,
});
const map = (...places: readonly MapPlace[]): SituationMap => ({
  title: 'Where',
  subtitle: 'As known on 3 December 2024',
  places,
  unplaced: 0,
});

const dots = (svg: string) => read(svg).filter(({ name }) => name === 'circle');
const circles = (svg: string) => read(svg).filter(({ attributes }) => attributes['stroke-dasharray'] === '7 5');
const span = (d: string): number => {
  const xs = [...d.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)].map((m) => Number(m[1]));
  return Math.max(...xs) - Math.min(...xs);
};
/** Picture units for a kilometre, read off the scale bar. */
const perKm = (svg: string): number => {
  const km = Number(/^(\d+) km$/.exec(printed(svg).find((line) => line.endsWith(' km')) ?? '')?.[1]);
  const bar = read(svg)
    .map(({ attributes }) => /^M24 [\d.]+v9h([\d.]+)v-9$/.exec(attributes['d'] ?? '')?.[1])
    .find(Boolean);
  return Number(bar) / km;
};

describe('how finely a place is drawn', () => {
  it('is a dot only where the place is known exactly', async () => {
    const { svg } = await situationMap(
      map(place('Aleppo', 36.2, 37.13), place('Base', 36.1, 36.8, { precision: 'near' })),
    );
    expect(dots(svg)).toHaveLength(1);
    expect(circles(svg)).toHaveLength(1);
  });

  it.each([
    ['near', 25],
    ['adm2', 40],
    ['adm1', 90],
    ['region', 150],
    ['sea_air', 100],
  ] as const)('is a circle for "%s", %i km in radius by the scale of the map', async (precision, km) => {
    const { svg } = await situationMap(map(place('Somewhere', 36.2, 37.13, { precision })));
    expect(dots(svg)).toHaveLength(0);
    const width = span(circles(svg)[0]?.attributes['d'] ?? '');
    expect(width / 2 / perKm(svg)).toBeGreaterThan(km * 0.97);
    expect(width / 2 / perKm(svg)).toBeLessThan(km * 1.06);
  });

  it('shows one exact place with its surroundings', async () => {
    const { svg } = await situationMap(map(place('Aleppo', 36.2, 37.13)));
    expect(1000 / perKm(svg)).toBeGreaterThan(60);
    expect(printed(svg)).toContain('SYRIA');
  });
});

describe('places', () => {
  it('are named once each, with the number of their entries, and do not lie on one another', async () => {
    const all = Array.from({ length: 20 }, (_, i) =>
      place(`Place ${i}`, 35 + (i % 4) * 0.3, 36.5 + i * 0.1, { entries: i + 1 }),
    );
    const { svg, alt } = await situationMap(map(...all));
    const names = printed(svg).filter((line) => line.startsWith('Place '));
    const unnamed = Number(/(\d+) places? (?:are|is) not named/.exec(printed(svg).join(' '))?.[1] ?? 0);
    expect(names.length + unnamed).toBe(20);
    expect(names.length).toBeGreaterThan(12);
    expect(names).toContain('Place 0');
    expect(alt).toContain('Place 19 (20 entries, major)');
  });

  it('grow with their severity', async () => {
    const { svg } = await situationMap(
      map(place('A', 36, 37, { severity: 'flash' }), place('B', 35, 38, { severity: 'background' })),
    );
    const radii = dots(svg).map(({ attributes }) => Number(attributes['r']));
    expect(Math.max(...radii)).toBeGreaterThan(Math.min(...radii) * 1.5);
  });

  it('on both sides of the date line lie side by side', async () => {
    const { svg } = await situationMap(map(place('Suva', -18.1, 178.4), place('Apia', -13.8, -171.8)));
    const [a, b] = dots(svg).map(({ attributes }) => Number(attributes['cx']));
    expect(Math.abs((a ?? 0) - (b ?? 0))).toBeGreaterThan(200);
    expect(printed(svg)).toContain('Suva');
  });

  it('without a point are counted, not drawn', async () => {
    const { svg, alt } = await situationMap({ ...map(place('Aleppo', 36.2, 37.13)), unplaced: 3 });
    expect(printed(svg).join(' ')).toContain('3 entries have no point on the map.');
    expect(alt).toContain('3 entries have no point on the map.');
    const none = await situationMap({ ...map(), unplaced: 1 });
    expect(printed(none.svg)).toContain('No place is known with a point');
    expect(none.alt).toContain('1 entry has no point on the map.');
  });
});

it('says where the outlines come from', async () => {
  const { svg } = await situationMap(map(place('Aleppo', 36.2, 37.13)));
  expect(printed(svg).join(' ')).toContain('Natural Earth, public domain');
});

it('takes any text and any point of the earth without breaking its markup', async () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('</text>', '"><a', '\u202e', '\ud800'));
  const places = fc.array(
    fc.record({
      name: text,
      lat: fc.double({ min: -90, max: 90, noNaN: true }),
      lon: fc.double({ min: -180, max: 180, noNaN: true }),
      precision: fc.constantFrom('exact' as const, 'near' as const, 'adm1' as const, 'sea_air' as const),
      severity: fc.constantFrom('flash' as const, 'routine' as const),
      entries: fc.integer({ min: 1, max: 99 }),
    }),
    { maxLength: 4 },
  );
  await fc.assert(
    fc.asyncProperty(text, places, async (title, where) => {
      const { svg, alt } = await situationMap({ title, subtitle: title, places: where, unplaced: 2, note: title });
      for (const { name } of read(svg))
        expect(['svg', 'defs', 'clipPath', 'g', 'rect', 'path', 'circle', 'text']).toContain(name);
      expect(svg).not.toMatch(/NaN|Infinity/);
      expect(alt.length).toBeLessThanOrEqual(1024);
    }),
    { numRuns: 25 },
  );
}, 30_000);
