import { limits } from './limits.ts';
import type { Block, Chapter, Group } from './render.ts';

/** One text display of a page. */
export interface Display {
  readonly role: Chapter['role'];
  readonly text: string;
}

export interface Page {
  readonly displays: readonly [Display, ...Display[]];
}

/** What a page may hold. */
export interface Budget {
  readonly characters: number;
  /** Where most characters take three bytes or more. */
  readonly wideCharacters: number;
  readonly bytes: number;
  readonly sections: number;
}

export const RICH: Budget = {
  characters: limits.textCharacters,
  wideCharacters: limits.wideTextCharacters,
  bytes: limits.textBytes,
  sections: limits.sectionDisplays,
};

export const PLAIN: Budget = {
  characters: limits.content,
  wideCharacters: limits.content,
  bytes: limits.textBytes,
  sections: Number.POSITIVE_INFINITY,
};

interface Cost {
  readonly characters: number;
  readonly wide: number;
  readonly bytes: number;
}

const NOTHING: Cost = { characters: 0, wide: 0, bytes: 0 };
/** A display of its own: Discord's overhead, and the line break by which the plain form sets it off. */
const DISPLAY: Cost = { characters: 1, wide: 0, bytes: limits.displayBytes + 1 };
const LINE_BREAK: Cost = { characters: 1, wide: 0, bytes: 1 };

const sum = (...costs: readonly Cost[]): Cost =>
  costs.reduce(
    (a, b) => ({ characters: a.characters + b.characters, wide: a.wide + b.wide, bytes: a.bytes + b.bytes }),
    NOTHING,
  );

function costOf(text: string): Cost {
  const wide = text.match(/[\u0800-\uffff]/g)?.length ?? 0;
  return { characters: text.length, wide, bytes: Buffer.byteLength(text) };
}

function within(cost: Cost, budget: Budget): boolean {
  // From two fifths on, so that what is added besides, such as line breaks, never tips the balance unseen.
  const most = cost.wide * 5 > cost.characters * 2 ? budget.wideCharacters : budget.characters;
  return cost.characters <= most && cost.bytes <= budget.bytes;
}

const wholeText = ({ first, body, tail }: Block): string => `${first}${body.join('')}${tail.join('')}`;

/** The parts of a line that is larger than a page. The citations stay whole, with the last of the text, if a page can hold that. */
function partsOf({ first, again, body, tail }: Block, fits: (text: string) => boolean): string[] {
  const ending = `${body.at(-1) ?? ''}${tail.join('')}`;
  const atoms = fits(`${again}${ending}`) ? [...body.slice(0, -1), ending] : [...body, ...tail];
  const parts: string[] = [];
  let part = '';
  for (const atom of atoms) {
    const start = parts.length === 0 ? first : again;
    if (part !== '' && !fits(`${start}${part}${atom} …`)) {
      parts.push(`${start}${part} …`);
      part = atom.trimStart();
    } else part += atom;
  }
  return [...parts, `${parts.length === 0 ? first : again}${part}`];
}

/** A page while lines are put on it. */
type Filling = [Lines, ...Lines[]];
interface Lines {
  readonly role: Chapter['role'];
  readonly lines: string[];
}

const display = ({ role, lines }: Lines): Display => ({ role, text: lines.join('\n') });

const finished = ([header, ...rest]: Filling): Page => ({ displays: [display(header), ...rest.map(display)] });

/**
 * Lines on pages: in order, each exactly once, none parted that fits on a page. A heading never stands without a line;
 * title and heading are repeated with "(continued)".
 */
export function pack(chapters: readonly [Chapter, ...Chapter[]], budget: Budget = RICH): readonly [Page, ...Page[]] {
  const [header] = chapters;
  const pages: Filling[] = [];
  let spent = NOTHING;

  const headingCost = (heading: string | undefined) =>
    heading === undefined ? NOTHING : sum(costOf(heading), LINE_BREAK);
  const pageStart = (first: boolean) => (first ? header.heading : header.headingAgain) ?? '';
  const start = (title: string): Filling => {
    spent = sum(DISPLAY, headingCost(title));
    return [{ role: 'header', lines: [title] }];
  };
  const firstPage = start(pageStart(true));
  let page = firstPage;
  pages.push(page);
  const turn = () => {
    page = start(pageStart(false));
    pages.push(page);
  };

  for (const chapter of chapters) {
    let begun = chapter === header;
    /** Whether the page that is being filled already has a display of this chapter. */
    let open = chapter === header;
    const opening = () => {
      if (open) return NOTHING;
      return sum(DISPLAY, headingCost(begun ? chapter.headingAgain : chapter.heading));
    };
    const room = () =>
      open || chapter.role !== 'section' || page.filter(({ role }) => role === 'section').length < budget.sections;
    const cost = (texts: readonly string[]) => sum(...texts.flatMap((text) => [costOf(text), LINE_BREAK]));
    const fitsHere = (texts: readonly string[]) => room() && within(sum(spent, opening(), cost(texts)), budget);
    /** On a page of its own, after the repeated title and the longer of the two headings. */
    const fitsFresh = (texts: readonly string[]) => {
      const heading = chapter === header ? NOTHING : sum(DISPLAY, headingCost(chapter.headingAgain));
      return within(sum(DISPLAY, headingCost(pageStart(false)), heading, cost(texts)), budget);
    };
    const put = (texts: readonly string[]) => {
      if (!fitsHere(texts)) {
        turn();
        open = chapter === header;
      }
      spent = sum(spent, opening(), cost(texts));
      if (!open) {
        const heading = begun ? chapter.headingAgain : chapter.heading;
        page.push({ role: chapter.role, lines: heading === undefined ? [] : [heading] });
      }
      page.at(-1)?.lines.push(...texts);
      open = true;
      begun = true;
    };
    const putGroup = (group: Group) => {
      const whole = group.map(wholeText);
      if (fitsHere(whole) || fitsFresh(whole)) return put(whole);
      for (const together of group) {
        const block = { ...together, tail: together.alone ?? together.tail };
        const text = wholeText(block);
        if (fitsHere([text]) || fitsFresh([text])) put([text]);
        else for (const part of partsOf(block, (candidate) => fitsFresh([candidate]))) put([part]);
      }
    };
    for (const group of chapter.groups) putGroup(group);
  }
  return [finished(firstPage), ...pages.slice(1).map(finished)];
}
