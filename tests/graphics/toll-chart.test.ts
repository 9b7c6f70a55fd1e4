import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tollChart } from '../../src/graphics/toll-chart.ts';
import type { TollChart, TollSeries } from '../../src/graphics/toll-data.ts';
import { paths, printed, read } from './markup.ts';
import { atLeast, chart, incident, sohr, value } from './samples.ts';

const many = (count: number): readonly TollSeries[] =>
  Array.from({ length: count }, (_, i) => ({
    originator: `o${i}`,
    label: `Originator number ${i} of a long list`,
    values: [atLeast('2024-11-28', 10 + i), atLeast('2024-11-29', 12 + i * 3)],
  }));

describe('what is printed', () => {
  it('names each originator once, with its last value in the words it was given and its day', () => {
    const lines = printed(tollChart(chart(sohr)).svg);
    expect(lines.filter((line) => line === 'Observatory')).toHaveLength(1);
    expect(lines).toContain('at least 417');
    expect(lines).toContain('since 27 Nov, as of 2 Dec');
  });

  it('says the year where the days are of more than one', () => {
    const series = {
      ...sohr,
      values: [value('2023-12-30', '5', { from: '2023-12-01' }), value('2024-01-04', '7', { from: '2023-12-01' })],
    };
    expect(printed(tollChart(chart(series)).svg).join(' ')).toContain('since 1 Dec 2023, as of 4 Jan 2024');
  });

  it('marks a downward revision with the word', () => {
    const fall = { ...sohr, values: [value('2024-11-28', '300'), value('2024-11-30', '180', { revisedDown: true })] };
    expect(printed(tollChart(chart(fall)).svg)).toContain('revised');
    expect(printed(tollChart(chart(sohr)).svg)).not.toContain('revised');
  });

  it('explains the signs it uses and no others', () => {
    const about = { ...sohr, values: [value('2024-11-28', 'about 300', { qualifier: 'about' })] };
    const text = printed(tollChart(chart(about)).svg).join(' ');
    expect(text).toContain('Hollow mark: about.');
    expect(text).not.toContain('Arrow');
    expect(text).not.toContain('Band');
  });

  it('prints a number that is only a word at no height of its own', () => {
    const dozens: TollSeries = {
      originator: 'x',
      label: 'Agency',
      values: [{ asOf: '2024-11-28', low: null, high: null, qualifier: 'about', printed: 'dozens' }],
    };
    const { svg, alt } = tollChart(chart(dozens));
    expect(printed(svg)).toContain('dozens');
    expect(alt).toContain('Agency: dozens, as of 28 Nov 2024.');
  });

  it('says that no figure is recorded where there is none', () => {
    const { svg, alt } = tollChart(chart());
    expect(printed(svg)).toContain('No figure is recorded');
    expect(alt).toContain('No figure is recorded.');
    expect(printed(tollChart(chart({ ...sohr, values: [] })).svg)).toContain('No figure is recorded');
  });

  it('prints the id of an originator whose name the fonts cannot print', () => {
    const lines = printed(tollChart(chart({ ...sohr, label: '國防部' })).svg);
    expect(lines).toContain('sohr');
    expect(tollChart(chart({ ...sohr, label: '國防部' })).alt).toContain('國防部: at least 417');
  });

  it('counts in a note the originators for whom there is no room', () => {
    expect(printed(tollChart(chart(...many(20))).svg).join(' ')).toContain('4 more originators are in the text');
  });
});

describe('what is drawn', () => {
  it('goes in steps: between two values there is never a slope', () => {
    // The line of a series is the only path of this width.
    const steps = read(tollChart(chart(sohr)).svg).filter(
      (e) => e.name === 'path' && e.attributes['stroke-width'] === '4',
    );
    expect(steps).toHaveLength(1);
    expect(steps[0]?.attributes['d']).toMatch(/^M[\d.]+ [\d.]+(H[\d.]+V[\d.]+){4}$/);
  });

  it('opens upwards for "at least", downwards for "at most", and not at all for an exact number', () => {
    const arrows = (v: TollSeries['values'][number]): readonly number[] =>
      paths(tollChart(chart({ ...sohr, values: [v] })).svg).flatMap((d) => {
        const shaft = /^M[\d.]+ ([\d.]+)V([\d.]+)M/.exec(d);
        return shaft ? [Math.sign(Number(shaft[2]) - Number(shaft[1]))] : [];
      });
    expect(arrows(atLeast('2024-11-29', 20))).toEqual([-1]);
    expect(arrows(value('2024-11-29', 'up to 40', { qualifier: 'at_most', low: null }))).toEqual([1]);
    expect(arrows(value('2024-11-29', '40'))).toEqual([]);
  });

  it('draws a range from its lower to its higher number and no middle', () => {
    const { svg } = tollChart(
      chart({ ...sohr, values: [value('2024-11-29', '0 to 500', { qualifier: 'range', low: 0, high: 500 })] }),
    );
    const band = read(svg).find((e) => e.name === 'rect' && e.attributes['fill-opacity'] === '0.12');
    const grid = read(svg).flatMap((e) =>
      e.name === 'path' ? (/^M([\d.]+) ([\d.]+)H/.exec(e.attributes['d'] ?? '')?.[2] ?? []) : [],
    );
    expect(grid).toContain(band?.attributes['y']);
    const foot = Number(band?.attributes['y']) + Number(band?.attributes['height']);
    expect(grid.map(Number)).toContainEqual(expect.closeTo(foot, 1));
  });

  it('gives every originator of a dozen its own look: no two share colour and dash, and neighbours differ in both', () => {
    const lines = read(tollChart(chart(...many(12))).svg).filter(
      (e) => e.name === 'path' && e.attributes['stroke-width'] === '4',
    );
    expect(lines).toHaveLength(12);
    expect(new Set(lines.map((e) => e.attributes['stroke-dasharray'])).size).toBe(4);
    expect(new Set(lines.map((e) => `${e.attributes['stroke']} ${e.attributes['stroke-dasharray']}`)).size).toBe(12);
  });

  it('sets no label over another, however many end at the same number', () => {
    const same = Array.from(
      { length: 12 },
      (_, i): TollSeries => ({ ...sohr, label: `Agency ${i}`, values: [value('2024-11-29', '50')] }),
    );
    const ys = read(tollChart(chart(...same)).svg)
      .filter((e) => e.name === 'text' && e.text.startsWith('Agency'))
      .map((e) => Number(e.attributes['y']))
      .sort((a, b) => a - b);
    expect(ys).toHaveLength(12);
    for (const [i, y] of ys.entries()) if (i > 0) expect(y - (ys[i - 1] ?? 0)).toBeGreaterThanOrEqual(50);
  });

  it('keeps incidents on an axis of their own below the tolls', () => {
    const incidents = [
      incident('2024-11-28', 4, 4),
      incident('2024-11-28', 8, 12),
      incident('2024-11-30', 25, null),
      incident('2024-12-01', null, null),
    ];
    const { svg, alt } = tollChart({ ...chart(sohr), incidents });
    expect(printed(svg)).toContain('4 incidents recorded here, 1 with no figure: People killed');
    expect(printed(svg)).toContain('Market · 25 or more');
    expect(alt).toContain('4 incidents recorded here, on an axis of their own, 1 of them with no figure');
  });

  it.each([
    ['huge numbers', [value('2024-11-28', '8100000000', {}), value('2024-11-29', '9900000000')]],
    ['a count of nought', [value('2024-11-28', '0'), value('2024-11-29', '0')]],
    ['many values of one day', Array.from({ length: 40 }, (_, i) => value('2024-11-28', String(i)))],
    ['values out of order of their days', [value('2024-11-30', '9'), value('2024-11-28', '11')]],
    [
      'a count over many years',
      [value('1999-01-01', '9', { from: '1948-05-14' }), value('2024-11-28', '11', { from: '1948-05-14' })],
    ],
  ])('stays within the picture with %s', (_, values) => {
    const { svg } = tollChart(chart({ ...sohr, values }));
    const [, height] = /viewBox="0 0 1000 (\d+)"/.exec(svg) ?? [];
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    for (const { name, attributes } of read(svg)) {
      if (name !== 'text') continue;
      expect(Number(attributes['x'])).toBeGreaterThanOrEqual(0);
      expect(Number(attributes['x'])).toBeLessThanOrEqual(1000);
      expect(Number(attributes['y'])).toBeLessThanOrEqual(Number(height));
    }
  });
});

describe('the words for those who do not see it', () => {
  it('tell each last value with its qualifier, start and as-of, the revisions and the incidents', () => {
    const fall = {
      originator: 'm',
      label: 'Ministry',
      values: [value('2024-11-28', '300'), value('2024-11-30', 'about 180', { qualifier: 'about', revisedDown: true })],
    };
    const { alt } = tollChart({ ...chart(sohr, fall), incidents: [incident('2024-11-28', 4, 4)] });
    expect(alt).toContain('Observatory: at least 417 since 27 Nov, as of 2 Dec 2024');
    expect(alt).toContain('Ministry: about 180 since 27 Nov, as of 30 Nov 2024');
    expect(alt).toContain('revised down to about 180 on 30 Nov');
    expect(alt).toContain('1 incident recorded here');
    expect(alt).toContain('These counts overlap and are not added.');
  });

  it('name every one of twelve originators, and never exceed what Discord takes', () => {
    const { alt } = tollChart(chart(...many(12)));
    for (let i = 0; i < 12; i += 1) expect(alt).toContain(`number ${i} of`);
    const crowded = tollChart(chart(...many(60))).alt;
    expect(crowded.length).toBeLessThanOrEqual(1024);
    expect(crowded).toMatch(/\d+ more in the text of the message/);
    expect(crowded).toContain('not added');
  });
});

describe('text of the store', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '</text><script>',
      '"/><image href="x"/>',
      ']]>',
      '&#0;',
      '\u202Egnol',
      '\u0000\uFFFE\uD800',
      '<!-- --',
      'a\u2066b',
      '  ',
    ),
  );
  const day = fc.constantFrom('2024-11-28', '2024-11-29T10:00:00Z', '2023-01-01', '2024-12-31');
  const number = fc.option(fc.nat({ max: 10_000_000 }));
  const values = fc.record({
    asOf: day,
    low: number,
    high: number,
    qualifier: fc.constantFrom(
      'exact' as const,
      'at_least' as const,
      'more_than' as const,
      'at_most' as const,
      'about' as const,
      'range' as const,
    ),
    printed: text,
    revisedDown: fc.boolean(),
    from: day,
  });
  const data: fc.Arbitrary<TollChart> = fc.record({
    title: text,
    subtitle: text,
    measure: text,
    note: text,
    series: fc.array(fc.record({ originator: text, label: text, values: fc.array(values, { maxLength: 5 }) }), {
      maxLength: 6,
    }),
    incidents: fc.array(fc.record({ from: day, to: day, low: number, high: number, label: text }), { maxLength: 6 }),
  });

  it('never breaks out of the markup, steers its direction or makes the words too long', () => {
    fc.assert(
      fc.property(data, (picture) => {
        const { svg, alt } = tollChart(picture);
        for (const { name, attributes, text: line } of read(svg)) {
          expect(['svg', 'rect', 'path', 'circle', 'text']).toContain(name);
          expect(Object.keys(attributes).filter((key) => key.startsWith('on') || key.includes('href'))).toEqual([]);
          const inner = line.replace(/\u2067([^\u2067\u2069]*)\u2069/g, '$1');
          expect(inner).not.toMatch(/[\p{Cc}\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u);
        }
        expect(svg).not.toMatch(/NaN|Infinity/);
        expect(alt.length).toBeLessThanOrEqual(1024);
        expect(alt).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
      }),
      { numRuns: 150 },
    );
  });
});
