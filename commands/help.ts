import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import type { Document, Piece } from '../src/briefing/document.ts';
import { command, onlyMe } from './shared.ts';

const row = (path: string, line: string, words: string): readonly Piece[] => [
  { type: 'command', path, line },
  { type: 'text', text: ` ${words}` },
];

const ASK: readonly (readonly Piece[])[] = [
  row('brief', 'brief situation: …', 'the situation in one screen; length short, standard or full'),
  row('changes', 'changes situation: … since: 24h', 'what changed since the last briefing here, corrections first'),
  row('catchup', 'catchup', 'what changed since you last looked; only you see it'),
  row('casualties', 'casualties situation: …', 'tolls by who gives them, and the incidents recorded'),
  row('timeline', 'timeline situation: …', 'entries day by day, by place, party or kind'),
  row('map', 'map situation: …', 'where it happened, no finer than it is known'),
  row('sources', 'sources situation: …', 'who is quoted, of what kind and with what stake'),
  row('entry show', 'entry show situation: … entry: …', 'one entry with all its reports'),
  row('entry history', 'entry history situation: … entry: …', 'what was recorded about it, old → new, and why'),
  row('entry why', 'entry why edition: B41 entry: …', 'why it was or was not in a briefing'),
  row(
    'edition show',
    'edition show edition: B41',
    'a briefing once more, exactly as it was shown; export makes a file of it',
  ),
  row('situation list', 'situation list', 'which situations there are'),
];

const CURATE: readonly (readonly Piece[])[] = [
  row(
    'entry add',
    'entry add situation: … text: …',
    'a sourced entry, read from what you paste; report, amend, retract, restore and link change one',
  ),
  row('review list', 'review list', 'what waits for a second person, and your own drafts'),
  row('source add', 'source add', 'somebody who says things; amend and show'),
  row('situation open', 'situation open', 'begin to follow a situation; amend, share and close change it'),
  row('desk roles', 'desk roles', 'who is editor, reviewer and admin; settings says what is reviewed and told where'),
  row('desk log', 'desk log', 'who did what, when and why; undo takes it back'),
  row('desk doctor', 'desk doctor', 'whether all is well, and who can fix what is not'),
];

const DIGESTS: readonly (readonly Piece[])[] = [
  row('digest create', 'digest create', 'order a digest for a channel; what is missing is asked for'),
  row('digest list', 'digest list', 'those there are; show, next and history tell more of one'),
  row('digest preview', 'digest preview digest: …', 'exactly what would be posted now; only you see it'),
];

const HELP: Document = {
  kind: 'help',
  title: 'Sitrep: sourced situation briefings',
  subtitle: ['We keep who said what, and work out the picture from it.'],
  sections: [
    { id: 'ask', heading: 'Ask', lines: [], rows: ASK },
    { id: 'digests', heading: 'Digests, at the times you choose', lines: [], rows: DIGESTS },
    {
      id: 'curate',
      heading: 'Curate, at the desk of a server',
      lines: [],
      rows: CURATE,
      notes: ['Step by step: /help topic: curating.'],
    },
    {
      id: 'read',
      heading: 'How to read an answer',
      lines: [],
      notes: [
        'Every line names who says so, with a link where there is one, and an entry (E17) that shows all its reports.',
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

const CURATING: Document = {
  kind: 'help',
  title: 'How a desk curates',
  subtitle: ['Everything is seen before it is saved, reversible, and recorded with who did it and why.'],
  sections: [
    {
      id: 'add',
      heading: 'Add',
      lines: [],
      rows: [
        row(
          'entry add',
          'entry add situation: … text: …',
          'paste the text: headline, time, place, source and link are filled in',
        ),
        row(
          'entry report',
          'entry report situation: … entry: …',
          'somebody else says the same: another report, not another entry',
        ),
      ],
      notes: [
        'Or open the menu of a message, Apps, “Add to briefing”.',
        'Then the line stands there as readers will see it. “Figures” shows the numbers that were read: tick those that are right, write others in words. Nothing is recorded before you press Save.',
        '“Look at this first” says what seems odd: a toll that falls, the same event, a day ahead. Mend it with Edit, or save it anyway with a reason, which the record keeps.',
      ],
    },
    {
      id: 'review',
      heading: 'Review',
      lines: [],
      rows: [row('review list', 'review list', 'what waits, old → new; open it, then Approve or Reject')],
      notes: [
        'The desk decides what needs a second person: nothing, figures and what is flash or major, or everything. The reviewer is not the author. An admin can publish at once, with a reason.',
      ],
    },
    {
      id: 'correct',
      heading: 'Put right',
      lines: [],
      rows: [
        row('entry amend', 'entry amend situation: … entry: …', 'part says what of it; report: one of its reports'),
        row(
          'entry retract',
          'entry retract situation: … entry: …',
          'take it back, with a reason; restore brings it back',
        ),
        row(
          'entry link',
          'entry link situation: … entry: … type: … to: …',
          'the same event, part of it, contradicts or corrects it',
        ),
        row('desk undo', 'desk undo record: …', 'the opposite of one record of the log; nothing is ever deleted'),
      ],
      notes: ['Messages in which the error was shown get a mark, and the next /changes tells it first.'],
    },
  ],
  footer: ['Who may: an admin names editors, reviewers and admins with /desk roles.'],
};

const COUNTING: Document = {
  kind: 'help',
  title: 'How Sitrep counts',
  subtitle: ['We store who said what. We do not decide how many people died; we show who gives which number.'],
  sections: [
    {
      id: 'figures',
      heading: 'A figure',
      lines: [],
      notes: [
        'It keeps its qualifier (“at least”, “more than”, “about”, “dozens”), who it is about, since when, until when and where, and as of when its author held it true.',
        'The originator is who says so; who only carried it is named after “via”. Ten papers relaying one monitor are one voice (R1).',
        'Not mentioned is not zero, and “no casualties reported” is not zero either (R13). Killed is not casualties (R12).',
      ],
    },
    {
      id: 'tolls',
      heading: 'Running tolls',
      notes: [
        'One line for each originator, start and area; the newest as-of stands, earlier values are superseded, a fall is called a revision (R4).',
        'They are never added to each other or to incidents (R2, R3, R9), never averaged, and the highest is never picked. “Up from” is not a number of deaths (R11).',
        'What a party says of its enemy’s losses, what it says of its own, and what others count stand in three lists (R6).',
        'A breakdown belongs to its own total; children and women are parts of it; one that does not add up is kept as published and flagged (R10).',
      ],
      lines: [],
    },
    {
      id: 'sums',
      heading: 'Sums of incidents',
      lines: [],
      notes: [
        'Several counts of one incident give a range from the smallest to the largest; what is withdrawn, improbable or from a source graded unreliable is left out (R5).',
        'Corroborated and confirmed incidents are one sum; single-source and contested ones a second, never added to it (R7).',
        'A summary counts only for what its own incidents do not (R8). The same event told twice counts once; a suspected pair makes the sum provisional (R19).',
        'A sum is no more exact than its weakest part (R18). “Explain this number” lists every figure in it and every one left out, with its rule (R20).',
      ],
    },
  ],
  footer: ['The whole method is in docs/figures.md of the project.'],
};

export const help = command(
  {
    name: 'help',
    description: 'What Sitrep answers, and how to read it',
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'topic',
        description: 'What to explain (default: commands)',
        choices: [
          { name: 'commands', value: 'commands' },
          { name: 'counting', value: 'counting' },
          { name: 'curating', value: 'curating' },
        ],
      },
      onlyMe,
    ],
  },
  { run: ({ topic }) => (topic === 'counting' ? COUNTING : topic === 'curating' ? CURATING : HELP) },
);
