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

/** What became of every slot, and of what was posted besides, the newest first. */
export function composeHistory({ digest, history }: DigestState): Document {
  const all = [...history.values()].toReversed();
  const { zone } = digest.schedule;
  const silent = all.filter(({ outcome }) => outcome === 'failed' || outcome === 'missed' || outcome === 'uncertain');
  return {
    kind: 'digest',
    title: `History of ${digest.id} “${digest.name}”`,
    subtitle: [
      all.length === 0
        ? 'It has not been due yet.'
        : `${all.length === 1 ? 'One line' : `${all.length} lines`}, the newest first; days and times of ${zone}.${silent.length > 0 ? ` ${silent.length} failed or ${silent.length === 1 ? 'was' : 'were'} missed: what would have been told comes with the next.` : ''}`,
    ],
    sections: [
      all.length === 0
        ? {
            id: 'empty',
            lines: [],
            notes: ['Every slot is listed here once it was due: sent, late, skipped, failed, missed.'],
          }
        : { id: 'history', lines: [], rows: all.map((of) => linePieces(digest.guild, zone, of)) },
    ],
    footer: [],
    follows: [{ label: 'Settings', command: 'digest show', args: { digest: digest.id } }],
  };
}
