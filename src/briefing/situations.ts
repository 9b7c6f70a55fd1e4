import { localDay } from '../model/time.ts';
import type { Picture } from '../picture/picture.ts';
import { daysWords, dayWords, momentWords } from './dates.ts';
import type { Document, Piece } from './document.ts';
import { said, strong, text } from './tell.ts';

/** The situations that a reader may ask about, the most recently recorded first. */
export function composeSituations(pictures: readonly Picture[]): Document {
  const newest = [...pictures].sort((a, b) =>
    a.at < b.at ? 1 : a.at > b.at ? -1 : a.situation.slug < b.situation.slug ? -1 : 1,
  );
  const rows = newest.map(({ situation, entries, at }): readonly Piece[] => {
    const live = [...entries.values()].filter((e) => !e.retracted).length;
    const { start, end } = situation;
    // Looking back, its end is not known yet.
    const span =
      end !== undefined && localDay(at, situation.zone) >= end
        ? `${situation.status}, ${daysWords(start, end)}`
        : `active, since ${dayWords(start)}`;
    return [
      strong(situation.title),
      text(' ('),
      said(situation.slug),
      text(
        `)${situation.sample ? ', SAMPLE' : ''}: ${span}; ${live} entries, newest record ${momentWords(at, situation.zone)} (${situation.zone}). `,
      ),
      { type: 'command', path: 'brief', line: `brief situation: ${situation.slug}` },
      ...(situation.summary === undefined ? [] : [text(' — '), said(situation.summary)]),
    ];
  });
  return {
    kind: 'situations',
    title: 'Situations',
    subtitle: [],
    sections: [
      rows.length > 0
        ? { id: 'situations', lines: [], rows }
        : { id: 'empty', lines: [], notes: ['No situation is recorded here yet.'] },
    ],
    footer: [],
  };
}
