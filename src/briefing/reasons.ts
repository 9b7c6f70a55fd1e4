import type { Reason, Report } from '../model/entry.ts';
import { phrase } from '../picture/wording.ts';
import type { Piece } from './document.ts';
import type { Known } from './tell.ts';
import { said, text } from './tell.ts';

export const REASON_WORDS: Readonly<Record<Reason, string>> = {
  new_information: 'new information',
  source_corrected: 'the source corrected itself',
  our_error: 'our error',
  duplicate: 'duplicate',
  relay_error: 'relay error',
  scope: 'another scope',
  privacy: 'privacy',
};

/** ": relay error", where a reason was given. */
export const reasonOf = (mark: { readonly reason?: Reason | undefined } | undefined): readonly Piece[] =>
  mark?.reason ? [text(`: ${REASON_WORDS[mark.reason]}`)] : [];

/** " — what the desk noted". Stands last: a note is a sentence of its own. */
export const noteOf = (mark: { readonly note?: string | undefined } | undefined): readonly Piece[] =>
  mark?.note ? [text(' — '), said(mark.note)] : [];

/** ": relay error — what the desk noted". Nothing where no reason was given. */
export const because = (
  mark: { readonly reason?: Reason | undefined; readonly note?: string | undefined } | undefined,
): readonly Piece[] => [...reasonOf(mark), ...noteOf(mark)];

/** ": what the report says", or its figures where it has no sentence. */
export function reportGist({ picture }: Known, report: Report): readonly Piece[] {
  if (report.says) return [text(': '), said(report.says)];
  if (report.figures.length === 0) return [];
  return [text(': '), said(report.figures.map((f) => phrase(f, picture.situation)).join('; '))];
}
