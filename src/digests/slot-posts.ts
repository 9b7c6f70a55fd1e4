import { alarmed } from './alarms.ts';
import type { DigestState } from './book.ts';
import type { Gathered } from './composing.ts';
import { editsOf, messageOf, requestOf } from './messages.ts';
import { owedOf } from './next.ts';
import type { OwedSlots } from './owed.ts';
import { postName } from './post.ts';
import type { Wanted } from './poster.ts';
import type { Posting } from './posting.ts';
import type { DigestDraft, SlotRef } from './records.ts';
import type { Slot } from './slots.ts';

/** What slots become: a post, or a record of why there is none. */
export interface SlotPosts {
  /** The claim of what a digest owes now; undefined where that is nothing, or is done without a message. */
  slotPost(guild: string, id: string, number: number): Promise<Wanted | undefined>;
  /** While it is suspended its slots pass; what they would have told is told by the one after. False where it is not. */
  passSuspended(guild: string, id: string): Promise<boolean>;
  /** What is recorded of slots that are not posted. */
  passed(id: string, owed: OwedSlots): readonly DigestDraft[];
}

const WEEK = 7 * 86_400_000;
/** None of the situations of a digest may be told here any more. */
export const NOT_TOLD = 'not-told';

const refs = (slots: readonly Slot[]): readonly SlotRef[] => slots.map(({ wall, at }) => ({ wall, at }));

export function slotPosts(posting: Posting): SlotPosts {
  const { books, composer, printer, now, trusted, tell, stateOf, factsOf } = posting;

  /** What is recorded of slots that are not posted. */
  function passed(id: string, { missed, more, same }: OwedSlots): readonly DigestDraft[] {
    return [
      ...(missed.length > 0 || more > 0
        ? [
            {
              kind: 'slot.missed' as const,
              body: { id, slots: refs(missed), ...(more > 0 && { more }), why: 'the bot was off' },
            },
          ]
        : []),
      ...(same.length > 0
        ? [{ kind: 'slot.skipped' as const, body: { id, slots: refs(same), why: 'same' as const } }]
        : []),
    ];
  }

  /** Nothing new, and the digest has chosen to say nothing of it. */
  function isSkipped({ digest, last, told }: DigestState, { quiet, closed: over }: Gathered): boolean {
    if (!quiet) return false;
    if (over) return true;
    // The first one tells that it is there.
    if (Object.keys(told).length === 0 && last === undefined) return false;
    if (digest.whenNothing === 'weekly') return last !== undefined && now() - Date.parse(last.at) < WEEK - 3_600_000;
    return digest.whenNothing === 'skip';
  }

  async function suspendUntold(guild: string, state: DigestState): Promise<void> {
    const { digest } = state;
    const why = 'none of its situations may be told in this server any more';
    const fix = 'choose other situations with /digest edit, or have them shared with this server again';
    const done = await books.change(guild, (book) =>
      book.digests.get(digest.id)?.suspended
        ? undefined
        : [{ kind: 'digest.suspended', body: { id: digest.id, why, fix, code: NOT_TOLD } }],
    );
    if (done) tell(guild, { about: 'suspended', digest: alarmed(digest), why, fix });
  }

  /** The claim of what a digest owes now; undefined where that is nothing, or is done without a message. */
  async function slotPost(guild: string, id: string, number: number): Promise<Wanted | undefined> {
    const state = stateOf(guild, id);
    const owed = state && owedOf(state, now());
    if (!state || !owed?.due || state.suspended || !trusted()) return undefined;
    const { digest } = state;
    const { slot, late: isLate } = owed.due;
    const holds: Wanted['holds'] = (book) => {
      const at = book.digests.get(id);
      return at !== undefined && !at.suspended && owedOf(at, now()).due?.slot.wall === slot.wall;
    };
    const gathered = await composer.gather(digest, state.told);
    if (!gathered) {
      await suspendUntold(guild, state);
      return undefined;
    }
    // Where nothing is new, nothing is carried either.
    const request = { ...requestOf(state, now(), owed), ...(gathered.quiet && { carried: undefined }) };
    if (isSkipped(state, gathered)) {
      const skipped: DigestDraft = {
        kind: 'slot.skipped',
        body: { id, slots: refs([slot]), why: 'nothing_new', window: gathered.window },
      };
      await books.change(guild, (book) => (holds(book) ? [...passed(id, owed), skipped] : undefined));
      return undefined;
    }
    const post = postName.slot(id, slot);
    const channel = factsOf(guild, state);
    const { payload, tells, editions } = await messageOf({ composer, printer, channel }, digest, gathered, request, {
      post,
      number,
    });
    return {
      holds,
      beside: passed(id, owed),
      intent: {
        id,
        post,
        purpose: 'slot',
        slot: { wall: slot.wall, at: slot.at },
        ...(isLate && { late: true as const }),
        attempt: 1,
        channel: digest.channel,
        payload,
        window: gathered.window,
        tells,
        editions,
        ...editsOf(state),
      },
    };
  }

  /** While it is suspended its slots pass; what they would have told is told by the one after. */
  async function passSuspended(guild: string, id: string): Promise<boolean> {
    const state = stateOf(guild, id);
    if (!state?.suspended) return false;
    if (state.suspended.code === NOT_TOLD && (await composer.gather(state.digest, state.told))) {
      await books.change(guild, () => [
        { kind: 'digest.healed', body: { id, how: 'its situations may be told again' } },
      ]);
      return false;
    }
    await books.change(guild, (book) => {
      const at = book.digests.get(id);
      const owed = at?.suspended && owedOf(at, now());
      if (!owed || (!owed.due && owed.missed.length === 0)) return undefined;
      const slots = refs([...owed.missed, ...owed.same, ...(owed.due ? [owed.due.slot] : [])]);
      return [{ kind: 'slot.suspended', body: { id, slots } }];
    });
    return true;
  }

  return { slotPost, passSuspended, passed };
}
