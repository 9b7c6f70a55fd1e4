import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EntryCore } from '../../../src/model/entry.ts';
import type { Place } from '../../../src/model/situation.ts';
import { suspectedDuplicates } from '../../../src/picture/figures/duplicates.ts';
import { neighbours } from '../../../src/picture/figures/near.ts';
import type { Draft } from '../../support/build.ts';
import { added, entry, link, linked, opened, pictureOf, retracted, situation, withdrawn } from '../../support/build.ts';

const at = (id: string, change: Partial<EntryCore> = {}): Draft => added(entry(id, { place: 'ford', ...change }));
const pairs = (...drafts: Draft[]) => {
  const picture = pictureOf(...drafts);
  return suspectedDuplicates(picture, picture.entries.values()).map((p) => p.join(' '));
};
const on = (from: string, to?: string) => ({ occurred: { from, precision: 'day' as const, ...(to && { to }) } });
const by = (party: string) => ({ parties: [{ party, role: 'actor' as const }] });

describe('events that may be one (R19)', () => {
  test.each<[string, Partial<EntryCore>, Partial<EntryCore>, boolean]>([
    ['the same day, place and type', {}, {}, true],
    ['another day', on('2024-11-27'), on('2024-11-28'), false],
    ['a day within several', on('2024-11-26', '2024-11-29'), on('2024-11-28'), true],
    ['an evening that is the next day there', on('2024-11-27T22:30:00Z'), on('2024-11-28'), true],
    ['another type', { category: 'air strike' }, { category: 'shelling' }, false],
    ['another place', {}, { place: 'coast' }, false],
    ['a place too coarse to tell', { place: 'valley' }, { place: 'valley' }, false],
    ['an actor of both', by('north'), by('north'), true],
    ['another actor', by('north'), by('south'), false],
    ['an actor named by one only', by('north'), {}, true],
    [
      'a target is no actor',
      { parties: [{ party: 'north', role: 'target' }] },
      { parties: [{ party: 'south', role: 'target' }] },
      true,
    ],
  ])('%s', (_, a, b, suspected) => {
    expect(pairs(at('E1', a), at('E2', b))).toEqual(suspected ? ['E1 E2'] : []);
    expect(pairs(at('E2', a), at('E1', b)).length).toBe(suspected ? 1 : 0);
  });

  test.each(['suggested', 'confirmed', 'rejected'] as const)('a pair that is %s is not suspected again', (state) => {
    expect(pairs(at('E1'), at('E2'), linked(link('E2', 'same_as', 'E1', { state })))).toEqual([]);
  });

  test('without a place nothing is suspected', () => {
    expect(pairs(added(entry('E1')), added(entry('E2')))).toEqual([]);
  });

  test('what was retracted or withdrawn is no event', () => {
    expect(pairs(at('E1'), at('E2'), retracted('E2'))).toEqual([]);
    expect(pairs(at('E1'), at('E2'), withdrawn('E2.1'))).toEqual([]);
  });

  test('of many tellings each is suspected with the next few, and all hang together', () => {
    const many = Array.from({ length: 40 }, (_, i) => at(`E${i + 1}`));
    const found = pairs(...many);
    expect(found.length).toBeLessThanOrEqual(3 * many.length);
    for (let i = 1; i < 40; i++) expect(found).toContain(`E${i} E${i + 1}`);
  });
});

describe('places that may be the same spot', () => {
  const precisions: readonly Place['precision'][] = ['exact', 'near', 'adm2'];
  const KM = { exact: 2, near: 25, adm2: 40 } as Readonly<Record<Place['precision'], number>>;
  const km = (a: Place, b: Place): number => {
    const rad = (d: number) => (d * Math.PI) / 180;
    const [φ, ψ, λ] = [rad(a.lat ?? 0), rad(b.lat ?? 0), rad((b.lon ?? 0) - (a.lon ?? 0))];
    const cos = Math.sin(φ) * Math.sin(ψ) + Math.cos(φ) * Math.cos(ψ) * Math.cos(λ);
    return 6371 * Math.acos(Math.max(-1, Math.min(1, cos)));
  };

  test('are those that a look at every pair finds, also at the poles and the date line', () => {
    const clustered = (center: number, spread: number, most: number) =>
      fc.double({ min: Math.max(-most, center - spread), max: Math.min(most, center + spread), noNaN: true });
    const region = fc.constantFrom([36.2, 37.1], [89.9, 0], [0, 179.9], [-33, -179.9], [60, 10]);
    fc.assert(
      fc.property(
        region.chain(([lat = 0, lon = 0]) =>
          fc.array(fc.tuple(clustered(lat, 1.5, 90), clustered(lon, 2, 180), fc.constantFrom(...precisions)), {
            minLength: 2,
            maxLength: 12,
          }),
        ),
        fc.boolean(),
        (points, flip) => {
          const places = points.map(
            ([lat, lon, precision], i): Place => ({
              id: `p${i}`,
              name: `P${i}`,
              aliases: [],
              precision,
              lat,
              lon: flip && i % 2 === 1 ? -lon : lon,
            }),
          );
          const found = neighbours(situation({ places }));
          for (const a of places)
            for (const b of places) {
              const [far, reach] = [km(a, b), (KM[a.precision] ?? 0) + (KM[b.precision] ?? 0)];
              // Two formulas need not agree to the last metre.
              if (a !== b && Math.abs(far - reach) > 0.01) expect(found.get(a.id)?.includes(b.id)).toBe(far < reach);
            }
        },
      ),
    );
  });

  test('places without a point are themselves only', () => {
    expect(pairs(opened(), at('E1'), at('E2', { place: 'bridge' }))).toEqual([]);
  });
});
