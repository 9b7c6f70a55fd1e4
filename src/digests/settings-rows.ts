import { momentWords } from '../briefing/dates.ts';
import type { Piece } from '../briefing/document.ts';
import { said, sentence, strong, text } from '../briefing/tell.ts';
import type { DigestState } from './book.ts';
import type { Digest } from './digest.ts';
import { slotPieces } from './moments.ts';
import { upcoming } from './next.ts';
import { scheduleWords } from './schedule.ts';

export type Row = readonly Piece[];

/** What is known of the situations of a digest by those who read about it. */
export interface Naming {
  /** Undefined: it may not be read here, or not by this person: what it is called is not told. */
  readonly title: (slug: string) => { readonly title: string; readonly closed: boolean } | undefined;
  /** "flash and major only; in Hama"; empty where there is no filter. */
  readonly filter: (digest: Pick<Digest, 'situations' | 'filters'>) => string;
}

export const LENGTH_WORDS: Readonly<Record<Digest['length'], string>> = {
  short: 'short: the gravest three',
  standard: 'standard: up to ten lines',
  full: 'full: everything that changed',
};
export const NOTHING_WORDS: Readonly<Record<Digest['whenNothing'], string>> = {
  line: 'says so in one line',
  skip: 'posts nothing',
  weekly: 'posts nothing, but says so once a week',
};
export const STYLE_WORDS: Readonly<Record<Digest['style'], string>> = {
  post: 'a new message each time',
  board: 'a board: one message that is kept up to date',
};

export const channel = (id: string): Piece => ({ type: 'mention', of: 'channel', id, text: `channel ${id}` });
export const member = (id: string): Piece => ({ type: 'mention', of: 'user', id, text: `member ${id}` });
const role = (id: string): Piece => ({ type: 'mention', of: 'role', id, text: `role ${id}` });

export const messageLink = (guild: string, channelId: string, message: string, words = 'the message'): Piece => ({
  type: 'link',
  text: words,
  url: `https://discord.com/channels/${guild}/${channelId}/${message}`,
});

/** Joins rows of pieces by a word of ours. */
const joined = (parts: readonly Row[], by: string): Row =>
  parts.flatMap((part, i) => (i === 0 ? part : [text(by), ...part]));

export function situationPieces({ situations }: Digest, { title }: Naming): Row {
  return joined(
    situations.map((slug): Row => {
      const known = title(slug);
      if (!known) return [text('a situation that cannot be read here any more (it is left out)')];
      return [said(known.title), ...(known.closed ? [text(' (closed)')] : [])];
    }),
    '; ',
  );
}

function flashPieces({ flash, mention, quiet }: Digest): Row {
  if (!flash) return [text(mention === undefined ? 'not posted' : 'not posted, so nobody is mentioned')];
  return [
    text('posted at once'),
    ...(mention === undefined ? [] : [text(', mentions '), role(mention)]),
    ...(quiet ? [text(`; held from ${quiet.from} to ${quiet.to}`)] : []),
  ];
}

const row = (name: string, pieces: Row): Row => [strong(name), text(': '), ...pieces];

/** All that is ordered. `tags`: names of a forum's tags by id. */
export function orderRows(
  digest: Digest,
  naming: Naming,
  tags: ReadonlyMap<string, string> = new Map(),
): readonly Row[] {
  const filter = naming.filter(digest);
  return [
    row('Channel', [channel(digest.channel)]),
    row('Tells of', situationPieces(digest, naming)),
    row('When', [text(scheduleWords(digest.schedule))]),
    row('Length', [text(LENGTH_WORDS[digest.length])]),
    row('Filter', filter === '' ? [text('none')] : [said(filter)]),
    row('When nothing changed', [text(NOTHING_WORDS[digest.whenNothing])]),
    row('Flash', flashPieces(digest)),
    row('Style', [text(STYLE_WORDS[digest.style])]),
    ...(digest.publish ? [row('Published', [text('to the channels that follow this one')])] : []),
    ...(digest.tags === undefined || digest.tags.length === 0
      ? []
      : [row('Tags', [said(digest.tags.map((id) => tags.get(id) ?? 'one that is gone').join(', '))])]),
  ];
}

/** What keeps it from being posted, with who can cure it. */
export function stateRows({ digest, suspended }: DigestState): readonly Row[] {
  return [
    ...(digest.paused
      ? [row('Paused', [text('nothing is posted until somebody resumes it: '), resume(digest.id)])]
      : []),
    ...(suspended
      ? [
          row('Suspended', [
            text(
              `it could not be posted: ${suspended.why}${suspended.code === undefined ? '' : ` (${suspended.code})`}. `,
            ),
            text(sentence(suspended.fix)),
            text(' It goes on by itself then, and tells what was left untold.'),
          ]),
        ]
      : []),
  ];
}

export const resume = (id: string): Piece => ({
  type: 'command',
  path: 'digest resume',
  line: `digest resume digest: ${id}`,
});

/** When it comes next, from a moment in ms. */
export function nextRow(state: DigestState, now: number): Row {
  const { digest } = state;
  if (digest.paused) return row('Next', [text('not while it is paused')]);
  const [slot] = upcoming(state, now, 1);
  return row('Next', slot ? slotPieces(slot, digest.schedule.zone, now) : [text('never within eight years')]);
}

/** Up to where its channel was told, and the last message. */
export function markerRows({ digest, told, last }: DigestState, { title }: Naming): readonly Row[] {
  const marks = digest.situations.flatMap((slug): readonly Row[] => {
    const known = title(slug);
    if (!known) return [];
    const seq = told[slug];
    return [[said(known.title), text(seq === undefined ? ': nothing yet' : `: up to record #${seq}`)]];
  });
  return [
    ...(marks.length === 0 ? [] : [row('Told', joined(marks, '; '))]),
    ...(last
      ? [
          row('Last message', [
            messageLink(digest.guild, last.channel, last.message, last.post),
            text(', '),
            { type: 'time', at: last.at, text: momentWords(last.at, digest.schedule.zone) },
          ]),
        ]
      : []),
  ];
}

export const orderedRow = ({ createdBy, createdAt, revision, schedule }: Digest): Row => [
  strong('Ordered'),
  text(' by '),
  member(createdBy),
  text(', '),
  { type: 'time', at: createdAt, text: momentWords(createdAt, schedule.zone) },
  ...(revision > 1 ? [text(`; edited ${revision === 2 ? 'once' : `${revision - 1} times`}`)] : []),
];
