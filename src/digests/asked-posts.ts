import { editsOf, messageOf, requestOf } from './messages.ts';
import { postName } from './post.ts';
import type { Wanted } from './poster.ts';
import type { Posting } from './posting.ts';
import type { Delivery } from './service.ts';

/** How long somebody who asked waits after the first answer of the platform, in ms. */
const PATIENCE = 1_000;

/** Posts what somebody asked for, at once. */
export function askedPosts({ poster, composer, printer, now, stateOf, factsOf }: Posting) {
  async function askedPost(
    guild: string,
    id: string,
    as: 'now' | 'test',
    key: string,
    number: number,
  ): Promise<Wanted | 'quiet' | 'nothing there' | undefined> {
    const state = stateOf(guild, id);
    if (!state) return 'nothing there';
    const { digest, told } = state;
    const post = as === 'now' ? postName.now(id, key) : postName.test(id, key);
    if (state.history.has(post)) return undefined;
    const gathered = await composer.gather(digest, told);
    if (!gathered) return 'nothing there';
    if (as === 'now' && gathered.quiet) return 'quiet';
    const request = { ...requestOf(state, now()), ...(as === 'test' ? { test: true } : { asked: true }) };
    const { payload, tells, editions } = await messageOf(
      { composer, printer, channel: factsOf(guild, state) },
      digest,
      gathered,
      request,
      { post, ...(as === 'now' && { number }) },
    );
    return {
      holds: (book) => book.digests.get(id)?.history.has(post) === false,
      intent: {
        id,
        post,
        purpose: as,
        attempt: 1,
        channel: digest.channel,
        payload,
        window: as === 'now' ? gathered.window : {},
        tells,
        editions,
        ...(as === 'now' && editsOf(state)),
      },
    };
  }

  return async (
    guild: string,
    id: string,
    as: 'now' | 'test',
    key: string,
    author: string,
  ): Promise<Delivery | 'quiet' | 'nothing there'> => {
    let answer: 'quiet' | 'nothing there' | undefined;
    const make = async (number: number): Promise<Wanted | undefined> => {
      const wanted = await askedPost(guild, id, as, key, number);
      if (typeof wanted === 'object') return { ...wanted, author };
      answer = wanted;
      return undefined;
    };
    const begun = await poster.send(guild, make, 'fresh');
    if (!begun) return answer ?? { how: 'unknown', why: 'it was asked for already' };
    const first = begun.tried.then(
      () =>
        new Promise<Delivery>((resolve) => {
          setTimeout(resolve, PATIENCE, { how: 'unknown', why: 'it is tried again' });
        }),
    );
    return Promise.race([begun.end, first]);
  };
}
