import type { Document } from '../briefing/document.ts';
import { strong, text } from '../briefing/tell.ts';
import type { LogItem } from './log.ts';
import { nameOf, person } from './log.ts';
import type { Draft } from './record.ts';
import type { DeskState } from './state.ts';

/** What is not told in the mod-log: what somebody throws away unseen is nobody else's business. */
const SILENT: ReadonlySet<string> = new Set(['draft.discarded']);

/** So many things are told in one message; a first import must not fill a channel. */
const MOST_TOLD = 10;

/** One message of the mod-log, and the records up to which it tells: these are marked once it arrived. */
export interface Mirrored {
  readonly stream: string;
  readonly seq: number;
  /** What the message is known by: the same things again are the same message. */
  readonly name: string;
  /** Nothing of it is to be told; it is only marked. */
  readonly document?: Document;
}

function documentOf(items: readonly LogItem[], last: LogItem): Document {
  const told = items.slice(0, MOST_TOLD);
  const left = items.length - told.length;
  const entry = items.findLast((item) => item.entries.length > 0 && item.situation !== null);
  const reports = told.flatMap(({ kind, report }) =>
    kind === 'dispute.filed' && report !== undefined ? [report] : [],
  );
  const waits = items.some((item) => item.kind === 'draft.submitted');
  return {
    kind: 'log',
    title: 'Desk log',
    subtitle: [],
    sections: [
      {
        id: 'log',
        lines: [],
        rows: told.map((item) => [person(item.author), text(' '), ...item.pieces]),
        ...(left > 0 && { notes: [`${left} more changes of the same kind of record: /desk log lists them.`] }),
      },
    ],
    // By this a message is known again after a restart.
    footer: [`Record ${nameOf(last)}`],
    ...(reports.length > 0 && {
      acts: reports.map((report) => ({ label: `Close ${report}`, act: 'desk log settle', args: { report } })),
    }),
    follows: [
      ...(entry?.situation == null
        ? []
        : [
            {
              label: `Show ${entry.entries[0] ?? ''}`,
              command: 'entry show',
              args: { situation: entry.situation, entry: entry.entries[0] ?? '' },
            },
          ]),
      ...(waits ? [{ label: 'What waits for review', command: 'review list', args: {} }] : []),
    ],
  };
}

/**
 * What is still to be told in the mod-log of a desk, one message for what was recorded together. Nothing from before it was
 * turned on. `items` are those of the log, the oldest first.
 */
export function toMirror(desk: DeskState, items: readonly LogItem[]): readonly Mirrored[] {
  const since = desk.mirroredSince;
  if (desk.settings.modLog === undefined || since === undefined) return [];
  const due = items.filter((item) => item.at >= since && item.seq > (desk.mirrored.get(item.stream) ?? 0));
  const groups: LogItem[][] = [];
  for (const item of due) {
    const last = groups.at(-1);
    const [first] = last ?? [];
    // What one press recorded bears one time and one author.
    if (last && first?.stream === item.stream && first.at === item.at && first.author === item.author) last.push(item);
    else groups.push([item]);
  }
  return groups.flatMap((group) => {
    const last = group.at(-1);
    if (!last) return [];
    const told = group.filter((item) => !SILENT.has(item.kind));
    return [
      {
        stream: last.stream,
        seq: last.seq,
        name: nameOf(last),
        ...(told.length > 0 && { document: documentOf(told, last) }),
      },
    ];
  });
}

const DAY = 86_400_000;
/** Drafts are fresh for so long: nobody is reminded of what was just sent. In ms. */
const PATIENCE = 4 * 3_600_000;

/** The drafts of which a desk is to be reminded now: when one has waited for hours, and once a day at most. */
export function dueReminder(desk: DeskState, now: Date): readonly Draft[] {
  if (desk.settings.modLog === undefined) return [];
  const waiting = [...desk.drafts.values()].filter(({ state }) => state === 'submitted');
  const late = waiting.some(({ changed }) => now.getTime() - Date.parse(changed) >= PATIENCE);
  const free = desk.reminded === undefined || now.getTime() - Date.parse(desk.reminded) >= DAY;
  return late && free ? waiting : [];
}

export function composeReminder(drafts: readonly Draft[], now: Date): Document {
  return {
    kind: 'log',
    title: drafts.length === 1 ? 'One change waits for review' : `${drafts.length} changes wait for review`,
    subtitle: [],
    sections: [
      {
        id: 'waiting',
        lines: [],
        rows: drafts
          .slice(0, MOST_TOLD)
          .map(({ id, author, changed }) => [
            strong(id),
            text(' by '),
            person(author),
            text(', sent '),
            { type: 'time' as const, at: changed, text: changed },
          ]),
      },
    ],
    footer: [`Reminder of ${now.toISOString().slice(0, 10)}`],
    follows: [{ label: 'What waits for review', command: 'review list', args: {} }],
  };
}
