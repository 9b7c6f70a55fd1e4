import type { Act, Document, Follow } from '../briefing/document.ts';
import { said, sentence, strong, text } from '../briefing/tell.ts';
import type { Book, DigestState } from './book.ts';
import { MOST_DIGESTS } from './digest.ts';
import { slotPieces, slotRows } from './moments.ts';
import { upcoming } from './next.ts';
import { scheduleWords } from './schedule.ts';
import {
  channel,
  markerRows,
  type Naming,
  nextRow,
  orderedRow,
  orderRows,
  type Row,
  resume,
  situationPieces,
  stateRows,
} from './settings-rows.ts';

const follow = (label: string, command: string, id: string): Follow => ({ label, command, args: { digest: id } });

/** What can be asked about a digest with one press. */
const asks = (id: string): readonly Follow[] => [
  follow('Preview', 'digest preview', id),
  follow('Next', 'digest next', id),
  follow('History', 'digest history', id),
];

const nameOf = ({ digest }: DigestState): string => `${digest.id} “${digest.name}”`;

/** What a person who manages digests can do with one, by buttons. */
const handles = ({ digest: { id, paused } }: DigestState): readonly Act[] => [
  paused
    ? { label: 'Resume', act: 'digest resume now', args: { digest: id }, style: 'success' }
    : { label: 'Pause', act: 'digest pause now', args: { digest: id } },
  { label: 'Edit', act: 'digest edit open', args: { digest: id } },
  { label: 'Delete…', act: 'digest delete ask', args: { digest: id }, style: 'danger' },
];

export interface ShownOptions {
  readonly naming: Naming;
  /** In ms. */
  readonly now: number;
  /** Names of a forum's tags by id. */
  readonly tags?: ReadonlyMap<string, string>;
  /** Said first: what was just done, and what came of it. */
  readonly done?: readonly string[];
  /** Said after it. */
  readonly notes?: readonly string[];
  /** With buttons that change it. */
  readonly manages?: boolean;
}

/** All of a digest: what is ordered, how it stands, when it comes next. */
export function composeShow(state: DigestState, options: ShownOptions): Document {
  const { naming, now, tags, done = [], notes = [], manages = false } = options;
  const { digest } = state;
  return {
    kind: 'digest',
    title: `Digest ${nameOf(state)}`,
    subtitle: done,
    sections: [
      ...(notes.length > 0 ? [{ id: 'notes', lines: [], notes }] : []),
      { id: 'state', lines: [], rows: [...stateRows(state), nextRow(state, now)] },
      { id: 'order', heading: 'Settings', lines: [], rows: orderRows(digest, naming, tags) },
      { id: 'marker', heading: 'So far', lines: [], rows: [...markerRows(state, naming), orderedRow(digest)] },
    ],
    footer: [],
    follows: asks(digest.id),
    ...(manages && { acts: handles(state) }),
    again: { path: 'digest show', args: { digest: digest.id } },
  };
}

function listRow(state: DigestState, naming: Naming, now: number): Row {
  const { digest, suspended } = state;
  const [slot] = digest.paused ? [] : upcoming(state, now, 1);
  return [
    strong(digest.id),
    text(' “'),
    said(digest.name),
    text('” in '),
    channel(digest.channel),
    text(': '),
    ...situationPieces(digest, naming),
    text(`; ${scheduleWords(digest.schedule)}`),
    ...(digest.paused ? [text(' — paused')] : []),
    ...(suspended ? [text(` — suspended: ${suspended.why}. ${sentence(suspended.fix)}`)] : []),
    ...(slot && !suspended ? [text('; next '), ...slotPieces(slot, digest.schedule.zone).slice(1, 2)] : []),
  ];
}

/** The digests of a server, what needs somebody first. */
export function composeList({ digests }: Book, naming: Naming, now: number): Document {
  const rank = ({ suspended, digest }: DigestState): number => (suspended ? 0 : digest.paused ? 2 : 1);
  const all = [...digests.values()].sort((a, b) => rank(a) - rank(b));
  const troubled = all.filter(({ suspended }) => suspended !== undefined).length;
  return {
    kind: 'digest',
    title: 'Digests of this server',
    subtitle: [
      all.length === 0
        ? 'There is none yet.'
        : `${all.length} of at most ${MOST_DIGESTS}${troubled > 0 ? `; ${troubled} could not be posted and ${troubled === 1 ? 'needs' : 'need'} somebody` : ''}.`,
    ],
    sections: [
      all.length === 0
        ? {
            id: 'empty',
            lines: [],
            rows: [[{ type: 'command', path: 'digest create', line: 'digest create' }, text(' orders one.')]],
          }
        : { id: 'digests', lines: [], rows: all.map((state) => listRow(state, naming, now)) },
    ],
    footer: [],
    follows: all.slice(0, 4).map(({ digest }) => follow(`Show ${digest.id}`, 'digest show', digest.id)),
  };
}

/** So many moments are named. */
const MOMENTS = 5;

/** The next moments of a digest. */
export function composeNext(state: DigestState, now: number): Document {
  const { digest } = state;
  const { zone } = digest.schedule;
  // What a paused digest would do: its pause is said beside it.
  const slots = upcoming(state, now, MOMENTS);
  return {
    kind: 'digest',
    title: `Next of ${nameOf(state)}`,
    subtitle: [`${scheduleWords(digest.schedule)}.`],
    sections: [
      ...(digest.paused
        ? [
            {
              id: 'paused',
              lines: [],
              rows: [[text('It is paused: none of these is posted before '), resume(digest.id)]],
            },
          ]
        : []),
      ...(state.suspended ? [{ id: 'state', lines: [], rows: stateRows(state) }] : []),
      {
        id: 'next',
        lines: [],
        rows: slotRows(slots, zone, now),
        ...(slots.length === 0 && { notes: ['It is not due again within eight years.'] }),
      },
    ],
    footer: [],
    follows: [follow('Settings', 'digest show', digest.id), follow('Preview', 'digest preview', digest.id)],
  };
}

/** What somebody who reads a digest wants to know of it: what it is, who ordered it, when it comes again, how to stop it. */
export function composeAbout(state: DigestState, naming: Naming, now: number): Document {
  const { digest } = state;
  const all = orderRows(digest, naming);
  return {
    kind: 'digest',
    title: `About ${nameOf(state)}`,
    subtitle: ['A standing order of this server: it tells what changed since it told last.'],
    sections: [
      { id: 'state', lines: [], rows: [...stateRows(state), nextRow(state, now), ...all, orderedRow(digest)] },
      {
        id: 'stop',
        heading: 'How to stop it',
        lines: [],
        rows: [
          [
            text('An admin of the desk (or somebody with “Manage Server”) can use '),
            { type: 'command', path: 'digest pause', line: `digest pause digest: ${digest.id}` },
            text(' or '),
            { type: 'command', path: 'digest delete', line: `digest delete digest: ${digest.id}` },
          ],
          [text('For yourself alone: mute the channel, or its mentions, in Discord.')],
        ],
      },
    ],
    footer: [],
  };
}
