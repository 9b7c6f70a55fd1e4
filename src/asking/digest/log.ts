import type { Piece } from '../../briefing/document.ts';
import { said, text } from '../../briefing/tell.ts';
import type { LogItem, MoreItems } from '../../desk/log.ts';
import { guildStream } from '../../digests/book.ts';
import type { Digest } from '../../digests/digest.ts';
import type { DigestEvent } from '../../digests/records.ts';
import { scheduleWords } from '../../digests/schedule.ts';
import { LENGTH_WORDS, NOTHING_WORDS, STYLE_WORDS } from '../../digests/settings-rows.ts';

/** A record as a ledger reads it: taken at its type where its kind is one of ours. */
interface Read {
  readonly seq: number;
  readonly at: string;
  readonly author: string;
  readonly kind: string;
  readonly body: unknown;
}

const named = ({ id, name }: Pick<Digest, 'id' | 'name'>): readonly Piece[] => [text(`${id} “`), said(name), text('”')];
const yes = (value: boolean): Piece => text(value ? 'yes' : 'no');
const mention = (of: 'role' | 'channel', id: string | undefined): Piece =>
  id === undefined ? text('none') : { type: 'mention', of, id, text: `${of} ${id}` };

/** Every setting, as it is told. */
const settingsOf = (digest: Digest): readonly (readonly [string, Piece])[] => [
  ['name', said(digest.name)],
  ['channel', mention('channel', digest.channel)],
  ['situations', said(digest.situations.join(', '))],
  ['when', text(scheduleWords(digest.schedule))],
  ['length', text(LENGTH_WORDS[digest.length])],
  ['filter', said(Object.values(digest.filters).join(', ') || 'none')],
  ['when nothing changed', text(NOTHING_WORDS[digest.whenNothing])],
  ['flash', yes(digest.flash)],
  ['mentions', mention('role', digest.mention)],
  ['quiet', text(digest.quiet ? `${digest.quiet.from} to ${digest.quiet.to}` : 'never')],
  ['style', text(STYLE_WORDS[digest.style])],
  ['published', yes(digest.publish)],
  ['tags', text(String(digest.tags?.length ?? 0))],
];

function changes(before: Digest, after: Digest): readonly Piece[] {
  const old = settingsOf(before);
  return settingsOf(after).flatMap(([name, value], i): readonly Piece[] => {
    const was = old[i]?.[1];
    if (was === undefined || JSON.stringify(was) === JSON.stringify(value)) return [];
    return [text(`; ${name}: `), was, text(' → '), value];
  });
}

const DONE = { 'digest.paused': 'paused', 'digest.resumed': 'resumed', 'digest.deleted': 'deleted' } as const;
const SENT = { now: 'sent digest ', test: 'sent a test of digest ' } as const;

/** What a record of a person says; undefined for what nobody did, or what is no news. */
function told(event: DigestEvent, known: Map<string, Digest>): readonly Piece[] | undefined {
  switch (event.kind) {
    case 'digest.created':
    case 'digest.edited': {
      const { digest } = event.body;
      const before = known.get(digest.id);
      known.set(digest.id, digest);
      if (event.kind === 'digest.edited' && before)
        return [text('changed digest '), ...named(before), ...changes(before, digest)];
      return [
        text('ordered digest '),
        ...named(digest),
        text(' in '),
        mention('channel', digest.channel),
        text(`: ${digest.situations.join(', ')}; ${scheduleWords(digest.schedule)}`),
      ];
    }
    case 'digest.paused':
    case 'digest.resumed':
    case 'digest.deleted': {
      const digest = known.get(event.body.id);
      return [text(`${DONE[event.kind]} digest `), ...(digest ? named(digest) : [text(event.body.id)])];
    }
    case 'digest.intent': {
      const { purpose, attempt, id } = event.body;
      const digest = known.get(id);
      if (attempt > 1 || (purpose !== 'now' && purpose !== 'test')) return undefined;
      return [text(SENT[purpose]), ...(digest ? named(digest) : [text(id)])];
    }
    default:
      return undefined;
  }
}

/** What people ordered of digests, for the log of their desk. `read`: the records of a stream after a seq. */
export function digestLog(read: (stream: string, after: number) => Promise<readonly Read[]>): MoreItems {
  const kept = new Map<string, { seq: number; readonly known: Map<string, Digest>; readonly items: LogItem[] }>();
  return async (guild) => {
    const stream = guildStream(guild);
    const before = kept.get(guild);
    const records = await read(stream, before?.seq ?? 0);
    // Whoever else asked meanwhile has read the same.
    const state = kept.get(guild) ?? { seq: 0, known: new Map<string, Digest>(), items: [] };
    kept.set(guild, state);
    for (const record of records) {
      if (record.seq <= state.seq) continue;
      state.seq = record.seq;
      if (!record.kind.startsWith('digest.')) continue;
      const { seq, at, author, kind } = record;
      // The ledger guards bytes and our own decisions wrote the records.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      const pieces = told(record as DigestEvent, state.known);
      if (pieces && author !== 'bot')
        state.items.push({ stream, seq, at, author, kind, situation: null, entries: [], undoable: false, pieces });
    }
    return [...state.items];
  };
}
