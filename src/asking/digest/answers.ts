import { isFiltered } from '../../briefing/digest-content.ts';
import type { Document } from '../../briefing/document.ts';
import { said, sentence, text } from '../../briefing/tell.ts';
import type { DigestState } from '../../digests/book.ts';
import type { Digest } from '../../digests/digest.ts';
import { slotRows, wallWords } from '../../digests/moments.ts';
import { upcoming } from '../../digests/next.ts';
import type { Ask } from '../../digests/read-schedule.ts';
import { scheduleWords } from '../../digests/schedule.ts';
import type { Delivery, Digests } from '../../digests/service.ts';
import { messageLink } from '../../digests/settings-rows.ts';
import { composeShow } from '../../digests/shown.ts';
import { nextSlots, slotsBetween } from '../../digests/slots.ts';
import { wallOf } from '../../model/zone.ts';
import type { Asker } from '../command.ts';
import type { Reading } from '../reading.ts';
import { namingFor } from './here.ts';
import type { ReadOrder } from './order.ts';

const DAY = 86_400_000;

/** What of today has passed when a schedule is new: said, so that nobody waits for it. */
function passedToday(state: DigestState, now: number): readonly string[] {
  const { digest, postedOn } = state;
  const { zone } = digest.schedule;
  const clock = new Date(wallOf(zone, now)).toISOString();
  const today = clock.slice(0, 10);
  const passed = slotsBetween(digest.schedule, now - DAY - DAY / 12, now).filter(({ wall }) => wall.startsWith(today));
  const [first] = upcoming(state, now, 1);
  const comes = first ? `it first comes on ${wallWords(first.wall)}` : 'it is not due again within eight years';
  const later = nextSlots(digest.schedule, now, 1)[0]?.wall.startsWith(today) === true;
  if (later && first?.wall.startsWith(today) !== true && postedOn >= today)
    return [`It was posted today already, and comes once a day: ${comes}.`];
  if (passed.length === 0) return [];
  const times = passed.map(({ wall }) => wall.slice(11)).join(', ');
  const shown = passed.length > 3 ? 'Some of its times have' : `${times} ${passed.length === 1 ? 'has' : 'have'}`;
  return [`${shown} passed today (it is ${clock.slice(11, 16)} in ${zone}): ${comes}.`];
}

const rehearsed = async (
  digests: Digests,
  digest: Pick<Digest, 'situations' | 'filters'>,
): Promise<readonly string[]> => (isFiltered(digest.filters) ? [(await digests.rehearse(digest)).words] : []);

/** What was ordered, how it stands now, and when it first comes. `scheduled`: when it comes is new. */
export async function saved(
  state: DigestState,
  done: string,
  notes: readonly string[],
  scheduled: boolean,
  digests: Digests,
  reading: Reading,
  asker: Asker,
): Promise<Document> {
  const now = reading.now().getTime();
  return composeShow(state, {
    naming: await namingFor(reading, asker),
    now,
    tags: tagNames(state.digest, reading, asker),
    done: [done],
    notes: [...(scheduled ? passedToday(state, now) : []), ...(await rehearsed(digests, state.digest)), ...notes],
    manages: true,
  });
}

export function tagNames({ channel, guild, tags = [] }: Digest, { facts }: Reading, asker: Asker) {
  const known = tags.length === 0 ? undefined : facts?.target(guild, channel, asker);
  return new Map((known?.tags ?? []).map(({ id, name }) => [id, name]));
}

/** What a person has to confirm: why it is asked, and what would come of it. */
export function confirming(
  { order, asks }: Pick<ReadOrder, 'order'> & { readonly asks: readonly Ask[] },
  act: { readonly label: string; readonly act: string; readonly args: Readonly<Record<string, string>> },
  now: number,
): Document {
  const { schedule } = order;
  return {
    kind: 'digest',
    title: 'Is that meant?',
    subtitle: [`${scheduleWords(schedule)}.`],
    sections: [
      { id: 'asks', lines: [], notes: asks.map((ask) => ask.text) },
      {
        id: 'next',
        heading: 'It would come',
        lines: [],
        rows: slotRows(nextSlots(schedule, now, 3), schedule.zone, now),
      },
    ],
    footer: ['Nothing is saved yet; to change it, use the command again.'],
    acts: [{ ...act, style: 'primary' }],
  };
}

/** Asks before a digest is deleted. */
export const deleting = ({ digest }: DigestState): Document => ({
  kind: 'digest',
  title: `Delete ${digest.id} “${digest.name}”?`,
  subtitle: [],
  sections: [
    {
      id: 'delete',
      lines: [],
      rows: [
        [text('Nothing more is posted, and its name is not given again. What was posted stays where it is.')],
        [
          text('To stop it for a while: '),
          { type: 'command', path: 'digest pause', line: `digest pause digest: ${digest.id}` },
        ],
      ],
    },
  ],
  footer: [],
  acts: [{ label: `Delete ${digest.id}`, act: 'digest delete yes', args: { digest: digest.id }, style: 'danger' }],
});

/** What Discord said of a message that somebody asked for. */
export function delivered({ digest }: DigestState, delivery: Delivery, test: boolean): Document {
  const what = test ? `Test of ${digest.id} “${digest.name}”` : `${digest.id} “${digest.name}”, sent by hand`;
  const base = {
    kind: 'digest' as const,
    title: what,
    footer: test ? ['A test moves nothing: what it showed is told again when it is due.'] : [],
    follows: [{ label: 'History', command: 'digest history', args: { digest: digest.id } }],
    again: { path: 'digest history', args: { digest: digest.id } },
  };
  const note = (subtitle: string, ...notes: readonly string[]): Document => ({
    ...base,
    subtitle: [subtitle],
    sections: [{ id: 'delivery', lines: [], notes }],
  });
  switch (delivery.how) {
    case 'sent':
      return {
        ...base,
        subtitle: ['Discord took it.'],
        sections: [
          {
            id: 'delivery',
            lines: [],
            rows: [
              [
                messageLink(digest.guild, delivery.channel, delivery.message, 'The message'),
                ...(delivery.published === true ? [text(', published to the channels that follow')] : []),
                ...(delivery.published === false ? [text(', not published')] : []),
              ],
            ],
          },
        ],
      };
    case 'nothing':
      return note('Nothing was sent.', 'Nothing changed since it told last.');
    case 'refused':
      return {
        ...base,
        subtitle: ['Discord did not take it.'],
        sections: [
          {
            id: 'delivery',
            lines: [],
            rows: [
              [said(sentence(`${delivery.why}${delivery.code === undefined ? '' : ` (${delivery.code})`}`))],
              [text(sentence(delivery.fix))],
            ],
          },
        ],
      };
    case 'unknown':
      return note(
        'Discord did not say whether it arrived.',
        `${delivery.why}. It is looked for, and tried again if it did not arrive; the history says what became of it.`,
      );
  }
}
