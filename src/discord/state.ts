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
}

/** What pressing a button asks for. `plain`: of the form without components V2, whose pages are shorter. */
export interface Press extends Request {
  readonly kind: 'turn' | 'follow';
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

const request = z.object({
  path: z.string().regex(/^[\p{L}\p{N}_-]{1,32}(?: [\p{L}\p{N}_-]{1,32}){0,2}$/u),
  args: z.record(z.string().regex(/^[\p{L}\p{N}_-]{1,32}$/u), z.string().max(6000)),
  pin: z.int().min(0).optional(),
});

/** `%`, the separators, control characters and lone surrogates are encoded, other text stays as it is. */
const encode = (text: string): string =>
  text
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(/[%|=\s\p{Cc}]/gu, (char) => `%${char.charCodeAt(0).toString(16).padStart(4, '0')}`);

const decode = (text: string): string =>
  text.replace(/%([0-9a-f]{4})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

function encodeRequest({ path, args, pin }: Request): string {
  const pairs = Object.entries(args).map(([name, value]) => `|${encode(name)}=${encode(value)}`);
  return `${encode(path)}|${pin === undefined ? '' : pin.toString(36)}${pairs.join('')}`;
}

const unreadable = () =>
  new UserError('This button is from an older version and can no longer be read.', 'Ask again with the command.');

function decodeRequest(text: string): Request {
  const [path = '', pin = '', ...pairs] = text.split('|');
  const args = pairs.map((pair): [string, string] => {
    const [name = '', value] = pair.split('=');
    if (value === undefined) throw unreadable();
    return [decode(name), decode(value)];
  });
  if (!/^(?:0|[1-9a-z][0-9a-z]{0,10})?$/.test(pin)) throw unreadable();
  const read = request.safeParse({
    path: decode(path),
    args: Object.fromEntries(args),
    ...(pin === '' ? {} : { pin: Number.parseInt(pin, 36) }),
  });
  if (!read.success) throw unreadable();
  const { pin: seq, ...rest } = read.data;
  return seq === undefined ? rest : { ...rest, pin: seq };
}

/** Version, what it does, form (rich or plain), page; then the request itself, or `@` and the id under which it is remembered. */
const CUSTOM_ID = /^1([phnf])([rp])([0-9a-z]{1,4})([|@])(.+)$/su;
const HEAD = 7;

const LETTERS = { previous: 'p', here: 'h', next: 'n' } as const;

async function reference(of: Request, memory: StateMemory): Promise<string> {
  const text = encodeRequest(of);
  if (text.length <= limits.customId - HEAD) return `|${text}`;
  const id = await memory.remember(text);
  if (!/^[\w-]{1,64}$/.test(id)) throw new Error(`The memory of states gave an id that cannot be used: ${id}`);
  return `@${id}`;
}

/** The custom_ids of one message: its own request for turning pages, and those of the questions that can follow. */
export async function buttonIds(
  own: Request,
  follows: readonly Request[],
  plain: boolean,
  memory: StateMemory,
): Promise<ButtonIds> {
  const form = plain ? 'p' : 'r';
  const self = await reference(own, memory);
  const others = await Promise.all(follows.slice(0, limits.buttonsPerRow).map((next) => reference(next, memory)));
  return {
    turn: (to, page) => `${VERSION}${LETTERS[to]}${form}${page.toString(36)}${self}`,
    // The place in the row instead of a page: custom_ids of a message must differ even where two follows ask the same.
    follow: (at) => `${VERSION}f${form}${at}${others[at]}`,
  };
}

/** Reads a custom_id. Rejects with UserError where it is forged, of another version, or no longer remembered. */
export async function readButton(customId: string, memory: StateMemory): Promise<Press> {
  const [, kind, form, place = '0', by, rest = ''] = CUSTOM_ID.exec(customId) ?? [];
  if (kind === undefined) throw unreadable();
  let text = rest;
  if (by === '@') {
    const remembered = /^[\w-]{1,64}$/.test(rest) ? await memory.recall(rest) : undefined;
    if (remembered === undefined) throw unreadable();
    text = remembered;
  }
  const follow = kind === 'f';
  return {
    ...decodeRequest(text),
    kind: follow ? 'follow' : 'turn',
    page: follow ? 0 : Number.parseInt(place, 36),
    plain: !follow && form === 'p',
  };
}
