import { momentWords } from './dates.ts';
import type { Document, Piece } from './document.ts';
import { ended, said, strong, text } from './tell.ts';

/** A digest as moderators know it. */
export interface AlarmedDigest {
  readonly id: string;
  readonly name: string;
  readonly channel: string;
  readonly zone: string;
}

/** What the moderators of a guild are told of its digests. Every one is about the bot, and none about the world. */
export type DigestAlarm =
  /** Not posted, and not tried again until somebody has mended it. */
  | {
      readonly about: 'suspended';
      readonly digest: AlarmedDigest;
      readonly why: string;
      readonly fix: string;
      readonly code?: string | undefined;
    }
  | { readonly about: 'healed'; readonly digest: AlarmedDigest; readonly how: string }
  /** One post was given up; the next one carries what it would have told. */
  | {
      readonly about: 'failed';
      readonly digest: AlarmedDigest;
      readonly at: string;
      readonly why: string;
      readonly code?: string | undefined;
    }
  /** Posted without its text, since the platform does not take it. */
  | {
      readonly about: 'reduced';
      readonly digest: AlarmedDigest;
      readonly at: string;
      readonly why: string;
      readonly code?: string | undefined;
    }
  /** Perhaps posted, perhaps not: nobody can tell. */
  | { readonly about: 'uncertain'; readonly digest: AlarmedDigest; readonly at: string; readonly why: string }
  | { readonly about: 'unpublished'; readonly digest: AlarmedDigest; readonly at: string; readonly why: string }
  | { readonly about: 'clock'; readonly state: 'paused' | 'resumed'; readonly off: number }
  | { readonly about: 'silence'; readonly ms: number }
  | { readonly about: 'tick'; readonly why: string };

const minutes = (ms: number): string => {
  const n = Math.max(1, Math.round(Math.abs(ms) / 60_000));
  if (n < 120) return `${n} ${n === 1 ? 'minute' : 'minutes'}`;
  return `${Math.round(n / 60)} hours`;
};
const answer = (code: string | undefined): string => (code === undefined ? '' : ` (answer ${code})`);

function rowsOf(alarm: DigestAlarm): readonly (readonly Piece[])[] {
  switch (alarm.about) {
    case 'suspended':
      return [
        [strong('Why'), text(': '), said(ended(`${alarm.why}${answer(alarm.code)}`))],
        [strong('What helps'), text(': '), said(ended(alarm.fix))],
        [
          text(
            'It goes on by itself once that is done. Nothing is lost: the next digest tells what this one could not.',
          ),
        ],
      ];
    case 'healed':
      return [
        [
          text('Posting goes on with the next digest, which tells all since the last one that arrived: '),
          said(alarm.how),
        ],
      ];
    case 'failed':
      return [
        [strong('Why'), text(': '), said(ended(`${alarm.why}${answer(alarm.code)}`))],
        [text('Nothing is lost: the next digest tells what this one could not.')],
      ];
    case 'reduced':
      return [
        [strong('Why'), text(': '), said(ended(`${alarm.why}${answer(alarm.code)}`))],
        [text('A short note was posted in its place, from where /changes and /brief tell the rest.')],
      ];
    case 'uncertain':
      return [
        [strong('Why'), text(': '), said(ended(alarm.why))],
        [
          text(
            'To be safe it is not posted a second time. With “Read Message History” in the channel the bot can look for itself.',
          ),
        ],
      ];
    case 'unpublished':
      return [
        [strong('Why'), text(': '), said(ended(alarm.why))],
        [text('It stands in the channel; somebody there can still publish it.')],
      ];
    case 'clock':
      return alarm.state === 'paused'
        ? [
            [
              text(
                `The clock of the machine is ${minutes(alarm.off)} ${alarm.off < 0 ? 'behind' : 'ahead'}. Digests wait until it is right, so that none is posted at a wrong time.`,
              ),
            ],
            [strong('What helps'), text(': whoever runs the bot can set the clock.')],
          ]
        : [[text('The clock of the machine is right again. What fell due meanwhile is posted now, marked as late.')]];
    case 'silence':
      return [
        [
          text(
            `For ${minutes(alarm.ms)} nothing was looked at: the machine slept or was too busy. What fell due is posted now.`,
          ),
        ],
      ];
    case 'tick':
      return [[strong('Why'), text(': '), said(ended(alarm.why))], [text('It is tried again at once.')]];
  }
}

function titleOf(alarm: DigestAlarm): string {
  switch (alarm.about) {
    case 'suspended':
      return 'Digest not posted: it waits for somebody';
    case 'healed':
      return 'Digest can be posted again';
    case 'failed':
      return 'Digest not posted';
    case 'reduced':
      return 'Digest posted without its text';
    case 'uncertain':
      return 'Digest perhaps not posted';
    case 'unpublished':
      return 'Digest posted, but not published';
    case 'clock':
      return alarm.state === 'paused'
        ? 'Digests are paused: the clock is wrong'
        : 'Digests go on: the clock is right again';
    case 'silence':
    case 'tick':
      return 'Digests were held up';
  }
}

/** A message for moderators. It never looks like a digest that found nothing new: that one says so in the channel itself. */
export function composeDigestAlarm(alarm: DigestAlarm): Document {
  const digest = 'digest' in alarm ? alarm.digest : undefined;
  const at = 'at' in alarm && digest ? `, of ${momentWords(alarm.at, digest.zone)} (${digest.zone})` : '';
  const which: readonly (readonly Piece[])[] = digest
    ? [
        [
          text(`${digest.id} “`),
          said(digest.name),
          text('” for '),
          { type: 'mention', of: 'channel', id: digest.channel, text: `channel ${digest.channel}` },
          text(at),
        ],
      ]
    : [];
  return {
    kind: 'log',
    title: titleOf(alarm),
    subtitle: [],
    sections: [{ id: 'alarm', lines: [], rows: [...which, ...rowsOf(alarm)] }],
    footer: digest ? ['/digest history shows every slot.'] : [],
  };
}
