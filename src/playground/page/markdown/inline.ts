import type { Inline } from './tree.ts';

/** Formatting nested deeper than this is left as text: nobody writes it, and it keeps hostile input cheap. */
const DEEPEST = 16;

interface Found {
  readonly node: Inline;
  readonly end: number;
}

interface Surroundings {
  readonly depth: number;
  /** Inside a link label no second link may start. */
  readonly inLink: boolean;
}

/** The address as a browser would open it, or undefined when it is not plain http or https. */
export function safeHref(address: string): string | undefined {
  if (!/^https?:\/\//i.test(address)) return undefined;
  try {
    const url = new URL(address);
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : undefined;
  } catch {
    return undefined;
  }
}

/** Length of the run of `char` that starts at `from`. */
function runLength(text: string, from: number, char: string): number {
  let end = from;
  while (text[end] === char) end += 1;
  return end - from;
}

/** Where the code span opened at `from` ends, or undefined when it is never closed. */
function codeSpanEnd(text: string, from: number): { readonly inner: string; readonly end: number } | undefined {
  const ticks = runLength(text, from, '`');
  let at = from + ticks;
  while (at < text.length) {
    if (text[at] !== '`') {
      at += 1;
      continue;
    }
    const run = runLength(text, at, '`');
    if (run === ticks) return { inner: text.slice(from + ticks, at), end: at + run };
    at += run;
  }
  return undefined;
}

/** Position of the delimiter that closes, skipping escapes and code spans; `accept` may turn a candidate down. */
function closing(text: string, from: number, delimiter: string, accept: (at: number) => boolean): number | undefined {
  let at = from;
  while (at < text.length) {
    if (text[at] === '\\') {
      at += 2;
      continue;
    }
    if (text[at] === '`') {
      at = codeSpanEnd(text, at)?.end ?? at + 1;
      continue;
    }
    if (at > from && text.startsWith(delimiter, at) && accept(at)) return at;
    at += 1;
  }
  return undefined;
}

const isWord = (char: string | undefined): boolean => char !== undefined && /[\p{L}\p{N}_]/u.test(char);
const isSpace = (char: string | undefined): boolean => char === undefined || /\s/.test(char);

type Pair = 'bold' | 'italic' | 'underline' | 'strike' | 'spoiler';

function pair(text: string, at: number, delimiter: string, type: Pair, around: Surroundings): Found | undefined {
  const from = at + delimiter.length;
  const mark = delimiter[0];
  const end = closing(text, from, delimiter, (candidate) => {
    if (type === 'strike' || type === 'spoiler') return true;
    const next = text[candidate + delimiter.length];
    if (type !== 'italic') return next !== mark;
    if (text[candidate - 1] === mark || next === mark) return false;
    return mark === '_' ? !isWord(next) : !isSpace(text[candidate - 1]);
  });
  if (end === undefined) return undefined;
  const children = parseInline(text.slice(from, end), { ...around, depth: around.depth + 1 });
  return { node: { type, children }, end: end + delimiter.length };
}

function emphasis(text: string, at: number, around: Surroundings): Found | undefined {
  const mark = text[at] ?? '';
  if (text[at + 1] === mark) {
    const doubled = pair(text, at, mark + mark, mark === '*' ? 'bold' : 'underline', around);
    if (doubled !== undefined) return doubled;
  }
  if (mark === '_' ? isWord(text[at - 1]) : isSpace(text[at + 1])) return undefined;
  return pair(text, at, mark, 'italic', around);
}

/** Position of the bracket that closes the one at `at`. */
function bracketEnd(text: string, at: number, open: string, close: string): number | undefined {
  let level = 0;
  for (let index = at; index < text.length; index += 1) {
    const char = text[index];
    if (char === '\\') index += 1;
    else if (char === open) level += 1;
    else if (char === close) {
      level -= 1;
      if (level === 0) return index;
    }
  }
  return undefined;
}

function maskedLink(text: string, at: number, around: Surroundings): Found | undefined {
  const labelEnd = bracketEnd(text, at, '[', ']');
  if (labelEnd === undefined || text[labelEnd + 1] !== '(') return undefined;
  const end = bracketEnd(text, labelEnd + 1, '(', ')');
  if (end === undefined) return undefined;
  const label = text.slice(at + 1, labelEnd);
  // A label that shows one address and leads to another is how people are fooled: Discord does not link it either.
  if (label.trim() === '' || /https?:\/\//i.test(label)) return undefined;
  const inside = text.slice(labelEnd + 2, end).trim();
  const address = /^<?([^\s<>]+)>?(?:\s+"[^"]*")?$/.exec(inside)?.[1];
  const href = address === undefined ? undefined : safeHref(address);
  if (href === undefined) return undefined;
  const children = parseInline(label, { depth: around.depth + 1, inLink: true });
  return { node: { type: 'link', href, masked: true, children }, end: end + 1 };
}

function bareLink(text: string, at: number): Found | undefined {
  if (isWord(text[at - 1])) return undefined;
  // "](" ends an address: what follows is the target of a link that was turned down.
  const match = /^https?:\/\/(?:(?!\]\()[^\s<])+/i.exec(text.slice(at, at + 2048));
  if (match === null) return undefined;
  let address = match[0];
  for (;;) {
    const last = address.at(-1) ?? '';
    const unbalanced = last === ')' && address.split('(').length < address.split(')').length;
    if (!unbalanced && !'.,:;"\'!?]*_~|'.includes(last)) break;
    address = address.slice(0, -1);
  }
  const href = safeHref(address);
  if (href === undefined) return undefined;
  const children: Inline[] = [{ type: 'text', text: address }];
  return { node: { type: 'link', href, masked: false, children }, end: at + address.length };
}

/** Everything that Discord writes between angle brackets. */
function angled(text: string, at: number, around: Surroundings): Found | undefined {
  const close = text.indexOf('>', at);
  if (close === -1 || close - at > 2048) return undefined;
  const raw = text.slice(at, close + 1);
  const end = close + 1;
  const mention = /^<(@!?|@&|#)(\d{1,20})>$/.exec(raw);
  if (mention !== null) {
    const kind = mention[1] === '#' ? 'channel' : mention[1] === '@&' ? 'role' : 'user';
    return { node: { type: 'mention', kind, id: mention[2] ?? '', raw }, end };
  }
  const moment = /^<t:(-?\d{1,14})(?::([tTdDfFRsS]))?>$/.exec(raw);
  if (moment !== null) {
    return { node: { type: 'timestamp', seconds: Number(moment[1]), style: moment[2] ?? 'f', raw }, end };
  }
  const command = /^<\/([^:<>\n]{1,98}):(\d{1,20})>$/.exec(raw);
  if (command !== null) return { node: { type: 'command', name: command[1] ?? '', id: command[2] ?? '' }, end };
  const emoji = /^<a?(:\w{2,32}:)\d{1,20}>$/.exec(raw);
  if (emoji !== null) return { node: { type: 'text', text: emoji[1] ?? '' }, end };
  const address = raw.slice(1, -1);
  const href = around.inLink || /\s/.test(address) ? undefined : safeHref(address);
  if (href === undefined) return undefined;
  return { node: { type: 'link', href, masked: false, children: [{ type: 'text', text: address }] }, end };
}

function special(text: string, at: number, around: Surroundings): Found | undefined {
  const char = text[at];
  switch (char) {
    case '\\': {
      const next = text[at + 1];
      if (next === undefined || !/[!-/:-@[-`{-~]/.test(next)) return undefined;
      return { node: { type: 'text', text: next }, end: at + 2 };
    }
    case '`': {
      const span = codeSpanEnd(text, at);
      if (span === undefined) return undefined;
      const padded = /^ (.*\S.*) $/s.exec(span.inner);
      return { node: { type: 'code', text: padded?.[1] ?? span.inner }, end: span.end };
    }
    case '*':
    case '_':
      return emphasis(text, at, around);
    case '~':
      return text[at + 1] === '~' ? pair(text, at, '~~', 'strike', around) : undefined;
    case '|':
      return text[at + 1] === '|' ? pair(text, at, '||', 'spoiler', around) : undefined;
    case '[':
      return around.inLink ? undefined : maskedLink(text, at, around);
    case '<':
      return angled(text, at, around);
    case 'h':
    case 'H':
      return around.inLink ? undefined : bareLink(text, at);
    case '@': {
      const word = /^@(?:everyone|here)\b/.exec(text.slice(at, at + 10))?.[0];
      if (word !== '@everyone' && word !== '@here') return undefined;
      return { node: { type: 'everyone', text: word }, end: at + word.length };
    }
    default:
      return undefined;
  }
}

/** Reads formatting within a line or paragraph. Whatever cannot be read as formatting stays text, character by character. */
export function parseInline(text: string, around: Surroundings = { depth: 0, inLink: false }): Inline[] {
  const nodes: Inline[] = [];
  let plain = '';
  const flush = (): void => {
    if (plain !== '') nodes.push({ type: 'text', text: plain });
    plain = '';
  };
  let at = 0;
  while (at < text.length) {
    const found = around.depth < DEEPEST ? special(text, at, around) : undefined;
    if (found === undefined) {
      plain += text[at] ?? '';
      at += 1;
    } else {
      if (found.node.type === 'text') plain += found.node.text;
      else {
        flush();
        nodes.push(found.node);
      }
      at = found.end;
    }
  }
  flush();
  return nodes;
}
