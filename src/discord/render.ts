import type { Citation, Document, Line, Piece, Section } from '../briefing/document.ts';
import { ownCitations, STATUS_WORDS } from '../briefing/document.ts';
import { chunks, clean, cut, escapeText, guardStart } from './escape.ts';
import { limits } from './limits.ts';
import { link, shortName } from './links.ts';

/** One line with its citations, in parts between which it may be parted if it is larger than a whole page. */
export interface Block {
  /** What the line begins with, and what each later part of it begins with. */
  readonly first: string;
  readonly again: string;
  readonly body: readonly string[];
  /** Status and citations: they stay together, with the last of the body. */
  readonly tail: readonly string[];
  /** The tail with every citation, for a line that is parted from the one above it, which cites the same. */
  readonly alone?: readonly string[];
}

/** Blocks that stay on one page where they fit on one: a line and what belongs under it. */
export type Group = readonly [Block, ...Block[]];

/** A run of lines under one heading. The first chapter is the header; its heading is the title. */
export interface Chapter {
  readonly role: 'header' | 'section' | 'footer';
  readonly heading?: string;
  /** The heading where the chapter goes on after a page break. */
  readonly headingAgain?: string;
  readonly groups: readonly Group[];
}

export interface RenderOptions {
  /** "brief" → "</brief:123…>"; undefined where there is no such command. */
  readonly mention?: ((path: string) => string | undefined) | undefined;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function dayWords(day: string, withYear: boolean): string {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})/.exec(day) ?? [];
  const name = MONTHS[Number(month) - 1];
  return name === undefined ? day : `${Number(date)} ${name}${withYear ? ` ${year}` : ''}`;
}

const allLines = (lines: readonly Line[]): readonly Line[] =>
  lines.flatMap((line) => [line, ...allLines(line.under ?? [])]);

/** The year may be left out of citations where it is the same in all of them and stands at the top. */
function needsYear(document: Document): boolean {
  const lines = document.sections.flatMap((section) => allLines(section.lines));
  const years = new Set(lines.flatMap((line) => line.citations.map((citation) => citation.published.slice(0, 4))));
  const top = [document.title, ...document.subtitle].join(' ');
  return [...years].some((year) => years.size > 1 || !new RegExp(`(?<!\\w)${year}(?!\\d)`).test(top));
}

function citationText({ originator, publisher, published, url }: Citation, withYear: boolean): string {
  const via = publisher === undefined || publisher === originator ? '' : ` via ${shortName(publisher)}`;
  return link(`${shortName(originator)}${via}, ${dayWords(published, withYear)}`, url);
}

/** A moment known to the minute is shown in each reader's zone; a day belongs to the situation and is never converted. */
function timeText(at: string, text: string): string {
  const ms = at.includes('T') ? Date.parse(at) : Number.NaN;
  return Number.isNaN(ms) ? escapeText(text) : `<t:${Math.floor(ms / 1000)}:f>`;
}

type Mention = RenderOptions['mention'];

/** A command that can be pressed, with what is to be typed after it; or the line to type. */
function commandText(path: string, line: string, mention: Mention): string {
  const pressed = line === path || line.startsWith(`${path} `) ? mention?.(path) : undefined;
  return pressed === undefined ? escapeText(`/${line}`) : `${pressed}${escapeText(line.slice(path.length))}`;
}

/** Messages are sent so that no mention notifies anybody. */
const MENTIONS = { user: '@', role: '@&', channel: '#' } as const;

function pieceAtoms(piece: Piece, mention: Mention): string[] {
  if (piece.type === 'command') return [commandText(piece.path, piece.line, mention)];
  if (piece.type === 'mention' && /^\d{17,20}$/.test(piece.id)) return [`<${MENTIONS[piece.of]}${piece.id}>`];
  if (piece.type === 'link') return [link(piece.text, piece.url)];
  if (piece.type === 'time') return [timeText(piece.at, piece.text)];
  // Our own wording is escaped as well: it quotes names and places of the store. A figure is shorter than a chunk.
  const atoms = chunks(piece.text).map(escapeText);
  return piece.type === 'strong' ? atoms.filter((text) => text.trim() !== '').map((text) => `**${text}**`) : atoms;
}

/** Two bold pieces side by side would meet as "****", which is not bold. */
function joinStrong(pieces: readonly Piece[]): readonly Piece[] {
  const out: Piece[] = [];
  for (const piece of pieces) {
    const last = out.at(-1);
    if (piece.type === 'strong' && last?.type === 'strong')
      out[out.length - 1] = { type: 'strong', text: last.text + piece.text };
    else out.push(piece);
  }
  return out;
}

/** Pieces as the text of a list item. */
function bodyOf(pieces: readonly Piece[], mention: Mention): string[] {
  const [start = '', ...rest] = joinStrong(pieces).flatMap((piece) => pieceAtoms(piece, mention));
  return [guardStart(start), ...rest];
}

interface Context {
  readonly withYear: boolean;
  readonly mention: Mention;
}

/** Status, citations and entry, in parts that stay whole. */
function tailOf(line: Line, citations: readonly Citation[], withYear: boolean): readonly string[] {
  const status = line.status === undefined ? [] : [` (${STATUS_WORDS[line.status]})`];
  const entry = line.entry === '' || citations.length === 0 ? '' : ` · ${escapeText(line.entry)}`;
  const cited = citations.map((citation, at) => `${at === 0 ? ' · ' : '; '}${citationText(citation, withYear)}`);
  return [...status, ...cited.slice(0, -1), `${cited.at(-1) ?? ''}${entry}`];
}

function lineBlocks(line: Line, depth: number, context: Context, parent?: Line): [Block, ...Block[]] {
  const { withYear, mention } = context;
  const indent = '  '.repeat(depth);
  const own = ownCitations(line, parent);
  const block: Block = {
    first: `${indent}- `,
    again: `${indent}- … `,
    body: bodyOf(line.pieces, mention),
    tail: tailOf(line, own, withYear),
    ...(own.length < line.citations.length && { alone: tailOf(line, line.citations, withYear) }),
  };
  return [block, ...(line.under ?? []).flatMap((under) => lineBlocks(under, depth + 1, context, line))];
}

/** A line that stands alone, and each line under it, without the bullet: with its year, status, citations and entry. */
export function lineTexts(line: Line): readonly string[] {
  const own = tailOf(line, line.citations, true);
  return [
    `${bodyOf(line.pieces, undefined).join('')}${own.join('')}`,
    ...(line.under ?? []).flatMap((under) => lineTexts(under)),
  ];
}

/** Our own words, in which "/brief" becomes a command that can be pressed. */
export function ownWords(text: string, mention: Mention): string {
  const parts: string[] = [];
  let from = 0;
  for (const match of text.matchAll(/(?<![^\s(“"])\/([a-z0-9_-]+(?: [a-z0-9_-]+){0,2})/g)) {
    const words = (match[1] ?? '').split(' ');
    for (let count = words.length; count > 0; count -= 1) {
      const path = words.slice(0, count).join(' ');
      const mentioned = mention?.(path);
      if (mentioned === undefined) continue;
      parts.push(escapeText(text.slice(from, match.index)), mentioned);
      from = match.index + 1 + path.length;
      break;
    }
  }
  return [...parts, escapeText(text.slice(from))].join('');
}

/** Small print: subtitle, notes, footer. */
function smallPrint(text: string, mention: Mention): Group {
  const body = chunks(text).map((chunk) => ownWords(chunk, mention));
  return [{ first: '-# ', again: '-# … ', body, tail: [] }];
}

const headingText = (text: string, most: number): string => escapeText(cut(clean(text), most));

const rowGroup = (pieces: readonly Piece[], mention: Mention): Group => [
  { first: '- ', again: '- … ', body: bodyOf(pieces, mention), tail: [] },
];

function sectionChapter(section: Section, context: Context): Chapter | undefined {
  const { mention } = context;
  const groups = [
    ...section.lines.map((line): Group => lineBlocks(line, 0, context)),
    ...(section.rows ?? []).map((row) => rowGroup(row, mention)),
    ...(section.notes ?? []).map((note) => smallPrint(note, mention)),
  ];
  if (groups.length === 0) return undefined;
  if (section.heading === undefined) return { role: 'section', groups };
  const heading = `### ${headingText(section.heading, limits.heading)}`;
  return { role: 'section', heading, headingAgain: `${heading} (continued)`, groups };
}

/** A document as Discord markdown, not yet on pages. Whatever comes from the store is literal text. */
export function render(document: Document, { mention }: RenderOptions = {}): readonly [Chapter, ...Chapter[]] {
  const withYear = needsYear(document);
  const heading = `## ${headingText(document.title, limits.title)}`;
  const header: Chapter = {
    role: 'header',
    heading,
    headingAgain: `${heading} (continued)`,
    groups: document.subtitle.map((text) => smallPrint(text, undefined)),
  };
  const sections = document.sections
    .map((section) => sectionChapter(section, { withYear, mention }))
    .filter((chapter) => chapter !== undefined);
  const footer: Chapter = { role: 'footer', groups: document.footer.map((text) => smallPrint(text, mention)) };
  return [header, ...sections, ...(footer.groups.length > 0 ? [footer] : [])];
}
