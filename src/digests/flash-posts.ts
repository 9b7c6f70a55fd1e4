import { flashContent } from '../briefing/digest-content.ts';
import { localDay } from '../model/time.ts';
import type { DigestState } from './book.ts';
import { type Flash, flashesToday, MOST_A_DAY, owedFlashes } from './flashes.ts';
import { messageOf } from './messages.ts';
import { postName } from './post.ts';
import type { Wanted } from './poster.ts';
import type { Posting } from './posting.ts';

/** Posts flashes, and holds them back in quiet hours. */
export interface FlashPosts {
  /** Posts what a digest owes of a situation now. */
  flashesOf(guild: string, id: string, situation: string): Promise<void>;
  /** `guild digest situation` → when its quiet hours end (ms), and its flashes are posted. */
  readonly held: Map<string, number>;
}

export function flashPosts(posting: Posting): FlashPosts {
  const { books, poster, composer, printer, archive, now, trusted, stateOf, factsOf } = posting;
  const held: FlashPosts['held'] = new Map();

  async function flashPost(guild: string, id: string, flash: Flash, number: number): Promise<Wanted | undefined> {
    const state = stateOf(guild, id);
    const picture = await archive.picture(flash.situation);
    if (!state || !picture || !trusted()) return undefined;
    const known = { picture, registry: archive.registry() };
    const isDue = (at: DigestState): boolean =>
      owedFlashes(at, known, now()).due.some(({ entry, seq }) => entry === flash.entry && seq === flash.seq);
    if (!isDue(state)) return undefined;
    const content = flashContent(known, flash.entry);
    if (!content) return undefined;
    const { digest } = state;
    const { zone } = digest.schedule;
    const post = postName.flash(id, flash.situation, flash.entry, flash.seq);
    const parts = [{ situation: flash.situation, from: flash.seq - 1, to: picture.seq }];
    const request = {
      zone,
      filters: {},
      to: flash.at,
      flash: true,
    };
    const { payload, tells, editions } = await messageOf(
      { composer, printer, channel: factsOf(guild, state) },
      digest,
      { contents: [content], parts, registry: known.registry.seq },
      request,
      { post, number, flash: flash.entry, mention: digest.mention },
    );
    return {
      holds: (book) => {
        const at = book.digests.get(id);
        return at !== undefined && isDue(at) && flashesToday(book, digest.channel, zone, now()) < MOST_A_DAY;
      },
      intent: { id, post, purpose: 'flash', attempt: 1, channel: digest.channel, payload, window: {}, tells, editions },
    };
  }

  /** The line in place of the eleventh. */
  async function morePost(guild: string, id: string, flash: Flash): Promise<Wanted | undefined> {
    const state = stateOf(guild, id);
    if (!state) return undefined;
    const { digest } = state;
    const post = postName.moreFlashes(id, localDay(new Date(now()).toISOString(), digest.schedule.zone));
    const isTold = (at: DigestState): boolean => at.history.has(post);
    if (isTold(state)) return undefined;
    const payload = await printer.print(
      {
        kind: 'digest',
        title: 'More flashes today',
        subtitle: [],
        sections: [{ id: 'more', lines: [], notes: [`/changes situation: ${flash.situation} tells them.`] }],
        footer: [`${digest.id} “${digest.name}” posts at most ${MOST_A_DAY} flashes a day.`],
      },
      {},
    );
    return {
      holds: (book) => {
        const at = book.digests.get(id);
        return at !== undefined && !isTold(at);
      },
      intent: { id, post, purpose: 'flash', attempt: 1, channel: digest.channel, payload, window: {} },
    };
  }

  async function flashesOf(guild: string, id: string, situation: string): Promise<void> {
    const key = `${guild} ${id} ${situation}`;
    held.delete(key);
    const [state, picture] = [stateOf(guild, id), await archive.picture(situation)];
    if (!state || !picture) return;
    if (!(await composer.gather({ ...state.digest, situations: [situation] }, state.told))) return;
    const owed = owedFlashes(state, { picture, registry: archive.registry() }, now());
    if (owed.until !== undefined) held.set(key, owed.until);
    for (const flash of owed.due) {
      // A clock that is not trusted now may be at the next tick.
      if (!trusted()) return void held.set(key, now());
      const { digest } = state;
      const many = flashesToday(books.of(guild), digest.channel, digest.schedule.zone, now()) >= MOST_A_DAY;
      // oxlint-disable-next-line no-await-in-loop -- in their order
      const begun = await poster.send(
        guild,
        (number) => (many ? morePost(guild, id, flash) : flashPost(guild, id, flash, number)),
        'fresh',
      );
      // oxlint-disable-next-line no-await-in-loop
      await begun?.tried;
      if (many) return;
    }
  }

  return { flashesOf, held };
}
