import { composeBrief } from '../briefing/brief.ts';
import { composeCasualties } from '../briefing/casualties.ts';
import { composeChanges } from '../briefing/changes.ts';
import type { Document, Line } from '../briefing/document.ts';
import { breachesOf, linesOf, wordsOf } from '../briefing/gates.ts';
import type { Known } from '../briefing/tell.ts';
import { composeTimeline } from '../briefing/timeline.ts';
import { newlyOwed } from '../corrections/owed.ts';
import type { Shown } from '../corrections/wrong.ts';
import type { Owed } from '../editions/edition.ts';
import { showsOf } from '../editions/shows.ts';
import type { Status } from '../model/entry.ts';
import type { Recorded, SituationRecord } from '../model/record.ts';
import type { Picture } from '../picture/picture.ts';
import { fold, until } from '../picture/picture.ts';
import type { Registry } from '../picture/registry.ts';
import { incidentsOf, tollsOf } from '../picture/series.ts';
import { correctors, standing } from '../picture/status.ts';
import { entriesIn, linksIn } from '../picture/touches.ts';
import type { Tallies } from './gate.ts';
import { counter } from './gate.ts';
import { shownWrong } from './wrong.ts';

/** A history as it was recorded. */
export interface History {
  readonly name: string;
  readonly registry: Registry;
  readonly records: readonly Recorded<SituationRecord>[];
}

const HALF_DAY = 43_200_000;

/** Noon and midnight (UTC) from the first record to the day after the last. */
export function halfDays(records: History['records']): readonly string[] {
  const [first, last] = [Date.parse(records[0]?.at ?? ''), Date.parse(records.at(-1)?.at ?? '')];
  const moments: string[] = [];
  for (let at = Math.ceil(first / HALF_DAY) * HALF_DAY; at <= last + 2 * HALF_DAY; at += HALF_DAY)
    moments.push(new Date(at).toISOString());
  return moments;
}

/** One briefing that a channel was shown, and what is owed to it. */
interface Given {
  readonly document: Document;
  readonly picture: Picture;
  readonly shown: Shown;
  readonly last: Map<string, Owed>;
}

const GRAVE = new Set(['flash', 'major']);
const WEIGHT = { flash: 3, major: 2, routine: 1, background: 0 } as const;
const isCorrection = (line: Line): boolean =>
  ['Correction.', 'Retracted.'].includes(line.pieces[0]?.type === 'strong' ? line.pieces[0].text : '');

const changesSince = (known: Known, then: Picture | undefined): Document =>
  composeChanges(known, then, { sinceWords: 'the last briefing' });

/**
 * Replays a history to a channel that asks twice a day what changed since its last briefing, and for a brief, and counts what holds.
 */
export function replay({ name, registry, records }: History, moments = halfDays(records)): Tallies {
  const { check, tallies } = counter();
  const given: Given[] = [];
  let now: Picture | undefined;
  let last: Document | undefined;
  for (const at of moments) {
    const then = now;
    now = fold(until(records, { at }).slice(then === undefined ? 0 : seqIndex(records, then.seq)), then);
    if (!now || now.entries.size === 0) continue;
    const known: Known = { picture: now, registry };
    const where = `${name}, ${at}`;
    const changes = changesSince(known, then);
    const documents = [
      changes,
      changesSince(known, undefined),
      ...(['short', 'standard', 'full'] as const).map((length) => composeBrief(known, { length })),
      composeCasualties(known, { measure: 'killed' }),
      composeTimeline(known, {}),
    ];

    for (const document of documents) {
      const wrong = breachesOf(document, known);
      const lines = linesOf(document);
      const cited = wrong.filter((b) => b.gate === 'attribution');
      for (const line of lines) check('attribution', line.citations.length > 0, () => `${where}: ${wordsOf(line)}`);
      for (const b of cited) check('attribution', false, () => `${where}: ${b.what}`);
      const numbers = lines.flatMap((l) => l.pieces.filter((p) => p.type === 'figure' || p.type === 'total'));
      const unfaithful = wrong.filter((b) => b.gate === 'numbers');
      for (let n = unfaithful.length; n < numbers.length; n += 1) check('number fidelity', true, () => '');
      for (const b of unfaithful) check('number fidelity', false, () => `${where}: ${b.what}`);
    }

    // Reproducibility: from the records anew, in one go, and from what was shown then.
    const anew: Known = { picture: fold(until(records, { seq: now.seq })) ?? now, registry };
    const before = then && fold(until(records, { seq: then.seq }));
    check(
      'reproducibility',
      JSON.stringify(changesSince(anew, before)) === JSON.stringify(changes),
      () => `${where}: changes`,
    );
    for (const length of ['short', 'standard', 'full'] as const)
      check(
        'reproducibility',
        JSON.stringify(composeBrief(anew, { length })) === JSON.stringify(composeBrief(known, { length })),
        () => `${where}: ${length} brief`,
      );

    const silent = changesSince(known, now);
    const claims = (d: Document): boolean =>
      linesOf(d).length > 0 ||
      !d.sections.flatMap((s) => s.notes ?? []).some((n) => n.startsWith('No recorded change'));
    check('silent day', !claims(silent), () => `${where}: something changed since just now`);
    if (then && then.seq === now.seq) check('silent day', !claims(changes), () => `${where}: nothing was recorded`);

    if (then) {
      redundancy(known, then, changes, last, (holds, what) =>
        check('redundancy and lag', holds, () => `${where}: ${what}`),
      );
      completeness(known, then, changes, (gate, holds, what) => check(gate, holds, () => `${where}: ${what}`));
      const told = new Set(
        changes.sections
          .flatMap((s) => s.lines)
          .filter(isCorrection)
          .map((l) => l.entry),
      );
      const wrong = new Set(
        given
          .flatMap((g) => [...shownWrong(g.document, then, now as Picture, records)])
          .filter((id) => then.entries.has(id)),
      );
      for (const id of wrong) check('correction delivery', told.has(id), () => `${where}: ${id} is not told`);
    }

    // What the channel was shown: what changed, and a brief.
    for (const document of [changes, composeBrief(known, { length: 'standard' })])
      given.push({
        document,
        picture: now,
        last: new Map(),
        shown: {
          at,
          edition: {
            number: given.length + 1,
            situation: now.situation.slug,
            kind: document.kind,
            asker: 'reader',
            channel: 'channel',
            private: false,
            messages: [String(given.length + 1)],
            seq: now.seq,
            request: { path: document.kind, args: {} },
            shows: showsOf(document, now),
          },
        },
      });
    for (const g of given)
      for (const owed of newlyOwed(known, g.shown, Object.keys(g.shown.edition.shows), (id) => g.last.get(id)))
        g.last.set(owed.entry, owed);
    last = changes;
  }

  // Every briefing that showed what is wrong now owes it to its readers.
  if (now)
    for (const { document, picture, shown, last: owed } of given) {
      const wrong = shownWrong(document, picture, now, records);
      for (const id of wrong) {
        const is = owed.get(id);
        check(
          'correction delivery',
          is !== undefined && !is.back,
          () => `${name}: B${shown.edition.number} showed ${id}, and its readers are owed nothing`,
        );
      }
    }
  return tallies();
}

const seqIndex = (records: History['records'], seq: number): number => until(records, { seq }).length;

/** Nothing is told that did not change in the window, that the reader had already, or that was superseded before it. */
function redundancy(
  { picture, registry }: Known,
  then: Picture,
  changes: Document,
  last: Document | undefined,
  check: (holds: boolean, what: string) => void,
): void {
  const had = new Set(last?.sections.flatMap((s) => s.lines).map((l) => `${l.entry} ${wordsOf(l)}`) ?? []);
  const touches = [...picture.touches.since(then.seq)];
  const touched = new Set(entriesIn(touches));
  for (const { link } of linksIn(touches)) touched.add(link.from).add(link.to);
  const [old, live] = [liveRefs(then), liveRefs(picture)];
  for (const line of changes.sections.flatMap((s) => s.lines)) {
    const words = wordsOf(line);
    check(!had.has(`${line.entry} ${words}`), `told before: ${words}`);
    const about = [line.entry, ...line.citations.map((c) => c.report.split('.')[0] ?? '')];
    // A toll whose newest value fell away is led by an older one: another entry moved it.
    const moved = line.pieces.some((p) => p.type === 'text' && p.text.includes(' → '));
    // What contradicted or corrected it fell, or rose.
    const turned = [then, picture].map(
      (p) =>
        `${statusIn(p, registry, line.entry) ?? ''} ${correctors(p, line.entry)
          .map((c) => c.entry.id)
          .join()}`,
    );
    check(moved || turned[0] !== turned[1] || about.some((id) => touched.has(id)), `nothing of it changed: ${words}`);
    const figures = line.pieces.flatMap((p) => (p.type === 'figure' ? [p.of[0]] : []));
    const [was, is] = moved && figures.length > 1 ? figures : [undefined, figures[0]];
    if (was) check(old.has(ref(was)), `an old value that nobody was shown last: ${words}`);
    if (is) check(live.has(ref(is)), `a value that was superseded: ${words}`);
  }
}

const statusIn = (picture: Picture, registry: Registry, id: string): Status | undefined => {
  const state = picture.entries.get(id);
  return state && standing(picture, registry, state).status;
};

const ref = ({ report, index }: { readonly report: string; readonly index: number }): string => `${report}#${index}`;

/** The figures that stand for their series. */
const liveRefs = (picture: Picture): ReadonlySet<string> =>
  new Set([...tollsOf(picture), ...[...incidentsOf(picture).values()].flat()].map((s) => ref(s.live)));

/** The grave entries of a window, and those that stand otherwise than before, are told; no grave one below a lesser. */
function completeness(
  { picture, registry }: Known,
  then: Picture,
  changes: Document,
  check: (gate: 'completeness' | 'gravest first', holds: boolean, what: string) => void,
): void {
  const told = new Set(
    linesOf(changes).flatMap((l) => [l.entry, ...l.citations.map((c) => c.report.split('.')[0] ?? '')]),
  );
  for (const state of picture.entries.values())
    if (state.added.seq > then.seq && !state.retracted && GRAVE.has(state.entry.severity))
      check('completeness', told.has(state.entry.id), `${state.entry.id} (${state.entry.severity}) is not told`);
  for (const id of then.entries.keys()) {
    const [was, is] = [then, picture].map((p) => statusIn(p, registry, id));
    if (was !== is && was !== 'retracted')
      check('completeness', told.has(id), `${id} was ${was ?? ''}, is ${is ?? ''}, and is not told`);
  }
  const lines = changes.sections.flatMap((s) => s.lines);
  const weight = (line: Line): number => WEIGHT[picture.entries.get(line.entry)?.entry.severity ?? 'background'];
  for (const part of [lines.filter(isCorrection), lines.filter((l) => !isCorrection(l))])
    for (const [at, line] of part.entries()) {
      const next = part[at + 1];
      if (next)
        check(
          'gravest first',
          weight(line) >= weight(next),
          `${next.entry} stands below ${line.entry}, which is less grave`,
        );
    }
}
