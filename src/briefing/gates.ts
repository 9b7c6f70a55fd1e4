import type { Report } from '../model/entry.ts';
import { shortName } from '../picture/registry.ts';
import { phrase, quantity } from '../picture/wording.ts';
import type { Document, Line, Piece } from './document.ts';
import type { Known } from './tell.ts';

// What every document must hold to, as code: for the tests and for `npm run gates`.

/** Every line of a document, those that stand under others included. */
export function linesOf(document: Document): readonly Line[] {
  const all = (lines: readonly Line[]): readonly Line[] => lines.flatMap((l) => [l, ...all(l.under ?? [])]);
  return all(document.sections.flatMap((s) => s.lines));
}

/** A line as it reads, without its citations. */
export const wordsOf = (line: Line): string =>
  line.pieces.map((p) => (p.type === 'command' ? `/${p.line}` : p.text)).join('');

const reportIn = ({ picture }: Known, id: string): Report | undefined =>
  picture.entries.get(id.slice(0, id.indexOf('.')))?.reports.find((r) => r.report.id === id)?.report;

const MONTH = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)';
const YEAR = '(?:19|20)\\d\\d';
const OURS = [
  // 29 Nov, 29 Nov 2024, 27–29 Nov 2024, 29 Nov 2024, 21:00
  new RegExp(`\\b(?:\\d{1,2}–)?\\d{1,2} ${MONTH}(?: ${YEAR})?(?:, \\d\\d:\\d\\d)?(?![\\d])`, 'g'),
  // Nov 2024, and years that are the whole of a date
  new RegExp(`\\b${MONTH} ${YEAR}\\b`, 'g'),
  new RegExp(`^(?: \\()?${YEAR}(?: to ${YEAR})?(?=[,:)])`, 'g'),
  // Ids of entries and reports
  /\bE\d+(?:\.\d+)?\b/g,
  // How many of our own things there are
  /\b\d+ (?:reports?|independent sources|records?|entries|incidents?|figures|older|more lines?|days old)\b/g,
  /\bCredibility [1-6]\b/g,
  // Rules of docs/figures.md
  /\bR\d{1,2}\b/g,
];

/** What is left of our own words when dates, ids and counts of our own things are taken out. No digit may be. */
export const beyondGrammar = (words: string): string => OURS.reduce((text, form) => text.replace(form, ''), words);

const BANNED = /\b(?:terroris\w*|regime\w*|martyr\w*|however|in fact|debunk\w*|falsely)\b/i;
const unquoted = (words: string): string => words.replace(/[“"][^”"]*[”"]/g, '');

export interface Breach {
  readonly gate: 'attribution' | 'numbers' | 'words';
  readonly what: string;
}

/** Everything in one document that breaks a gate; empty where all hold. */
export function breachesOf(document: Document, known: Known): readonly Breach[] {
  const found: Breach[] = [];
  const checkOf =
    (gate: Breach['gate']) =>
    (ok: boolean, what: string): void => {
      if (!ok) found.push({ gate, what });
    };
  const [cited, number, check] = [checkOf('attribution'), checkOf('numbers'), checkOf('words')];
  const own = (piece: Piece): void => {
    if (piece.type === 'text') number(!/\d/.test(beyondGrammar(piece.text)), `a digit of our own: “${piece.text}”`);
  };
  for (const line of linesOf(document)) {
    const words = wordsOf(line);
    cited(line.citations.length > 0, `no citation: ${words}`);
    cited(known.picture.entries.has(line.entry), `no entry ${line.entry}: ${words}`);
    for (const { report } of line.citations)
      cited(reportIn(known, report) !== undefined, `no report ${report}: ${words}`);
    for (const piece of line.pieces) {
      own(piece);
      if (piece.type === 'total') {
        const addends = piece.of.map(({ report, index }) => reportIn(known, report)?.figures[index]);
        number(addends.length > 0, `a sum of nothing: ${words}`);
        // R3, R12: only figures of incidents and windows, and of one measure, are ever added; or the parts of one report's
        // own breakdown (R2b).
        const breakdown =
          new Set(piece.of.map((ref) => ref.report)).size === 1 && addends.slice(1).every((f) => f?.part);
        number(
          breakdown || addends.every((f) => f !== undefined && (f.mode === 'incident' || f.mode === 'increment')),
          `a sum of what may not be added: ${words}`,
        );
        number(new Set(addends.map((f) => f?.measure)).size === 1, `a sum of several measures: ${words}`);
      }
      if (piece.type !== 'figure') continue;
      for (const { report, index } of piece.of) {
        const figure = reportIn(known, report)?.figures[index];
        number(
          figure !== undefined && [phrase(figure, known.picture.situation), quantity(figure)].includes(piece.text),
          `not the figure that ${report} gives: “${piece.text}”`,
        );
        // An earlier value of the same originator's series need not be cited beside the live one.
        const by = shortName(known.registry, reportIn(known, report)?.originator ?? '');
        cited(
          line.citations.some((c) => c.report === report || c.originator === by),
          `a figure of ${report}, whose originator is not cited: ${words}`,
        );
      }
    }
    if (document.kind !== 'entry' && document.kind !== 'history')
      check(!BANNED.test(unquoted(words)), `a word that we do not use: ${words}`);
  }
  for (const { rows = [] } of document.sections) for (const row of rows) row.forEach(own);
  for (const words of document.sections.flatMap((s) => [s.heading ?? '', ...(s.notes ?? [])]))
    check(!BANNED.test(words), `a word that we do not use: ${words}`);
  const notes = document.sections.flatMap((s) => s.notes ?? []);
  check(!/no casualties/i.test(notes.join(' ')), 'unknown is told as none');
  return found;
}
