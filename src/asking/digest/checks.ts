import { sentence } from '../../briefing/tell.ts';
import type { Check } from '../../desk/facts.ts';
import type { Books } from '../../digests/books.ts';
import { wallWords } from '../../digests/moments.ts';
import { upcoming } from '../../digests/next.ts';

/** So many are named one by one. */
const MOST = 5;

/** How the digests of a server stand, for those who look after its desk. */
export const digestChecks =
  (books: () => Books | undefined, now: () => Date) =>
  (guild: string): Promise<readonly Check[]> => {
    const states = [...(books()?.of(guild).digests.values() ?? [])];
    const at = now().getTime();
    const suspended = states.flatMap(({ digest, suspended: by }): readonly Check[] =>
      by
        ? [
            {
              ok: false,
              what: `Digest ${digest.id} “${digest.name}” could not be posted: ${by.why}.`,
              fix: sentence(by.fix),
            },
          ]
        : [],
    );
    const unsure = states.flatMap(({ digest, open, history }): readonly Check[] => {
      const failed = [...history.values()].findLast(({ outcome }) => outcome !== 'claimed');
      if (open.size === 0 || failed?.outcome !== 'uncertain') return [];
      return [
        {
          ok: false,
          what: `Whether digest ${digest.id} “${digest.name}” arrived is not known.`,
          fix: `/digest history digest: ${digest.id} says what was tried.`,
        },
      ];
    });
    const next = states
      .flatMap((state) => {
        if (state.digest.paused || state.suspended) return [];
        const [slot] = upcoming(state, at, 1);
        return slot ? [{ state, slot }] : [];
      })
      .sort((a, b) => a.slot.at - b.slot.at);
    const words = next
      .slice(0, MOST)
      .map(({ state: { digest }, slot }) => `${digest.id} ${wallWords(slot.wall)} (${digest.schedule.zone})`);
    const paused = states.filter(({ digest }) => digest.paused).length;
    const all: Check = {
      ok: true,
      what:
        states.length === 0
          ? 'No digests are ordered.'
          : `Next digests: ${words.join('; ') || 'none'}${next.length > MOST ? `, and ${next.length - MOST} more` : ''}${paused > 0 ? `; ${paused} paused` : ''}.`,
    };
    return Promise.resolve([...suspended, ...unsure, all]);
  };
