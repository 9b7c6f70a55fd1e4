import type { Document, Follow } from '../briefing/document.ts';
import { buttonRows, type MessageBody, richMessage } from './message.ts';
import { PLAIN, pack, RICH } from './pack.ts';
import { plainMessage } from './plain.ts';
import { type RenderOptions, render } from './render.ts';
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

export type AnswerOptions = RenderOptions & { readonly memory: StateMemory };

const asRequest = ({ command, args }: Follow): Request => ({ path: command, args });

/** One page of a document as a message, with buttons that can bring the others. */
export async function answer(document: Document, asked: Asked, options: AnswerOptions): Promise<Answer> {
  const chapters = render(document, options);
  const rich = asked.plain ? undefined : pack(chapters, RICH);
  const pin = document.basis?.seq;
  const own: Request = pin === undefined ? asked.request : { ...asked.request, pin };
  const follows = (document.follows ?? []).map(asRequest);

  async function body(form: 'rich' | 'plain', share: number | undefined): Promise<MessageBody> {
    const pages = form === 'rich' && rich !== undefined ? rich : pack(chapters, PLAIN);
    // A page of the other form is found by how far into the document it was.
    const wanted = share === undefined ? asked.page : Math.floor(share * pages.length);
    const at = Math.min(Math.max(wanted, 0), pages.length - 1);
    const page = pages[at] ?? pages[0];
    const ids = await buttonIds(own, follows, form === 'plain', options.memory);
    const rows = buttonRows(document, at, pages.length, ids);
    return form === 'rich' ? richMessage(document, page, rows) : plainMessage(page, rows);
  }

  const share = rich === undefined ? undefined : Math.min(asked.page, rich.length - 1) / rich.length;
  return {
    body: await body(rich === undefined ? 'plain' : 'rich', undefined),
    fallback: () => body('plain', share),
  };
}
