import type { Document, Line } from '../../src/briefing/document.ts';
import { breachesOf, linesOf, wordsOf } from '../../src/briefing/gates.ts';
import type { Known } from '../../src/briefing/tell.ts';

export { beyondGrammar, linesOf, wordsOf } from '../../src/briefing/gates.ts';

export const section = (document: Document, id: string): readonly Line[] =>
  document.sections.find((s) => s.id === id)?.lines ?? [];

export const allWords = (document: Document): readonly string[] => linesOf(document).map(wordsOf);

/** Everything that breaks a gate of the briefings; empty where all hold. */
export const breaches = (document: Document, known: Known): readonly string[] =>
  breachesOf(document, known).map(({ what }) => what);
