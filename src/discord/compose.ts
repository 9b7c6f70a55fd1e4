import type { Asker } from '../asking/command.ts';
import type { Document } from '../briefing/document.ts';
import { type AnswerOptions, answer, askedAgain } from './answer.ts';
import type { Recorder } from './recorder.ts';
import type { Composed } from './respond.ts';
import type { Request } from './state.ts';

/** What was asked, which page of the answer is wanted, and the key of this very showing. */
export interface Wanted {
  readonly request: Request;
  readonly page: number;
  readonly plain: boolean;
  readonly key: string;
}

/** A document as a message, under its number: that of the edition whose page is turned (`again`), or a new one. */
export type Compose = (
  document: Document,
  wanted: Wanted,
  asker: Asker,
  again?: { readonly edition?: number },
) => Promise<Composed>;

export function createCompose({
  recorder,
  ...options
}: AnswerOptions & { readonly recorder?: Recorder | undefined }): Compose {
  return async (document, wanted, asker, again) => {
    const request = askedAgain(document, wanted.request);
    const known = again?.edition ?? document.basis?.edition;
    const sending =
      again === undefined && known === undefined
        ? await recorder?.begin({ document, request, asker, private: asker.alone === true, key: wanted.key })
        : undefined;
    const edition = known ?? sending?.number;
    try {
      const made = await answer(
        document,
        { ...wanted, request: { ...wanted.request, ...(edition !== undefined && { edition }) } },
        options,
      );
      return { ...made, sending };
    } catch (thrown) {
      await sending?.lost('not composed');
      throw thrown;
    }
  };
}
