import type { Act, Document, Follow } from '../briefing/document.ts';
import { clean, cut } from './escape.ts';
import { limits } from './limits.ts';
import { buttonRows, type MessageBody, type Picture, richMessage } from './message.ts';
import { PLAIN, pack } from './pack.ts';
import { plainMessage } from './plain.ts';
import type { RenderOptions } from './render.ts';
import { rendered, roomForNumber, withNumber } from './rendered.ts';
import { buttonIds, type Request, type StateMemory } from './state.ts';

/** What was asked, and which page of the answer is to be shown. */
export interface Asked {
  readonly request: Request;
  readonly page: number;
  readonly plain: boolean;
}

/** An answer in the form that is to be sent first, and in the form for the case that Discord refuses it. */
export interface Answer {
  readonly body: MessageBody;
  readonly fallback: () => Promise<MessageBody>;
}

/** Turns an SVG into the bytes of a PNG. */
export type Draw = (svg: string) => Promise<Uint8Array>;

export type AnswerOptions = RenderOptions & { readonly memory: StateMemory; readonly draw?: Draw | undefined };

const asRequest = ({ command, args }: Follow): Request => ({ path: command, args });
const asAct = ({ act, args }: Act, edition: number | undefined): Request => ({
  path: act,
  args,
  ...(edition !== undefined && { edition }),
});

async function pictureOf({ drawing }: Document, draw: Draw | undefined): Promise<Picture | undefined> {
  if (!drawing || !draw) return undefined;
  const { buffer, byteOffset, byteLength } = await draw(drawing.svg);
  return {
    name: `${drawing.name}.png`,
    data: Buffer.from(buffer, byteOffset, byteLength),
    alt: cut(clean(drawing.alt), limits.altText),
  };
}

/** The question that brings this very document again, whenever it is asked. */
export function askedAgain({ basis, again }: Document, { path, args, edition }: Request): Request {
  if (basis === undefined) return again ?? { path, args };
  const number = basis.edition ?? edition;
  return {
    path: basis.path ?? path,
    args: basis.path === undefined ? { ...args, ...basis.args } : (basis.args ?? {}),
    pin: basis.seq,
    ...(basis.registry !== undefined && { registry: basis.registry }),
    ...(number !== undefined && { edition: number }),
    ...(basis.head !== undefined && { head: basis.head }),
  };
}

/** One page of a document as a message, with buttons that can bring the others. */
export async function answer(document: Document, asked: Asked, options: AnswerOptions): Promise<Answer> {
  const own = askedAgain(document, asked.request);
  const { edition } = own;
  const texts = rendered(edition === undefined ? document : roomForNumber(document), options);
  const rich = asked.plain ? undefined : texts.rich;
  const { file } = document;
  const follows = (document.follows ?? []).map(asRequest);
  const acts = (document.acts ?? []).map((act) => asAct(act, edition));

  async function body(form: 'rich' | 'plain', share: number | undefined): Promise<MessageBody> {
    const pages = form === 'rich' && rich !== undefined ? rich : pack(texts.chapters, PLAIN);
    // A page of the other form is found by how far into the document it was.
    const wanted = share === undefined ? asked.page : Math.floor(share * pages.length);
    const at = Math.min(Math.max(wanted, 0), pages.length - 1);
    const bare = pages[at] ?? pages[0];
    const page = edition !== undefined && at === 0 ? withNumber(bare, edition) : bare;
    const ids = await buttonIds(own, follows, form === 'plain', options.memory, acts);
    const rows = buttonRows(document, at, pages.length, ids);
    if (form === 'plain') return plainMessage(page, rows, at === 0 ? file : undefined);
    const picture = at === 0 ? await pictureOf(document, options.draw) : undefined;
    return richMessage(document, page, rows, { picture, file: at === 0 ? file : undefined });
  }

  const share = rich === undefined ? undefined : Math.min(asked.page, rich.length - 1) / rich.length;
  return {
    body: await body(rich === undefined ? 'plain' : 'rich', undefined),
    fallback: () => body('plain', share),
  };
}
