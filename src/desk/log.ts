import type { Piece } from '../briefing/document.ts';
import { REASON_WORDS } from '../briefing/reasons.ts';
import { said, strong, text } from '../briefing/tell.ts';
import type { Reason } from '../model/entry.ts';
import { REGISTRY_STREAM } from '../model/record.ts';
import type { ChatRecord } from './book.ts';
import type { DeskSettings, RoleMap } from './record.ts';
import { DEFAULT_SETTINGS, deskStream, NO_ROLES, ROLES } from './record.ts';
import type { DeskEvent } from './state.ts';

/** Titles and headlines as they may be told now: what was withheld since is withheld in the log, too. */
export interface Names {
  title(situation: string): string | undefined;
  headline(situation: string, entry: string): string | undefined;
  source(id: string): string | undefined;
}

/** What else was done in a guild, by those who keep account of it, the oldest first. */
export type MoreItems = (guild: string) => Promise<readonly LogItem[]>;

/** One thing that somebody did. */
export interface LogItem {
  readonly stream: string;
  readonly seq: number;
  readonly at: string;
  readonly author: string;
  /** What kind of thing, before the dot, and what was done to it. */
  readonly kind: string;
  readonly situation: string | null;
  readonly entries: readonly string[];
  readonly draft?: string;
  /** A reader's report of an error. */
  readonly report?: string;
  /** It can be named to be taken back. */
  readonly undoable: boolean;
  readonly pieces: readonly Piece[];
}

/** `aleppo-2024#45`, `sources#7`, `desk#3`: how the log names a record, and how it is named to be taken back. */
export function nameOf({ stream, seq }: { readonly stream: string; readonly seq: number }): string {
  const slash = stream.indexOf('/');
  if (stream.startsWith('desk/')) return `desk#${seq}`;
  // Digests are in the stream of the guild's readers.
  if (stream.startsWith('guild/')) return `digests#${seq}`;
  return `${stream.slice(slash + 1)}#${seq}`;
}

/** The record that such a name means. Undefined for what is none. */
export function readName(
  written: string,
  guild: string,
): { readonly stream: string; readonly seq: number } | undefined {
  const [, place, digits] = /^([a-z0-9][a-z0-9-]{0,59})#([1-9]\d{0,8})$/.exec(written.trim().toLowerCase()) ?? [];
  if (place === undefined) return undefined;
  const stream = place === 'desk' ? deskStream(guild) : place === REGISTRY_STREAM ? place : `situation/${place}`;
  return { stream, seq: Number(digits) };
}

export const person = (id: string): Piece => ({ type: 'mention', of: 'user', id, text: `member ${id}` });
const role = (id: string): Piece => ({ type: 'mention', of: 'role', id, text: `role ${id}` });
const channel = (id: string): Piece => ({ type: 'mention', of: 'channel', id, text: `channel ${id}` });

const because = (reason: Reason | undefined, note: string | undefined): readonly Piece[] => [
  ...(reason === undefined ? [] : [text(`: ${REASON_WORDS[reason]}`)]),
  ...(note === undefined ? [] : [text(' — '), said(note)]),
];

export const REVIEW_WORDS: Readonly<Record<DeskSettings['review'], string>> = {
  off: 'nothing',
  figures_and_major: 'figures and what is flash or major',
  all: 'everything',
};
export const NOTHING_WORDS: Readonly<Record<DeskSettings['whenNothing'], string>> = {
  line: 'says so in a line',
  skip: 'posts nothing',
  weekly: 'says so once a week',
};

function settingsPieces(old: DeskSettings, now: DeskSettings): readonly Piece[] {
  const shown = (s: DeskSettings): readonly (readonly [string, Piece])[] => [
    ['time zone', said(s.zone)],
    ['language', text(s.language)],
    ['reviewed', text(REVIEW_WORDS[s.review])],
    ['mod-log', s.modLog === undefined ? text('none') : channel(s.modLog)],
    ['when nothing changed, a digest', text(NOTHING_WORDS[s.whenNothing])],
  ];
  const [before, after] = [shown(old), shown(now)];
  const changed = after.flatMap(([name, value], i) => {
    const was = before[i]?.[1];
    return was === undefined || JSON.stringify(was) === JSON.stringify(value)
      ? []
      : [[text(`${name}: `), was, text(' → '), value]];
  });
  if (changed.length === 0) return [text('saved the settings; nothing changed')];
  return [text('changed the settings: '), ...changed.flatMap((c, i) => (i === 0 ? c : [text('; '), ...c]))];
}

function rolesPieces(old: RoleMap, now: RoleMap): readonly Piece[] {
  const changed = ROLES.flatMap((name): (readonly Piece[])[] => {
    const gone = old[name].filter((id) => !now[name].includes(id));
    const come = now[name].filter((id) => !old[name].includes(id));
    if (gone.length + come.length === 0) return [];
    return [
      [
        text(`${name}:`),
        ...come.flatMap((id) => [text(' + '), role(id)]),
        ...gone.flatMap((id) => [text(' − '), role(id)]),
      ],
    ];
  });
  if (changed.length === 0) return [text('saved the roles; nothing changed')];
  return [text('changed the roles: '), ...changed.flatMap((c, i) => (i === 0 ? c : [text('; '), ...c]))];
}

const DRAFT_WORDS = {
  'draft.submitted': 'sent for review',
  'draft.approved': 'approved',
  'draft.rejected': 'sent back',
  'draft.discarded': 'discarded',
} as const;

const MOVES: ReadonlySet<DeskEvent['kind']> = new Set([
  'draft.submitted',
  'draft.approved',
  'draft.rejected',
  'draft.discarded',
  'draft.applied',
  'dispute.closed',
]);

type Told = Pick<LogItem, 'pieces' | 'situation' | 'entries' | 'draft' | 'report'>;
const aboutDesk = (pieces: readonly Piece[]): Told => ({ pieces, situation: null, entries: [] });

const inSituation = (slug: string | null, names: Names): readonly Piece[] =>
  slug === null ? [] : [text(' in '), said(names.title(slug) ?? slug)];

/** What desk events say, told in their order: settings and roles are told by what changed. */
function* deskItems(events: readonly DeskEvent[], guild: string, names: Names, from: number): Generator<LogItem> {
  let settings = DEFAULT_SETTINGS;
  let roles = NO_ROLES;
  const drafts = new Map<string, { readonly situation: string | null; readonly author: string }>();
  const disputes = new Map<string, { readonly situation: string; readonly entry?: string }>();
  const tell = (event: DeskEvent): Told | undefined => {
    switch (event.kind) {
      case 'settings.set': {
        const pieces = settingsPieces(settings, event.body.settings);
        settings = event.body.settings;
        return aboutDesk(pieces);
      }
      case 'roles.set': {
        const pieces = rolesPieces(roles, event.body.roles);
        roles = event.body.roles;
        return aboutDesk(pieces);
      }
      case 'draft.saved':
        if (!drafts.has(event.body.id))
          drafts.set(event.body.id, { situation: event.body.situation, author: event.author });
        return undefined;
      case 'draft.submitted':
      case 'draft.approved':
      case 'draft.rejected':
      case 'draft.discarded': {
        const { id } = event.body;
        const of = drafts.get(id);
        const reason = 'reason' in event.body ? event.body.reason : undefined;
        const breaking = 'breaking' in event.body ? event.body.breaking : undefined;
        return {
          pieces: [
            text(`${DRAFT_WORDS[event.kind]} ${id}`),
            ...(of === undefined || of.author === event.author ? [] : [text(' by '), person(of.author)]),
            ...inSituation(of?.situation ?? null, names),
            ...(breaking === undefined ? [] : [strong(' without a second person'), text(' — '), said(breaking)]),
            ...because(undefined, reason),
          ],
          situation: of?.situation ?? null,
          entries: [],
          draft: id,
        };
      }
      case 'dispute.filed': {
        const { id, situation, entry, words } = event.body;
        disputes.set(id, event.body);
        const headline = entry === undefined ? undefined : names.headline(situation, entry);
        return {
          pieces: [
            text(`reported an error (${id})`),
            ...(entry === undefined ? [] : [text(` in ${entry}`)]),
            ...(headline === undefined ? [] : [text(' “'), said(headline), text('”')]),
            ...inSituation(situation, names),
            text(': '),
            said(words),
          ],
          situation,
          entries: entry === undefined ? [] : [entry],
          report: id,
        };
      }
      case 'dispute.closed': {
        const { id, how, reason } = event.body;
        const of = disputes.get(id);
        return {
          pieces: [
            text(`closed the report ${id}: ${how === 'corrected' ? 'corrected' : 'what is told stands'} — `),
            said(reason),
          ],
          situation: of?.situation ?? null,
          entries: of?.entry === undefined ? [] : [of.entry],
        };
      }
      default:
        return undefined;
    }
  };
  for (const event of events) {
    // Of what was told before only that is read on which later words depend.
    if (event.seq <= from && MOVES.has(event.kind)) continue;
    const told = tell(event);
    if (!told || event.seq <= from) continue;
    const { kind, seq, at, author } = event;
    const undoable = kind === 'settings.set' || kind === 'roles.set';
    yield { ...told, kind, seq, at, author, stream: deskStream(guild), undoable };
  }
}

const CHAT_WORDS: Readonly<Record<ChatRecord['kind'], string>> = {
  'situation.opened': 'opened the situation',
  'situation.amended': 'amended the situation',
  'entry.added': 'added',
  'entry.amended': 'amended',
  'entry.retracted': 'retracted',
  'entry.restored': 'restored',
  'report.added': 'added the report',
  'report.amended': 'amended the report',
  'report.withdrawn': 'withdrew the report',
  'report.restored': 'restored the report',
  'link.added': 'linked',
  'link.removed': 'took away the link',
  'party.set': 'set the party',
  'source.set': 'set the source',
  'source.retired': 'retired the source',
};

/** What a record that somebody made in chat says; no word of it is older than what may be told now. */
export function chatPieces(record: ChatRecord, names: Names): readonly Piece[] {
  const { kind, situation, entries, what, reason, note, by } = record;
  const [from, to] = entries;
  const isLink = kind === 'link.added' || kind === 'link.removed';
  const subject: readonly Piece[] = isLink
    ? [text(` ${from} ${what} ${to}`)]
    : [
        ...(what === undefined ? [] : [text(' '), said(situation === null ? (names.source(what) ?? what) : what)]),
        ...(what === undefined && from !== undefined ? [text(` ${from}`)] : []),
      ];
  const headline = situation === null || from === undefined ? undefined : names.headline(situation, from);
  return [
    ...(by.undoes === undefined ? [] : [text(`took back ${nameOf({ stream: record.stream, seq: by.undoes })}: `)]),
    text(CHAT_WORDS[kind]),
    ...subject,
    ...(headline === undefined || isLink ? [] : [text(' “'), said(headline), text('”')]),
    ...(entries.length === 0 && situation !== null
      ? [text(' '), said(names.title(situation) ?? situation)]
      : inSituation(situation, names)),
    ...because(reason, note),
    ...(by.draft === undefined ? [] : [text(` (${by.draft}`)]),
    ...(by.draft !== undefined && by.approvedBy !== undefined ? [text(', approved by '), person(by.approvedBy)] : []),
    ...(by.draft === undefined ? [] : [text(')')]),
    ...(by.breaking === undefined ? [] : [strong(' without a second person'), text(' — '), said(by.breaking)]),
    ...(by.overruled ?? []).flatMap(({ saw, reason: why }) => [
      text('; overruled: '),
      said(saw),
      text(' — '),
      said(why),
    ]),
  ];
}

/**
 * What a desk did: its own stream (after the record `from`) and what its people recorded elsewhere, the oldest first.
 */
export function logItems(
  guild: string,
  events: readonly DeskEvent[],
  chat: readonly ChatRecord[],
  names: Names,
  from = 0,
  more: readonly LogItem[] = [],
): readonly LogItem[] {
  const items: LogItem[] = [...deskItems(events, guild, names, from), ...more];
  for (const record of chat) {
    const { stream, seq, at, author, kind, situation, entries, by } = record;
    items.push({
      stream,
      seq,
      at,
      author,
      kind,
      situation,
      entries,
      ...(by.draft !== undefined && { draft: by.draft }),
      undoable: kind !== 'situation.opened',
      pieces: chatPieces(record, names),
    });
  }
  // Of one moment: by stream and place, so that the order is the same whenever it is read.
  return items.sort((a, b) =>
    a.at === b.at ? (a.stream === b.stream ? a.seq - b.seq : a.stream < b.stream ? -1 : 1) : a.at < b.at ? -1 : 1,
  );
}
