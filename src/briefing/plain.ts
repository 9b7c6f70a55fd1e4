import type { Citation, Document, Line, Piece } from './document.ts';
import { ownCitations, STATUS_WORDS } from './document.ts';

function piece(p: Piece): string {
  if (p.type === 'command') return `/${p.line}`;
  return clean(p.type === 'link' ? `${p.text} (${p.url})` : p.text);
}

// Control and bidirectional characters of the store must not move a terminal's cursor or reorder what stands around them.
// oxlint-disable-next-line no-control-regex -- these characters are what is looked for
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;
/** Text on one line, without what could move a cursor or reorder its surroundings. */
export const clean = (text: string): string => text.replace(/[\n\t]+/g, ' ').replace(UNSEEN, '');

/** "SOHR via AFP, 2024-11-29, https://…" */
const cited = (c: Citation): string =>
  clean(
    `${c.originator}${c.publisher === undefined ? '' : ` via ${c.publisher}`}, ${c.published}${c.url === undefined ? '' : `, ${c.url}`}`,
  );

function line(l: Line, indent: string, parent?: Line): readonly string[] {
  const own = ownCitations(l, parent);
  const from = own.length > 0 ? ` [${l.entry}: ${own.map(cited).join('; ')}]` : '';
  const status = l.status === undefined ? '' : ` (${STATUS_WORDS[l.status]})`;
  return [
    `${indent}- ${l.pieces.map(piece).join('')}${status}${from}`,
    ...(l.under ?? []).flatMap((u) => line(u, `${indent}  `, l)),
  ];
}

/** The plain-text twin of a document: nothing of it is left out. Ends with a newline. */
export function plainText(document: Document): string {
  const out = [clean(document.title), ...document.subtitle.map(clean)];
  if (document.drawing) out.push('', `[Picture: ${clean(document.drawing.alt)}]`);
  for (const section of document.sections) {
    out.push('');
    if (section.heading !== undefined) out.push(clean(section.heading).toUpperCase());
    for (const l of section.lines) out.push(...line(l, ''));
    for (const row of section.rows ?? []) out.push(`- ${row.map(piece).join('')}`);
    for (const note of section.notes ?? []) out.push(clean(note));
  }
  if (document.footer.length > 0) out.push('', ...document.footer.map(clean));
  return `${out.join('\n')}\n`;
}
