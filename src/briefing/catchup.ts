import type { Picture } from '../picture/picture.ts';
import { composeChanges } from './changes.ts';
import type { Document, Line, Part, Section } from './document.ts';
import { METHOD } from './frame.ts';
import type { Known } from './tell.ts';
import { text } from './tell.ts';

/** A correction of an answer that only this person saw. */
export interface OwedAlone {
  /** `guild/110/B3/E1@45`: stream, edition, entry and the record that made the line wrong. */
  readonly name: string;
  readonly stream: string;
  readonly edition: number;
  readonly kind: Document['kind'];
  readonly lines: readonly [Line, ...Line[]];
}

/** The same, with where it was shown as this person knows it: "briefing B3". */
export type OwedThere = OwedAlone & { readonly where: string };

/** What one reader missed of one situation. */
export interface Missed {
  readonly known: Known;
  /** What this person knew; undefined where that was nothing. */
  readonly then: Picture | undefined;
  /** "since you marked it as read (29 Nov 2024, 08:00)". */
  readonly words: string;
  /** Corrections that could not be brought to the answers that showed the error. */
  readonly owed: readonly OwedThere[];
}

/** Lines of one situation; the rest is asked for there. Corrections that are owed are all told. */
const MOST = 10;

/** `aleppo-2024@120-345`: a window of records, half-open, of each situation. It means the same whenever it is read. */
export const windowOf = ({ known: { picture }, then }: Omit<Missed, 'owed'>): string =>
  `${picture.situation.slug}@${then?.seq ?? 0}-${picture.seq}`;

/** The window, and the corrections that are told with it. */
const writtenOf = (one: Missed): string => [windowOf(one), ...one.owed.map((o) => o.name)].join(' ');

/** One line for each thing to correct, however many answers showed it. */
function owedLines(owed: readonly OwedThere[]): readonly Line[] {
  const told = new Map<string, [OwedThere, ...OwedThere[]]>();
  for (const one of owed) {
    const words = JSON.stringify(one.lines);
    const same = told.get(words);
    if (same) same.push(one);
    else told.set(words, [one]);
  }
  return [...told.values()].map((same): Line => {
    const [line, ...under] = same[0].lines;
    const where = [...new Set(same.map((o) => o.where))].join(', ');
    return {
      ...line,
      pieces: [...line.pieces, text(` (only you were shown it, in ${where})`)],
      ...(under.length > 0 && { under: [...(line.under ?? []), ...under] }),
    };
  });
}

interface Told extends Missed {
  readonly corrected: Section | undefined;
  readonly lines: readonly Line[];
}

/** What one reader is told of one situation; an entry whose correction is owed is not corrected twice. */
function toldOf(one: Missed): Told {
  const { slug, title } = one.known.picture.situation;
  const { sections } = composeChanges(one.known, one.then, {
    sinceWords: `record #${one.then?.seq ?? 0}`,
    corrected: new Set(one.owed.flatMap((o) => o.lines.map((l) => l.entry))),
  });
  const lines = owedLines(one.owed);
  return {
    ...one,
    lines: sections.flatMap((s) => s.lines),
    corrected: lines.length > 0 ? { id: `owed-${slug}`, heading: `Corrections: ${title}`, lines } : undefined,
  };
}

function changesOf({ known: { picture }, then, lines }: Told): Section {
  const { slug, title } = picture.situation;
  const more = lines.length - MOST;
  return {
    id: `situation-${slug}`,
    heading: title,
    ...(more > 0 && { notes: [`+${more} more: /changes situation: ${slug} since: #${then?.seq ?? 0}`] }),
    lines: lines.slice(0, MOST),
  };
}

const silenceOf = ({ known: { picture }, words, corrected }: Told): Section => ({
  id: `situation-${picture.situation.slug}`,
  heading: picture.situation.title,
  lines: [],
  notes: [`No ${corrected ? 'other ' : ''}recorded change ${words}.`],
});

function partOf(one: Told): Part {
  const { situation, seq } = one.known.picture;
  return {
    situation: situation.slug,
    seq,
    since: one.then?.seq ?? 0,
    sections: [`owed-${situation.slug}`, `situation-${situation.slug}`],
    args: { since: writtenOf(one) },
  };
}

/**
 * What changed since one person last looked: corrections of what only this person was shown, then a section for each
 * situation, those with changes first.
 */
export function composeCatchup(missed: readonly Missed[], share: boolean): Document {
  const parts = missed.map(toldOf);
  const told = parts.filter(({ lines }) => lines.length > 0);
  const silent = parts.filter(({ lines }) => lines.length === 0);
  const corrected = parts.flatMap((part) => part.corrected ?? []);
  const some = told.length > 0 || corrected.length > 0;
  const all = parts.map(writtenOf).join(' ');
  const owed = missed.flatMap((one) => one.owed.map((o) => o.name));
  const [first] = parts;
  return {
    kind: 'catchup',
    title: 'Since you last looked',
    subtitle: told.map(({ known: { picture }, words }) => {
      const { title, sample } = picture.situation;
      return `${title}${sample ? ' (SAMPLE: real reports of 2024, for trying out)' : ''}: what changed ${words}.`;
    }),
    sections:
      parts.length > 0
        ? [...corrected, ...told.map(changesOf), ...silent.map(silenceOf)]
        : [{ id: 'empty', lines: [], notes: ['No situation is recorded here yet.'] }],
    footer: some ? [METHOD] : [],
    ...(some && {
      acts: [
        { label: 'Mark as read', act: 'catchup read', args: { since: parts.map(windowOf).join(' ') } },
        ...(share && told.length > 0
          ? [{ label: 'Share to channel', act: 'catchup share', args: { since: told.map(windowOf).join(' ') } }]
          : []),
      ],
    }),
    ...(first && {
      basis: {
        situation: first.known.picture.situation.slug,
        seq: first.known.picture.seq,
        registry: first.known.registry.seq,
        args: { since: all },
        parts: parts.map(partOf),
        ...(owed.length > 0 && { owed }),
      },
    }),
  };
}
