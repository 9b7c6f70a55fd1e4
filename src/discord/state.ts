import { z } from 'zod';
import { UserError } from '../errors.ts';
import { limits } from './limits.ts';
import type { ButtonIds } from './message.ts';

/** A question that can be asked again: what a button carries. */
export interface Request {
  readonly path: string;
  readonly args: Readonly<Record<string, string>>;
  /** The seq of the first answer. */
  readonly pin?: number;
  /** The same of the stream of sources. */
  readonly registry?: number;
  /** On a look back, the head of the stream as it was. */
  readonly head?: number;
  /** The number under which it was shown. */
  readonly edition?: number;
}

/**
 * What pressing a button asks for: a page, the next question, or something that is done. `plain`: of the form without
 * components V2, whose pages are shorter.
 */
export interface Press extends Request {
  readonly kind: 'turn' | 'follow' | 'act';
  readonly page: number;
  readonly plain: boolean;
}

/** Durable memory for states that do not fit into a custom_id. The same state may be remembered many times. */
export interface StateMemory {
  /** Gives an id of at most 64 letters, digits, `-` and `_`. */
  remember(state: string): Promise<string>;
  recall(id: string): Promise<string | undefined>;
}

const VERSION = '1';

/** A question, or something that is done: the words of a command (or of a menu), and the name of what it does. */
export const PATH = /^[\p{L}\p{N}_-]{1,32}(?: [\p{L}\p{N}_-]{1,32}){0,7}$/u;

const request = z.object({
  path: z.string().regex(PATH),
  args: z.record(z.string().regex(/^[\p{L}\p{N}_-]{1,32}$/u), z.string().max(6000)),
  pin: z.int().min(0).optional(),
  registry: z.int().min(0).optional(),
  edition: z.int().min(1).optional(),
  head: z.int().min(0).optional(),
});

/** Printable ASCII without `%`, `=`, `|` and blanks: most arguments are so. */
const AS_IS = /^[!-$&-<>-{}~]*$/;

/** `%`, the separators, control characters and lone surrogates are encoded, other text stays as it is. */
export const encodeArgument = (text: string): string =>
  AS_IS.test(text)
    ? text
    : text
        .replace(/\p{Surrogate}/gu, '\ufffd')
        .replace(/[%|=\s\p{Cc}]/gu, (char) => `%${char.charCodeAt(0).toString(16).padStart(4, '0')}`);

const decode = (text: string): string =>
  text.replace(/%([0-9a-f]{4})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** Pin, registry, edition, head: numbers in base 36 with dots between, without those that are missing at the end. */
const base36 = (n: number | undefined): string => (n === undefined ? '' : n.toString(36));
const encodePins = ({ pin, registry, edition, head }: Request): string =>
  `${base36(pin)}.${base36(registry)}.${base36(edition)}.${base36(head)}`.replace(/\.+$/, '');

/** In one line of text. */
export function encodeRequest(of: Request): string {
  let text = `${encodeArgument(of.path)}|${encodePins(of)}`;
  for (const [name, value] of Object.entries(of.args)) text += `|${encodeArgument(name)}=${encodeArgument(value)}`;
  return text;
}

const unreadable = () =>
  new UserError('This button is from an older version and can no longer be read.', 'Ask again with the command.');

/** Rejects with UserError where it is not what `encodeRequest` makes. */
export function decodeRequest(text: string): Request {
  const [path = '', pins = '', ...pairs] = text.split('|');
  const args = pairs.map((pair): [string, string] => {
    const [name = '', value] = pair.split('=');
    if (value === undefined) throw unreadable();
    return [decode(name), decode(value)];
  });
  const numbers = pins.split('.');
  if (numbers.length > 4 || !numbers.every((n) => /^(?:0|[1-9a-z][0-9a-z]{0,10})?$/.test(n))) throw unreadable();
  const [pin, registry, edition, head] = numbers.map((n) => (n === '' ? undefined : Number.parseInt(n, 36)));
  const read = request.safeParse({
    path: decode(path),
    args: Object.fromEntries(args),
    pin,
    registry,
    edition,
    head,
  });
  if (!read.success) throw unreadable();
  return {
    path: read.data.path,
    args: read.data.args,
    ...(pin !== undefined && { pin }),
    ...(registry !== undefined && { registry }),
    ...(edition !== undefined && { edition }),
    ...(head !== undefined && { head }),
  };
}

/** Version, what it does, form (rich or plain), page; then the request itself, or `@` and the id under which it is remembered. */
const CUSTOM_ID = /^1([phnfa])([rp])([0-9a-z]{1,4})([|@])(.+)$/su;
const HEAD = 7;

const LETTERS = { previous: 'p', here: 'h', next: 'n' } as const;

/** Where it is too long for a button, what it is remembered by. */
async function keptReference({ edition, ...same }: Request, memory: StateMemory): Promise<string> {
  // Its number is each showing's own; what is remembered is the same for all of them.
  const id = await memory.remember(encodeRequest(same));
  if (!/^[\w-]{1,64}$/.test(id)) throw new Error(`The memory of states gave an id that cannot be used: ${id}`);
  return edition === undefined ? `@${id}` : `@${id}.${edition.toString(36)}`;
}

async function reference(of: Request, memory: StateMemory): Promise<string> {
  const text = encodeRequest(of);
  return text.length <= limits.customId - HEAD ? `|${text}` : keptReference(of, memory);
}

/** The custom_ids of one message: its own request for turning pages, those of the questions that can follow, and of what can be done. */
export async function buttonIds(
  own: Request,
  follows: readonly Request[],
  plain: boolean,
  memory: StateMemory,
  acts: readonly Request[] = [],
): Promise<ButtonIds> {
  const form = plain ? 'p' : 'r';
  const all = [own, ...follows.slice(0, limits.buttons), ...acts.slice(0, limits.buttons)];
  const [self, ...others] = await Promise.all(all.map((one) => reference(one, memory)));
  const firstAct = Math.min(follows.length, limits.buttons);
  return {
    turn: (to, page) => `${VERSION}${LETTERS[to]}${form}${page.toString(36)}${self}`,
    // The place in the row instead of a page: custom_ids of a message must differ even where two follows ask the same.
    follow: (at) => `${VERSION}f${form}${at}${others[at]}`,
    act: (at) => `${VERSION}a${form}${at}${others[firstAct + at]}`,
  };
}

/** Reads a custom_id. Rejects with UserError where it is forged, of another version, or no longer remembered. */
export async function readButton(customId: string, memory: StateMemory): Promise<Press> {
  const [, kind, form, place = '0', by, rest = ''] = CUSTOM_ID.exec(customId) ?? [];
  if (kind === undefined) throw unreadable();
  let text = rest;
  let shown: Pick<Request, 'edition'> = {};
  if (by === '@') {
    const [, id, number] = /^([\w-]{1,64})(?:\.([1-9a-z][0-9a-z]{0,5}))?$/.exec(rest) ?? [];
    const remembered = id === undefined ? undefined : await memory.recall(id);
    if (remembered === undefined) throw unreadable();
    text = remembered;
    if (number !== undefined) shown = { edition: Number.parseInt(number, 36) };
  }
  const turn = kind !== 'f' && kind !== 'a';
  return {
    ...decodeRequest(text),
    ...shown,
    kind: turn ? 'turn' : kind === 'f' ? 'follow' : 'act',
    page: turn ? Number.parseInt(place, 36) : 0,
    plain: turn && form === 'p',
  };
}
