import { type Document, numbered } from '../briefing/document.ts';
import { limits } from './limits.ts';
import { type Budget, type Page, pack, RICH } from './pack.ts';
import { type Chapter, type RenderOptions, render } from './render.ts';

/** A document as text, on the pages of the rich form. */
export interface Rendered {
  readonly chapters: readonly [Chapter, ...Chapter[]];
  readonly rich: readonly [Page, ...Page[]];
}

interface Kept extends Rendered {
  /** What each command was called in it: the names change when the commands are registered. */
  readonly called: ReadonlyMap<string, string | undefined>;
}

const kept = new WeakMap<Document, Kept>();

/** As long as a number can be: pages are packed as if each had this one, so that all who get a document share its pages. */
const LONGEST = 999_999_999;
const MARK = `Briefing B${LONGEST}.`;
const withRoom = new WeakMap<Document, Document>();

/** The document with room for its number at the top; see `withNumber`. The same document gives the same one. */
export function roomForNumber(document: Document): Document {
  const known = withRoom.get(document) ?? numbered(document, LONGEST);
  withRoom.set(document, known);
  return known;
}

/** A page on which the number stands where room was left for it: at the top of the first page. */
export function withNumber(page: Page, number: number): Page {
  const [header, ...rest] = page.displays;
  if (!header) return page;
  return { ...page, displays: [{ ...header, text: header.text.replace(MARK, `Briefing B${number}.`) }, ...rest] };
}

/** A second row of buttons leaves room for fewer sections. */
function budgetOf({ acts = [], follows = [] }: Document): Budget {
  const more = Math.min(acts.length + follows.length, limits.buttons) - limits.buttonsPerRow;
  return more > 0 ? { ...RICH, sections: RICH.sections - more - 1 } : RICH;
}

/** Renders a document once for all who get it and turn its pages, as long as its commands are called the same. */
export function rendered(document: Document, { mention }: RenderOptions): Rendered {
  const known = kept.get(document);
  if (known && [...known.called].every(([path, name]) => mention?.(path) === name)) return known;
  const called = new Map<string, string | undefined>();
  const chapters = render(document, {
    mention: (path) => {
      const name = mention?.(path);
      called.set(path, name);
      return name;
    },
  });
  const made = { chapters, rich: pack(chapters, budgetOf(document)), called };
  kept.set(document, made);
  return made;
}
