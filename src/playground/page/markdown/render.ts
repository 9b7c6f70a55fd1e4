import { html, nothing, type TemplateResult } from 'lit';
import { formatTimestamp, fullMoment, type Reader } from '../time.ts';
import { parseInline } from './inline.ts';
import { parseMarkdown } from './parse.ts';
import type { Block, Inline, ListItem, MentionKind } from './tree.ts';

/** What a text needs to know about its surroundings to be drawn. */
export interface MarkdownContext {
  readonly reader: Reader;
  /** Ids that the message really mentions; only these become pills. */
  readonly mentions: {
    readonly user: ReadonlySet<string>;
    readonly role: ReadonlySet<string>;
    readonly everyone: boolean;
  };
  readonly nameOf: (kind: MentionKind, id: string) => string | undefined;
  readonly openChannel: (id: string) => void;
  readonly writeCommand: (name: string) => void;
}

type Piece = TemplateResult | string | typeof nothing;

/** Longest memory of parsed texts; messages are drawn far more often than they change. */
const REMEMBERED = 400;
const parsed = new Map<string, readonly Block[]>();

function blocksOf(source: string): readonly Block[] {
  const known = parsed.get(source);
  if (known !== undefined) return known;
  const blocks = parseMarkdown(source);
  if (parsed.size >= REMEMBERED) parsed.clear();
  parsed.set(source, blocks);
  return blocks;
}

function reveal(event: Event): void {
  if (!(event.currentTarget instanceof HTMLElement)) return;
  if (event instanceof KeyboardEvent) {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
  }
  const spoiler = event.currentTarget;
  if (spoiler.dataset['revealed'] !== undefined) return;
  // A link under the cover must not open by the click that lifts the cover.
  event.preventDefault();
  spoiler.dataset['revealed'] = '';
  for (const name of ['role', 'tabindex', 'aria-label']) spoiler.removeAttribute(name);
}

function timestamp(node: Extract<Inline, { type: 'timestamp' }>, context: MarkdownContext): Piece {
  const text = formatTimestamp(node.seconds, node.style, context.reader);
  if (text === undefined) return node.raw;
  const at = node.seconds * 1000;
  return html`<time class="md-time" datetime=${new Date(at).toISOString()} title=${fullMoment(at, context.reader)}>${text}</time>`;
}

const SIGN = { user: '@', role: '@', channel: '#' } as const;

function mention(node: Extract<Inline, { type: 'mention' }>, context: MarkdownContext): Piece {
  const name = context.nameOf(node.kind, node.id);
  if (node.kind === 'channel') {
    if (name === undefined) return html`<span class="pill">#unknown</span>`;
    return html`<button type="button" class="pill" @click=${() => context.openChannel(node.id)}>#${name}</button>`;
  }
  const text = name === undefined ? node.raw : `${SIGN[node.kind]}${name}`;
  return context.mentions[node.kind].has(node.id) ? html`<span class="pill">${text}</span>` : text;
}

function inline(node: Inline, context: MarkdownContext): Piece {
  switch (node.type) {
    case 'text':
      return node.text;
    case 'code':
      return html`<code class="md-code">${node.text}</code>`;
    case 'bold':
      return html`<strong>${inlines(node.children, context)}</strong>`;
    case 'italic':
      return html`<em>${inlines(node.children, context)}</em>`;
    case 'underline':
      return html`<u>${inlines(node.children, context)}</u>`;
    case 'strike':
      return html`<s>${inlines(node.children, context)}</s>`;
    case 'spoiler':
      return html`<span class="spoiler" role="button" tabindex="0" aria-label="Spoiler, press to reveal" @click=${reveal} @keydown=${reveal}
        ><span class="spoiler-text">${inlines(node.children, context)}</span></span>`;
    case 'link':
      return html`<a class="md-link" href=${node.href} title=${node.masked ? node.href : nothing} target="_blank" rel="noopener noreferrer"
        ><bdi>${inlines(node.children, context)}</bdi></a>`;
    case 'timestamp':
      return timestamp(node, context);
    case 'mention':
      return mention(node, context);
    case 'everyone':
      return context.mentions.everyone ? html`<span class="pill">${node.text}</span>` : node.text;
    case 'command':
      return html`<button type="button" class="pill" @click=${() => context.writeCommand(node.name)}>/${node.name}</button>`;
    default:
      return nothing;
  }
}

const inlines = (nodes: readonly Inline[], context: MarkdownContext): Piece[] =>
  nodes.map((node) => inline(node, context));

function listItem(item: ListItem, context: MarkdownContext): TemplateResult {
  return html`<li dir="auto"><span class="md-line">${inlines(item.children, context)}</span>${blocks(item.nested, context)}</li>`;
}

function heading(node: Extract<Block, { type: 'heading' }>, context: MarkdownContext): TemplateResult {
  const text = inlines(node.children, context);
  // The channel's name is the page's h1 and "Messages" its h2.
  if (node.level === 1) return html`<h3 class="md-h1" dir="auto">${text}</h3>`;
  if (node.level === 2) return html`<h4 class="md-h2" dir="auto">${text}</h4>`;
  return html`<h5 class="md-h3" dir="auto">${text}</h5>`;
}

function block(node: Block, context: MarkdownContext): TemplateResult {
  switch (node.type) {
    case 'heading':
      return heading(node, context);
    case 'subtext':
      return html`<p class="md-sub" dir="auto">${inlines(node.children, context)}</p>`;
    case 'quote':
      return html`<blockquote class="md-quote">${blocks(node.children, context)}</blockquote>`;
    case 'list': {
      const items = node.items.map((item) => listItem(item, context));
      return node.start === undefined
        ? html`<ul class="md-list">${items}</ul>`
        : html`<ol class="md-list" start=${node.start}>${items}</ol>`;
    }
    case 'code-block':
      return html`<pre class="md-pre" tabindex="0" dir="auto"><code>${node.text}</code></pre>`;
    default:
      return html`<p class="md-p" dir="auto">${inlines(node.children, context)}</p>`;
  }
}

const blocks = (nodes: readonly Block[], context: MarkdownContext): TemplateResult[] =>
  nodes.map((node) => block(node, context));

/** A whole text with blocks. Text goes into text nodes only, so nothing in it can become markup. */
export const markdown = (source: string, context: MarkdownContext): TemplateResult =>
  html`<div class="md">${blocks(blocksOf(source), context)}</div>`;

/** One line with inline formatting only: titles, names of fields. */
export const markdownLine = (source: string, context: MarkdownContext): Piece[] =>
  inlines(parseInline(source), context);
