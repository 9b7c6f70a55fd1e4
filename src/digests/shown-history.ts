import { momentWords } from '../briefing/dates.ts';
import type { Document, Piece } from '../briefing/document.ts';
import { strong, text } from '../briefing/tell.ts';
import type { DigestState, HistoryLine, Outcome } from './book.ts';
import { wallWords } from './moments.ts';
import type { Purpose } from './records.ts';
import { messageLink } from './settings-rows.ts';

const OUTCOMES: Readonly<Record<Outcome, string>> = {
  claimed: 'being sent',
  sent: 'sent',
  late: 'sent late',
  skipped: 'skipped',
  missed: 'missed',
  failed: 'failed',
  uncertain: 'uncertain: it may have arrived',
  suspended: 'not posted: the digest was suspended',
};

const PURPOSES: Readonly<Record<Purpose, string>> = {
  slot: '',
  flash: 'Flash',
  now: 'Sent by hand',
  test: 'Test',
  correction: 'Correction',
};

/** Reasons that are recorded as words of the program. */
const WHY: Readonly<Record<string, string>> = {
  nothing_new: 'nothing changed',
  same: 'told by the one of the same moment, as the clocks went forward',
  found: 'found in the channel after a restart',
  gone: 'somebody deleted it',
};

function linePieces(guild: string, zone: string, of: HistoryLine): readonly Piece[] {
  const { purpose, slot, outcome, at, why, code, channel, message, published, more } = of;
  const settled: Piece = { type: 'time', at, text: momentWords(at, zone) };
  return [
    strong(slot ? wallWords(slot.wall) : PURPOSES[purpose]),
    text(` — ${OUTCOMES[outcome]}${published ? ', published' : ''}`),
    ...(why === undefined ? [] : [text(`: ${WHY[why] ?? why}${code === undefined ? '' : ` (${code})`}`)]),
    ...(more === undefined ? [] : [text(`; ${more} before it were missed as well`)]),
    text(', '),
    settled,
    ...(message !== undefined && channel !== undefined ? [text(' '), messageLink(guild, channel, message)] : []),
  ];
}

/** So many that were passed over together are named one by one. */
const ONE_BY_ONE = 4;

/** Lines in order, each by itself; but many slots that were passed over together, for one reason, are one. */
function grouped(lines: readonly HistoryLine[]): readonly (readonly HistoryLine[])[] {
  const groups: HistoryLine[][] = [];
  for (const of of lines) {
    const last = groups.at(-1);
    const [first] = last ?? [];
    const together =
      first?.slot && of.slot && first.outcome === of.outcome && first.at === of.at && first.why === of.why;
    if (last && together) last.push(of);
    else groups.push([of]);
  }
  return groups.flatMap((group) => (group.length > ONE_BY_ONE ? [group] : group.map((of) => [of])));
}

function groupPieces(guild: string, zone: string, group: readonly HistoryLine[]): readonly Piece[] {
  const [newest, oldest] = [group[0], group.at(-1)];
  if (!newest || !oldest || group.length === 1) return newest ? linePieces(guild, zone, newest) : [];
  const [, ...rest] = linePieces(guild, zone, { ...oldest, name: newest.name });
  const [from, to] = [oldest.slot?.wall ?? '', newest.slot?.wall ?? ''];
  return [strong(`${group.length} from ${wallWords(from)} to ${wallWords(to)}`), ...rest];
}

/** What became of every slot, and of what was posted besides, the newest first. */
export function composeHistory({ digest, history }: DigestState): Document {
  const all = [...history.values()].toReversed();
  const { zone } = digest.schedule;
  const silent = all.filter(({ outcome }) => outcome === 'failed' || outcome === 'missed').length;
  return {
    kind: 'digest',
    title: `History of ${digest.id} “${digest.name}”`,
    subtitle: [
      all.length === 0
        ? 'It has not been due yet.'
        : `The newest first; days and times of ${zone}.${silent > 0 ? ` ${silent} failed or ${silent === 1 ? 'was' : 'were'} missed: what would have been told then, the next one tells.` : ''}`,
    ],
    sections: [
      all.length === 0
        ? {
            id: 'empty',
            lines: [],
            notes: ['Every slot is listed here once it was due: sent, late, skipped, failed, missed.'],
          }
        : { id: 'history', lines: [], rows: grouped(all).map((group) => groupPieces(digest.guild, zone, group)) },
    ],
    footer: [],
    follows: [{ label: 'Settings', command: 'digest show', args: { digest: digest.id } }],
  };
}
