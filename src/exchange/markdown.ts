import type { Citation, Document, Line, Piece } from '../briefing/document.ts';
import { ownCitations, STATUS_WORDS } from '../briefing/document.ts';
import { clean } from '../briefing/plain.ts';

/**
 * Text as Markdown that shows exactly it. Whatever could begin a link, emphasis, code, HTML, a table or a footnote is
 * escaped; so are the colon of an address and the dot of "www.", from which GitHub's dialect makes links by itself.
 */
const literal = (text: string): string =>
  clean(text)
    .replace(/[\\`*_[\]<>~|^$&#{}@]/g, '\\$&')
    .replace(/:(?=\/\/)/g, '\\:')
    .replace(/\b(www|mailto|xmpp)([.:])/gi, '$1\\$2');

/** The same at the start of a block, where a number, a dash or a plus sign would begin a list, and "=" underline a heading. */
const atStart = (text: string): string =>
  text.replace(/^(\s*)(\d+)([.)])/, '$1$2\\$3').replace(/^(\s*)([-+=])/, '$1\\$2');

/** An address that cannot leave its angle brackets; undefined for what is no web address. */
function address(url: string | undefined): string | undefined {
  if (url === undefined || !/^https?:\/\//i.test(url)) return undefined;
  return clean(url).replace(/[\s<>\\]/g, encodeURIComponent);
}

const piece = (p: Piece): string => {
  if (p.type === 'command') return literal(`/${p.line}`);
  if (p.type === 'link') {
    const url = address(p.url);
    return url === undefined ? literal(p.text) : `${literal(p.text)} <${url}>`;
  }
  const text = literal(p.text);
  return p.type === 'strong' && text.trim() !== '' ? text.replace(/^(\s*)(.*?)(\s*)$/s, '$1**$2**$3') : text;
};

/** Two bold pieces side by side would meet as "****". */
const pieces = (list: readonly Piece[]): string => atStart(list.map(piece).join('').replaceAll('****', ''));

/** Footnotes in the order in which they are first called; one report is one footnote. */
function notebook() {
  const numbers = new Map<string, { readonly number: number; readonly citation: Citation }>();
  return {
    call(citation: Citation): string {
      const known = numbers.get(citation.report) ?? { number: numbers.size + 1, citation };
      numbers.set(citation.report, known);
      return `[^${known.number}]`;
    },
    all: (): readonly string[] =>
      [...numbers.values()].map(({ number, citation: c }) => {
        const via = c.publisher === undefined ? '' : ` via ${literal(c.publisher)}`;
        const url = address(c.url);
        const where = url !== undefined ? `, <${url}>` : c.url === undefined ? '' : `, ${literal(c.url)}`;
        return `[^${number}]: ${literal(c.originator)}${via}, ${literal(c.published)}${where} (${literal(c.report)})`;
      }),
  };
}

function line(l: Line, depth: number, call: (c: Citation) => string, parent?: Line): readonly string[] {
  const own = ownCitations(l, parent);
  const status = l.status === undefined ? '' : ` (${STATUS_WORDS[l.status]})`;
  const entry = l.entry === '' || own.length === 0 ? '' : ` · ${literal(l.entry)}`;
  const text = `${'  '.repeat(depth)}- ${pieces(l.pieces)}${status}${entry}${own.map(call).join('')}`;
  return [text, ...(l.under ?? []).flatMap((u) => line(u, depth + 1, call, l))];
}

/** A document as Markdown (with the footnotes of GitHub, Pandoc and most editors): every line, every source once. Ends with a newline. */
export function markdown(document: Document): string {
  const { call, all } = notebook();
  const out = [`# ${literal(document.title)}`];
  const paragraph = (text: string): void => void out.push('', atStart(literal(text)));
  for (const text of document.subtitle) paragraph(text);
  if (document.drawing) paragraph(`Picture: ${document.drawing.alt}`);
  for (const { heading, lines, rows = [], notes = [] } of document.sections) {
    if (heading !== undefined) out.push('', `## ${literal(heading)}`);
    if (lines.length + rows.length > 0) out.push('');
    for (const l of lines) out.push(...line(l, 0, call));
    for (const row of rows) out.push(`- ${pieces(row)}`);
    for (const note of notes) paragraph(note);
  }
  if (document.footer.length > 0) out.push('', '---');
  for (const text of document.footer) paragraph(text);
  const notes = all();
  if (notes.length > 0) out.push('', ...notes);
  return `${out.join('\n')}\n`;
}
