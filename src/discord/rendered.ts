import type { Document } from '../briefing/document.ts';
import { type Page, pack, RICH } from './pack.ts';
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
  const made = { chapters, rich: pack(chapters, RICH), called };
  kept.set(document, made);
  return made;
}
