import type { Document, Piece } from '../src/briefing/document.ts';
import { command, onlyMe } from './shared.ts';

const row = (path: string, line: string, words: string): readonly Piece[] => [
  { type: 'command', path, line },
  { type: 'text', text: ` ${words}` },
];

const ASK: readonly (readonly Piece[])[] = [
  row('brief', 'brief situation: …', 'the situation in one screen; length short, standard or full'),
  row('changes', 'changes situation: … since: 24h', 'what changed, corrections first'),
  row('casualties', 'casualties situation: …', 'tolls by who gives them, and the incidents recorded'),
  row('timeline', 'timeline situation: …', 'entries day by day, by place, party or kind'),
  row('map', 'map situation: …', 'where it happened, no finer than it is known'),
  row('sources', 'sources situation: …', 'who is quoted, of what kind and with what stake'),
  row('entry show', 'entry show situation: … entry: …', 'one entry with all its reports'),
  row('entry history', 'entry history situation: … entry: …', 'what was recorded about it, old → new, and why'),
  row('situation list', 'situation list', 'which situations there are'),
];

const HELP: Document = {
  kind: 'help',
  title: 'Sitrep: sourced situation briefings',
  subtitle: ['We keep who said what, and work out the picture from it.'],
  sections: [
    { id: 'ask', heading: 'Ask', lines: [], rows: ASK },
    {
      id: 'read',
      heading: 'How to read an answer',
      lines: [],
      notes: [
        'Every line names who says so, with a link, and an entry (E17) that shows all its reports.',
        'Words in brackets say how it stands: confirmed, corroborated, single source, contested, retracted.',
        'Figures keep their qualifier (“at least”), who gives them, since when and as of when. Nothing is added that may overlap; “no figure is recorded” is not “none”.',
      ],
    },
    {
      id: 'options',
      heading: 'Everywhere',
      lines: [],
      notes: [
        'as-of looks back: what was known then. Dates: 2024-11-29, “29 nov 18:00”, yesterday, friday, 24h, in the situation’s time zone.',
        'private shows the answer only to you.',
      ],
    },
  ],
  footer: [],
};

export const help = command(
  { name: 'help', description: 'What Sitrep answers, and how to read it', options: [onlyMe] },
  { run: () => HELP },
);
