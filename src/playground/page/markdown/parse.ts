import { parseInline } from './inline.ts';
import type { Block, ListItem } from './tree.ts';

/**
 * Reads Discord's flavour of Markdown into a tree. Never throws: what is not formatting stays text. Nothing here knows
 * the DOM, so that what a text means is tested without a browser.
 */
export function parseMarkdown(source: string): Block[] {
  return parseBlocks(source.replaceAll('\r\n', '\n'), false);
}

const LIST_LINE = /^( *)([-*]|\d{1,9}\.) +(\S.*)$/;
const FENCE = '```';

interface ListLine {
  readonly indent: number;
  readonly start?: number;
  readonly text: string;
}

function listLine(line: string): ListLine | undefined {
  const match = LIST_LINE.exec(line);
  if (match === null) return undefined;
  const marker = match[2] ?? '';
  const base = { indent: (match[1] ?? '').length, text: match[3] ?? '' };
  return /\d/.test(marker) ? { ...base, start: Number.parseInt(marker, 10) } : base;
}

/** Lists of the lines that stand at least as deep as the first; deeper lines nest under the item above them. */
function lists(lines: readonly ListLine[]): Block[] {
  const blocks: { start?: number; items: ListItem[] }[] = [];
  let index = 0;
  while (index < lines.length) {
    const line = lines[index];
    if (line === undefined) break;
    let after = index + 1;
    while ((lines[after]?.indent ?? -1) > line.indent) after += 1;
    const item: ListItem = { children: parseInline(line.text), nested: lists(lines.slice(index + 1, after)) };
    const open = blocks.at(-1);
    if (open !== undefined && (open.start === undefined) === (line.start === undefined)) open.items.push(item);
    else blocks.push(line.start === undefined ? { items: [item] } : { start: line.start, items: [item] });
    index = after;
  }
  return blocks.map((block) => ({ type: 'list', ...block }));
}

function lineBlock(line: string): Block | undefined {
  const heading = /^(#{1,3}) +(\S.*)$/.exec(line);
  if (heading !== null) {
    const level = (heading[1] ?? '#').length as 1 | 2 | 3;
    return { type: 'heading', level, children: parseInline((heading[2] ?? '').trimEnd()) };
  }
  const subtext = /^-# +(\S.*)$/.exec(line);
  if (subtext !== null) return { type: 'subtext', children: parseInline(subtext[1] ?? '') };
  return undefined;
}

interface Fence {
  readonly from: number;
  readonly end: number;
  readonly block: Block;
}

/** The fenced block that opens in the line [from, lineEnd), if it is closed somewhere. */
function fenceIn(source: string, from: number, lineEnd: number): Fence | undefined {
  const open = source.indexOf(FENCE, from);
  if (open === -1 || open >= lineEnd || source[open - 1] === '\\') return undefined;
  const close = source.indexOf(FENCE, open + FENCE.length);
  if (close === -1) return undefined;
  const inside = source.slice(open + FENCE.length, close);
  if (inside.trim() === '') return undefined;
  const headed = /^([\w+#.-]{1,32})\n([\s\S]*\S[\s\S]*)$/.exec(inside);
  const text = (headed?.[2] ?? inside).replace(/^\n+/, '').replace(/\n+$/, '');
  const language = headed?.[1];
  return {
    from: open,
    end: close + FENCE.length,
    block: language === undefined ? { type: 'code-block', text } : { type: 'code-block', language, text },
  };
}

function parseBlocks(source: string, quoted: boolean): Block[] {
  const blocks: Block[] = [];
  let paragraph: string[] = [];
  const flush = (): void => {
    const text = paragraph.join('\n').replace(/^\n+|\n+$/g, '');
    if (text.trim() !== '') blocks.push({ type: 'paragraph', children: parseInline(text) });
    paragraph = [];
  };
  const push = (...found: Block[]): void => {
    flush();
    blocks.push(...found);
  };
  /** Reads lines from `at` while `read` understands them; answers what it read and where it stopped. */
  const take = <T>(
    at: number,
    read: (line: string) => T | undefined,
  ): { readonly items: T[]; readonly end: number } => {
    const items: T[] = [];
    let position = at;
    while (position < source.length) {
      const lineEnd = endOfLine(source, position);
      const item = read(source.slice(position, lineEnd));
      if (item === undefined) break;
      items.push(item);
      position = lineEnd + 1;
    }
    return { items, end: position };
  };

  let at = 0;
  while (at < source.length) {
    const lineEnd = endOfLine(source, at);
    const line = source.slice(at, lineEnd);
    if (!quoted && line.startsWith('>>> ')) {
      push({ type: 'quote', children: parseBlocks(source.slice(at + 4), true) });
      return blocks;
    }
    if (!quoted && line.startsWith('> ')) {
      const quote = take(at, (text) => (text.startsWith('> ') || text === '>' ? text.slice(2) : undefined));
      push({ type: 'quote', children: parseBlocks(quote.items.join('\n'), true) });
      at = quote.end;
      continue;
    }
    const single = lineBlock(line);
    if (single !== undefined) {
      push(single);
      at = lineEnd + 1;
      continue;
    }
    if (listLine(line) !== undefined) {
      const found = take(at, listLine);
      push(...lists(found.items));
      at = found.end;
      continue;
    }
    const fence = fenceIn(source, at, lineEnd);
    if (fence !== undefined) {
      if (fence.from > at) paragraph.push(source.slice(at, fence.from));
      push(fence.block);
      at = source[fence.end] === '\n' ? fence.end + 1 : fence.end;
      continue;
    }
    paragraph.push(line);
    at = lineEnd + 1;
  }
  flush();
  return blocks;
}

function endOfLine(source: string, from: number): number {
  const end = source.indexOf('\n', from);
  return end === -1 ? source.length : end;
}
