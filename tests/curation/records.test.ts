import { describe, expect, test } from 'vitest';
import { composeEntry } from '../../src/briefing/entry.ts';
import type { Known } from '../../src/briefing/tell.ts';
import { entryLine, namer } from '../../src/briefing/tell.ts';
import { nextEntryId, nextReportId } from '../../src/curation/ids.ts';
import { afterwards, composePreview, differencesOf, entriesTouched, linesOf } from '../../src/curation/preview.ts';
import type { Proposal } from '../../src/curation/proposal.ts';
import { proposal } from '../../src/curation/proposal.ts';
import { basisOf, decide } from '../../src/curation/records.ts';
import { waits } from '../../src/curation/review.ts';
import { CURATED } from '../../src/model/record.ts';
import type { Picture } from '../../src/picture/picture.ts';
import { fold } from '../../src/picture/picture.ts';
import type { Draft } from '../support/build.ts';
import {
  added,
  atLeast,
  entry,
  figure,
  link,
  linked,
  opened,
  pictureOf,
  registry,
  report,
  retracted,
  stateOf,
  stream,
  toll,
  withdrawn,
} from '../support/build.ts';

const on = { situation: 'river-2024' };
const known = (...drafts: Draft[]): Known => ({ picture: pictureOf(...drafts), registry });
const { id: _id, ...fields } = entry('E1');
const { id: _r, ...telling } = report('E1.1');
const why = { reason: 'our_error' as const };

function refusal(p: unknown, of: Known, desk?: string): string | undefined {
  const decided = decide(proposal.parse(p), of, desk === undefined ? undefined : { desk });
  return 'refused' in decided ? decided.refused.why : undefined;
}

describe('what cannot be recorded', () => {
  const one = known(
    added(entry('E1'), report('E1.1', { figures: [figure()] })),
    added(entry('E2')),
    linked(link('E1', 'part_of', 'E2')),
  );
  const add = (change: object, told: object = {}): unknown => ({
    kind: 'entry.add',
    ...on,
    entry: { ...fields, ...change },
    reports: [{ ...telling, ...told }],
  });
  test.each<[string, unknown, string]>([
    ['an unknown place', add({ place: 'nowhere' }), 'invalid'],
    ['an unknown party', add({ parties: [{ party: 'nobody', role: 'actor' }] }), 'invalid'],
    ['an unknown source', add({}, { originator: 'nobody' }), 'invalid'],
    ['an unknown side', add({}, { figures: [figure({ group: { side: 'west' } })] }), 'invalid'],
    [
      'an unknown area',
      add({}, { figures: [figure({ scope: { from: '2024-11-27', to: '2024-11-27', area: 'x' } })] }),
      'invalid',
    ],
    ['a part of nothing', add({}, { figures: [figure({ part: { of: 'all', as: 'subset' } })] }), 'invalid'],
    [
      'a part that is larger than its whole',
      add({}, { figures: [figure({ id: 'all' }), figure({ low: 11, high: 11, part: { of: 'all', as: 'subset' } })] }),
      'invalid',
    ],
    [
      'children who add up',
      add(
        {},
        {
          figures: [
            figure({ id: 'all' }),
            figure({ low: 1, high: 1, group: { age: 'child' }, part: { of: 'all', as: 'partition' } }),
          ],
        },
      ),
      'invalid',
    ],
    [
      'parts in a circle',
      add(
        {},
        {
          figures: [
            figure({ id: 'a', part: { of: 'b', as: 'subset' } }),
            figure({ id: 'b', part: { of: 'a', as: 'subset' } }),
          ],
        },
      ),
      'invalid',
    ],
    ['words that were withheld', add({ headline: '[withheld] ████' }), 'invalid'],
    [
      'an entry that is not there',
      { kind: 'entry.amend', ...on, id: 'E9', basis: 0, ...why, set: { headline: 'x' } },
      'missing',
    ],
    ['a report that is not there', { kind: 'report.withdraw', ...on, id: 'E1.9', basis: 2, ...why }, 'missing'],
    [
      'nothing new',
      { kind: 'entry.amend', ...on, id: 'E1', basis: 2, ...why, set: { headline: 'What happened at E1' } },
      'same',
    ],
    ['a restoration of what stands', { kind: 'entry.restore', ...on, id: 'E1', basis: 2, ...why }, 'same'],
    [
      'what was changed meanwhile',
      { kind: 'entry.amend', ...on, id: 'E1', basis: 1, ...why, set: { headline: 'New' } },
      'changed',
    ],
    ['a link to itself', { kind: 'link.add', ...on, basis: 4, link: link('E1', 'corrects', 'E1') }, 'invalid'],
    ['a circle of parts', { kind: 'link.add', ...on, basis: 4, link: link('E2', 'part_of', 'E1') }, 'invalid'],
    ['a link that is there', { kind: 'link.add', ...on, basis: 4, link: link('E1', 'part_of', 'E2') }, 'same'],
    [
      'a state of a link that has none',
      { kind: 'link.add', ...on, basis: 4, link: link('E1', 'corrects', 'E2', { state: 'confirmed' }) },
      'invalid',
    ],
    [
      'a link that is not there',
      { kind: 'link.remove', ...on, basis: 4, ...why, link: link('E2', 'corrects', 'E1') },
      'same',
    ],
    ['another situation', { ...(add({}) as object), situation: 'other' }, 'missing'],
  ])('%s', (_name, p, expected) => expect(refusal(p, one)).toBe(expected));

  test('a source of another desk is not there', () => {
    const own = { ...registry.sources.get('wire'), id: 'own', desk: '100000000000000001' } as never;
    const of = { ...one, registry: { ...registry, sources: new Map([...registry.sources, ['own', own]]) } };
    expect(refusal(add({}, { originator: 'own' }), of, '100000000000000001')).toBeUndefined();
    expect(refusal(add({}, { originator: 'own' }), of, '100000000000000002')).toBe('invalid');
  });

  test.each([
    ['an entry without a report', { kind: 'entry.add', ...on, entry: fields, reports: [] }],
    ['an id that is brought along', { kind: 'entry.add', ...on, entry: entry('E5'), reports: [telling] }],
    ['an unknown field', { kind: 'entry.amend', ...on, id: 'E1', basis: 2, ...why, set: { colour: 'red' } }],
    ['no reason', { kind: 'entry.retract', ...on, id: 'E1', basis: 2 }],
    ['javascript', { kind: 'report.amend', ...on, id: 'E1.1', basis: 2, ...why, set: { url: 'javascript:alert(1)' } }],
  ])('is no proposal: %s', (_name, p) => expect(proposal.safeParse(p).success).toBe(false));

  test('an amendment of one field empties no other', () => {
    const of = known(
      added(
        entry('E1', { tags: ['air'], parties: [{ party: 'north', role: 'actor' }] }),
        report('E1.1', { figures: [figure()] }),
      ),
    );
    const decided = decide(
      proposal.parse({ kind: 'entry.amend', ...on, id: 'E1', basis: 2, ...why, set: { headline: 'New' } }),
      of,
    );
    expect(decided).toMatchObject({ records: [{ body: { entry: { tags: ['air'], parties: [{ party: 'north' }] } } }] });
    const told = decide(
      proposal.parse({ kind: 'report.amend', ...on, id: 'E1.1', basis: 2, ...why, set: { title: 'T' } }),
      of,
    );
    expect(told).toMatchObject({ records: [{ body: { report: { figures: [{ low: 10 }] } } }] });
  });
});

describe('ids', () => {
  test('chat counts on above the files, and from one where a desk opened the situation', () => {
    expect(nextEntryId(pictureOf(added(entry('E7'))))).toBe('E1001');
    expect(nextEntryId(pictureOf(added(entry('E7')), added(entry('E1200')), retracted('E1200')))).toBe('E1201');
    expect(nextEntryId(pictureOf(opened({ desk: '100000000000000001' }), added(entry('E7'))))).toBe('E8');
  });
  test('so do the reports of an entry of the files', () => {
    const drafts = [opened(), added(entry('E1'), report('E1.1'), report('E1.4')), withdrawn('E1.4')] as const;
    expect(nextReportId(stateOf(pictureOf(...drafts), 'E1'))).toBe('E1.5');
    const ofFiles = fold(stream(...drafts).map((r) => ({ ...r, author: CURATED })));
    expect(nextReportId(stateOf(ofFiles as Picture, 'E1'))).toBe('E1.101');
  });
});

/** Numbers that are the same at every run. */
function dice(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

/** Any proposal that may be made of a picture; many are refused. */
function anyProposal(roll: (n: number) => number, picture: Picture): Proposal {
  const ids = [...picture.entries.keys()];
  const id = ids[roll(ids.length)] ?? 'E1';
  const told = `${id}.${1 + roll(3)}`;
  const originators = [...registry.sources.keys()];
  const day = `2024-11-${27 + roll(4)}`;
  const some = {
    ...telling,
    originator: originators[roll(originators.length)] ?? 'wire',
    stance: (['reports', 'claims', 'denies', 'concedes', 'verifies'] as const)[roll(5)] ?? 'reports',
    figures:
      [
        [],
        [atLeast(100 + roll(400), day)],
        [toll(100 + roll(400), day), figure({ low: roll(50), high: 50 + roll(9), qualifier: 'range' })],
      ][roll(3)] ?? [],
  };
  const made = (
    [
      () => ({
        kind: 'entry.add',
        entry: { ...fields, headline: `Thing ${roll(99)}`, occurred: { from: day, precision: 'day' } },
        reports: [some, ...(roll(2) ? [{ ...some, originator: 'gazette' }] : [])],
      }),
      () => ({ kind: 'report.add', id, report: some }),
      () => ({
        kind: 'entry.amend',
        id,
        ...why,
        set: { headline: `Other ${roll(99)}`, ...(roll(2) && { severity: 'flash' }) },
        clear: roll(2) ? ['detail'] : [],
      }),
      () => ({ kind: 'report.amend', id: told, ...why, set: { figures: some.figures, stance: some.stance } }),
      () => ({ kind: (['entry.retract', 'entry.restore'] as const)[roll(2)], id, ...why }),
      () => ({ kind: (['report.withdraw', 'report.restore'] as const)[roll(2)], id: told, ...why }),
      () => ({
        kind: 'link.add',
        link: link(
          id,
          (['contradicts', 'same_as', 'part_of', 'corrects'] as const)[roll(4)] ?? 'corrects',
          ids[roll(ids.length)] ?? 'E1',
        ),
      }),
    ][roll(7)] as () => object
  )();
  const bare = { ...made, ...on, basis: 0, sources: [] } as never as Extract<Proposal, { basis: number }>;
  const whole = { ...made, ...on, ...('entry' in made ? {} : { basis: basisOf(picture, bare) }) };
  return proposal.parse(whole);
}

describe('a preview is what comes', () => {
  test.each(Array.from({ length: 30 }, (_, seed) => seed))('history %i', (seed) => {
    const roll = dice(seed * 7919 + 1);
    let picture = pictureOf(
      opened(),
      added(entry('E1', { detail: 'More' }), report('E1.1'), report('E1.2', { originator: 'wire' })),
      added(entry('E2'), report('E2.1', { figures: [toll(200, '2024-11-27')] })),
    );
    let recorded = 0;
    for (let step = 0; step < 40; step += 1) {
      const p = anyProposal(roll, picture);
      const before = { picture, registry };
      const decided = decide(p, before);
      if ('refused' in decided) continue;
      const at = new Date(Date.parse(picture.at) + 60_000).toISOString();
      const coming = { ...decided, author: 'somebody', at };
      const shown = composePreview(before, coming, {
        draft: 'D1',
        proposal: p,
        findings: [],
        overruled: [],
        state: [],
      });
      const touched = entriesTouched(decided.records);
      const preview = { lines: linesOf(afterwards(before, coming), touched), diff: differencesOf(before, coming) };
      const { line: history } = picture.touches;

      const next = fold(
        decided.records.map((r, i) => ({ ...r, seq: picture.seq + 1 + i, at, author: 'somebody' })),
        picture,
      );
      if (!next) throw new Error('no picture');
      // The preview left the history alone: the real records go on in it.
      expect(next.touches.line).toBe(history);
      const after = { picture: next, registry };
      const name = namer(after);
      expect(preview.lines).toEqual(touched.map((id) => entryLine(after, stateOf(next, id), name)));
      expect(shown.sections.find((s) => s.id === 'line')?.lines).toEqual(preview.lines);
      const reports = touched.flatMap(
        (id) => composeEntry(after, stateOf(next, id), {}).sections.find((s) => s.id === 'reports')?.lines ?? [],
      );
      for (const line of shown.sections.find((s) => s.id === 'reports')?.lines ?? [])
        expect(reports).toContainEqual(line);
      if (p.kind === 'entry.amend' || p.kind === 'report.amend') expect(preview.diff.length).toBeGreaterThan(0);
      // And once more it is refused, or is another thing.
      if (p.kind !== 'entry.add') expect(decide(p, after)).toHaveProperty('refused');
      picture = next;
      recorded += 1;
    }
    expect(recorded).toBeGreaterThan(10);
  });
});

describe('what waits for a second person', () => {
  const of = pictureOf(
    added(entry('E1')),
    added(entry('E2', { severity: 'major' })),
    added(entry('E3'), report('E3.1', { figures: [figure()] })),
  );
  const amend = (id: string, set: object): Proposal =>
    proposal.parse({ kind: 'entry.amend', ...on, id, basis: 0, ...why, set });
  const add = (change: object, told: object): Proposal =>
    proposal.parse({ kind: 'entry.add', ...on, entry: { ...fields, ...change }, reports: [{ ...telling, ...told }] });
  const wire = registry.sources.get('wire');
  const cases: [string, Proposal, boolean][] = [
    ['a routine entry without figures', add({}, {}), false],
    ['a flash', add({ severity: 'flash' }, {}), true],
    ['a figure', add({}, { figures: [figure()] }), true],
    ['a headline of a routine entry', amend('E1', { headline: 'x' }), false],
    ['a routine entry that becomes major', amend('E1', { severity: 'major' }), true],
    ['a major entry that becomes routine', amend('E2', { severity: 'routine' }), true],
    ['a headline over figures', amend('E3', { headline: 'x' }), true],
    ['a status by the desk’s word', amend('E1', { override: { status: 'confirmed', reason: 'seen' } }), true],
    [
      'a routine entry that is retracted',
      proposal.parse({ kind: 'entry.retract', ...on, id: 'E1', basis: 0, ...why }),
      false,
    ],
    ['figures that are retracted', proposal.parse({ kind: 'entry.retract', ...on, id: 'E3', basis: 0, ...why }), true],
    [
      'a report with figures that is withdrawn',
      proposal.parse({ kind: 'report.withdraw', ...on, id: 'E3.1', basis: 0, ...why }),
      true,
    ],
    [
      'a link to figures',
      proposal.parse({ kind: 'link.add', ...on, basis: 0, link: link('E1', 'corrects', 'E3') }),
      true,
    ],
    [
      'a source’s grade',
      proposal.parse({ kind: 'source.amend', source: { ...wire, reliability: 'A' }, was: wire }),
      true,
    ],
    ['a source’s name', proposal.parse({ kind: 'source.amend', source: { ...wire, name: 'Wire' }, was: wire }), false],
  ];
  test.each(cases)('%s', (_name, p, weighty) => {
    expect(waits(p, 'figures_and_major', of)).toBe(weighty);
    expect(waits(p, 'off', of)).toBe(false);
    expect(waits(p, 'all', of)).toBe(true);
  });
  test('what is taken back for privacy never waits', () => {
    for (const p of [
      { kind: 'entry.retract', ...on, id: 'E3', basis: 0, reason: 'privacy' },
      { kind: 'report.withdraw', ...on, id: 'E3.1', basis: 0, reason: 'privacy' },
    ])
      expect(waits(proposal.parse(p), 'all', of)).toBe(false);
  });
});
