import { beforeAll, describe, expect, test } from 'vitest';
import { composeBrief } from '../../src/briefing/brief.ts';
import { composeCasualties } from '../../src/briefing/casualties.ts';
import { composeChanges } from '../../src/briefing/changes.ts';
import type { Document, Line } from '../../src/briefing/document.ts';
import { composeEntry, composeHistory } from '../../src/briefing/entry.ts';
import { composeSources } from '../../src/briefing/sources.ts';
import type { Known } from '../../src/briefing/tell.ts';
import { composeTimeline } from '../../src/briefing/timeline.ts';
import { pack } from '../../src/discord/pack.ts';
import { render } from '../../src/discord/render.ts';
import { rivals } from '../../src/picture/status.ts';
import { beyondGrammar, breaches, linesOf, section, wordsOf } from '../support/documents.ts';
import { HALF_DAYS, openSample, sample, sampleAt } from '../support/sample.ts';

const LENGTHS = ['short', 'standard', 'full'] as const;
const MEASURES = ['killed', 'injured', 'displaced', 'settlements_captured', 'strikes', 'missing'];

/** All that can be asked of the whole situation at a moment. */
function documentsAt(known: Known, then: Known | undefined, asOf: string): readonly Document[] {
  return [
    ...LENGTHS.map((length) => composeBrief(known, { length, asOf })),
    composeBrief(known, { length: 'full', place: 'aleppo-city', asOf }),
    composeChanges(known, then?.picture, { sinceWords: 'half a day before', asOf }),
    composeChanges(known, undefined, { sinceWords: 'the beginning', asOf }),
    ...MEASURES.map((measure) => composeCasualties(known, { measure, asOf })),
    composeTimeline(known, { asOf }),
    composeSources(known, { asOf }),
  ];
}

describe('the sample, told twice a day as it was reported', () => {
  let moments: { readonly at: string; readonly known: Known; readonly documents: readonly Document[] }[];
  beforeAll(async () => {
    moments = [];
    for (const at of HALF_DAYS) {
      const { archive } = await sample();
      if (!(await archive.picture('aleppo-2024', { at }))) continue;
      const known = await sampleAt(at);
      moments.push({ at, known, documents: documentsAt(known, moments.at(-1)?.known, at) });
    }
  });

  test('has something to tell at every half day from 27 November', () => {
    expect(moments.length).toBeGreaterThanOrEqual(23);
  });

  test('every line is attributed, every number is one that was said, our own words hold no number', () => {
    for (const { at, known, documents } of moments)
      for (const document of documents)
        expect({ at, of: document.title, wrong: breaches(document, known) }).toEqual({
          at,
          of: document.title,
          wrong: [],
        });
  });

  test('the same question at the same moment gives the same bytes, also from another archive', async () => {
    const other = await openSample();
    let before: Known | undefined;
    for (const { at, documents } of moments) {
      const known = await sampleAt(at, other);
      expect(JSON.stringify(documentsAt(known, before, at))).toBe(JSON.stringify(documents));
      before = known;
    }
  });

  test('a look back is what was told then: nothing that was learned later is in it', async () => {
    let before: Known | undefined;
    for (const { at, documents } of moments) {
      const then = await sampleAt(undefined, await openSample(at));
      expect(JSON.stringify(documentsAt(then, before, at))).toBe(JSON.stringify(documents));
      before = then;
    }
  });

  test('a standard brief fits one message', () => {
    for (const { at, documents } of moments) {
      const brief = documents[LENGTHS.indexOf('standard')] as Document;
      expect({ at, pages: pack(render(brief)).length }).toEqual({ at, pages: 1 });
    }
  });

  test('a short brief has fewer lines than a standard one, and that fewer than a full one', () => {
    for (const { documents } of moments) {
      const [short, standard, full] = documents.slice(0, 3).map((d) => d.sections.flatMap((s) => s.lines).length);
      expect(short).toBeLessThanOrEqual(standard ?? 0);
      expect(standard).toBeLessThanOrEqual(full ?? 0);
    }
    const [short, standard, full] = (moments.at(-1)?.documents ?? []).map((d) => linesOf(d).length);
    expect(short).toBeLessThan(standard ?? 0);
    expect(standard).toBeLessThan(full ?? 0);
  });

  test('no entry is told twice in a brief, outside disputes and tolls', () => {
    for (const { at, documents } of moments)
      for (const brief of documents.slice(0, 4)) {
        const told = brief.sections
          .flatMap((s) => s.lines)
          .filter(
            (l) =>
              l.pieces[0]?.type !== 'figure' &&
              !l.pieces.some((p) => p.type === 'text' && p.text.includes('Against it')),
          )
          .map((l) => l.entry);
        expect({ at, told: told.filter((id, i) => told.indexOf(id) !== i) }).toEqual({ at, told: [] });
      }
  });

  test('a pair that contradicts each other is told in the order of recording, each with who says it', () => {
    let pairs = 0;
    for (const { known, documents } of moments)
      for (const line of section(documents[2] as Document, 'disputed')) {
        const ids = [...wordsOf(line).matchAll(/\((E\d+)\)/g)].map((m) => m[1] ?? '');
        if (!wordsOf(line).includes('Against it')) continue;
        pairs++;
        const [a, b] = ids.map((id) => known.picture.entries.get(id));
        expect(a?.added.seq).toBeLessThanOrEqual(b?.added.seq ?? 0);
        expect(rivals(known.picture, ids[0] ?? '').map((s) => s.entry.id)).toContain(ids[1]);
        expect(new Set(line.citations.map((c) => c.report.split('.')[0]))).toEqual(new Set(ids));
      }
    expect(pairs).toBeGreaterThan(20);
  });

  test('what changed: one line for each entry, ten before the rest, corrections first', () => {
    for (const { at, documents } of moments) {
      const changes = documents.find((d) => d.kind === 'changes') as Document;
      // A sum is told beside the entries that moved it.
      const isSum = (line: Line): boolean => wordsOf(line).includes(', recorded incidents');
      const ids = changes.sections.flatMap((s) => s.lines).flatMap((l) => (isSum(l) ? [] : [l.entry]));
      // A correction by another entry cites that one, and stands for the entry that it corrects.
      expect({ at, twice: ids.filter((id, i) => ids.indexOf(id) !== i) }).toEqual({ at, twice: [] });
      const order = changes.sections.map((s) => s.id);
      expect(order).toEqual(['corrections', 'changes', 'more', 'empty'].filter((id) => order.includes(id)));
      const first = [...section(changes, 'corrections'), ...section(changes, 'changes')].length;
      if (order.includes('more')) {
        expect(first).toBe(10);
        expect(changes.sections.at(-1)?.heading).toBe(`+${section(changes, 'more').length} more`);
      }
    }
  });

  test('an empty window claims no change', () => {
    for (const { at, known } of moments) {
      const silent = composeChanges(known, known.picture, { sinceWords: 'just now', asOf: at });
      expect(linesOf(silent)).toEqual([]);
      expect(silent.sections.flatMap((s) => s.notes ?? []).join()).toMatch(/^No recorded change since just now\./);
    }
  });
});

test('every entry of the sample can be shown with all its reports, and its history', async () => {
  const known = await sampleAt();
  for (const state of known.picture.entries.values()) {
    const shown = composeEntry(known, state, {});
    expect(breaches(shown, known)).toEqual([]);
    expect(section(shown, 'reports').map((l) => l.citations[0].report)).toEqual(state.reports.map((r) => r.report.id));
    expect(breaches(composeHistory(known, state, {}), known)).toEqual([]);
  }
});

test('the grammar of our own words lets no number of the world through', () => {
  for (const words of [
    '29 Nov 2024: ',
    '27–29 Nov 2024, learned 30 Nov: ',
    ' since 27 Nov, as of 29 Nov',
    '2011 to 2024: ',
    ' (2 independent sources)',
    'E12.3 ',
    '; corrected by E107, E12',
  ])
    expect(beyondGrammar(words)).not.toMatch(/\d/);
  for (const words of [
    ' since 27 Nov: 255 killed',
    '13 were killed',
    '2 people',
    ' at least 4',
    'up by 13 since 29 Nov',
  ])
    expect(beyondGrammar(words)).toMatch(/\d/);
});
