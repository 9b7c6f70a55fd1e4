import type { Archive } from '../../src/archive.ts';
import { openArchive } from '../../src/archive.ts';
import { composeBrief } from '../../src/briefing/brief.ts';
import { composeChanges } from '../../src/briefing/changes.ts';
import type { Document } from '../../src/briefing/document.ts';
import { carryCorrections } from '../../src/carrying.ts';
import { openAlone } from '../../src/corrections/alone.ts';
import type { Carrier } from '../../src/corrections/carrier.ts';
import type { Unmended } from '../../src/corrections/failures.ts';
import { openShelf } from '../../src/corrections/shelf.ts';
import { createMender } from '../../src/discord/mend/mender.ts';
import { richMessage } from '../../src/discord/message.ts';
import { pack } from '../../src/discord/pack.ts';
import { plainMessage } from '../../src/discord/plain.ts';
import { render } from '../../src/discord/render.ts';
import type { Alone } from '../../src/editions/alone.ts';
import type { Edition, ReaderRecord } from '../../src/editions/edition.ts';
import { showsOf } from '../../src/editions/shows.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { memoryLedger } from '../../src/ledger/memory-ledger.ts';
import { silentLog } from '../../src/log.ts';
import { CHANNEL_IDS, GUILD_ID, PERSONA_IDS } from '../../src/playground/cast.ts';
import type { StoredMessage } from '../../src/playground/standin/world.ts';
import type { Draft } from '../support/build.ts';
import { opened, registry } from '../support/build.ts';
import type { Bench } from '../support/stand-in.ts';

export const SITUATION = 'river-2024';
const STREAM = `situation/${SITUATION}`;
export const READERS = `guild/${GUILD_ID}`;

/** A ledger with a situation in it, readers who were shown it, and the carrier of corrections, on a stand-in. */
export interface House {
  readonly ledger: Ledger;
  readonly archive: Archive;
  carrier(): Carrier;
  alone(): Alone;
  /** What could not be mended, as moderators were told it. */
  readonly reported: readonly Unmended[];
  /** Adds records to the situation. */
  tell(...drafts: Draft[]): Promise<void>;
  /** Posts a briefing as the bot does, and records it. */
  show(where: keyof typeof CHANNEL_IDS, how?: Showing): Promise<Told>;
  /** Ends the carrier and begins another on the same ledger, as a restart does. */
  restart(): Promise<void>;
  owed(
    kind: ReaderRecord['kind'],
  ): Promise<readonly { readonly id: string; readonly why?: string; readonly how?: string }[]>;
  close(): Promise<void>;
}

interface Showing {
  readonly kind?: 'brief' | 'changes';
  readonly form?: 'rich' | 'plain';
  /** Ephemeral: no message is known. */
  readonly private?: boolean;
  readonly document?: (document: Document) => Document;
  readonly args?: Readonly<Record<string, string>>;
}

export interface Told {
  readonly edition: Edition;
  readonly message: StoredMessage;
  /** What it says now. */
  text(): string;
}

const textOf = (value: unknown): readonly string[] =>
  Array.isArray(value)
    ? value.flatMap(textOf)
    : typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, part]) =>
          key === 'content' && typeof part === 'string' ? [part] : textOf(part),
        )
      : [];

export async function openHouse(bench: Bench, { start = true } = {}): Promise<House> {
  const ledger = memoryLedger();
  const at = new Date('2024-11-27T08:00:00.000Z').getTime();
  let clock = at;
  const now = (): Date => new Date((clock += 60_000));
  const archive = await openArchive(ledger);
  await ledger.append(
    'sources',
    0,
    [
      ...[...registry.parties.values()].map((party) => ({ kind: 'party.set', body: { party } })),
      ...[...registry.sources.values()].map((source) => ({ kind: 'source.set', body: { source } })),
    ].map((record) => ({ at: now().toISOString(), author: 'data', ...record })),
  );
  const reported: Unmended[] = [];
  let shelf = openShelf(ledger);
  const begin = (): Carrier =>
    carryCorrections({
      ledger,
      shelf,
      report: (unmended) => void reported.push(unmended),
      archive,
      log: silentLog,
      now,
      mender: createMender({
        token: bench.standIn.token,
        api: bench.standIn.apiBase,
        log: silentLog,
        paceMs: 0,
        timeoutMs: 500,
      }),
    });
  let carrier: Carrier | undefined = start ? begin() : undefined;
  let editions = 0;

  const house: House = {
    ledger,
    archive,
    carrier() {
      if (!carrier) throw new Error('the carrier has not begun');
      return carrier;
    },
    async tell(...drafts) {
      for (const draft of drafts)
        await ledger.append(STREAM, await ledger.head(STREAM), [
          { at: now().toISOString(), author: 'editor', kind: draft.kind, body: draft.body },
        ]);
    },
    async show(where, how = {}) {
      const picture = await archive.picture(SITUATION);
      if (!picture) throw new Error('nothing is known');
      const known = { picture, registry: archive.registry() };
      const made =
        how.kind === 'changes'
          ? composeChanges(known, undefined, { sinceWords: 'the beginning' })
          : composeBrief(known, { length: 'full' });
      const document = how.document?.(made) ?? made;
      const [page] = pack(render(document));
      const body = how.form === 'plain' ? plainMessage(page, []) : richMessage(document, page, []);
      const channel = bench.standIn.world.channels.get(CHANNEL_IDS[where]);
      if (!channel) throw new Error(`there is no channel ${where}`);
      const message = bench.standIn.messages.post({
        channel,
        authorId: bench.standIn.world.bot.id,
        body: { ...body },
        uploads: [],
        mentions: 'everything',
        ...(how.private && { onlyFor: PERSONA_IDS.reader }),
      });
      editions += 1;
      const edition: Edition = {
        number: editions,
        situation: SITUATION,
        kind: document.kind,
        asker: PERSONA_IDS.reader,
        channel: channel.id,
        private: how.private === true,
        messages: how.private ? [] : [message.id],
        seq: picture.seq,
        request: { path: document.kind, args: { situation: SITUATION, ...how.args } },
        shows: showsOf(document, picture),
      };
      for (let done = false; !done; )
        done = await ledger
          .append(READERS, await ledger.head(READERS), [
            { at: now().toISOString(), author: PERSONA_IDS.reader, kind: 'edition.shown', body: edition },
          ])
          .then(
            () => true,
            () => false,
          );
      const text = (): string =>
        textOf(message.raw)
          .filter((part) => part !== '')
          .join('\n');
      return { edition, message, text };
    },
    alone: () => openAlone({ ledger, shelf, now }),
    reported,
    async restart() {
      await carrier?.close();
      shelf.close();
      shelf = openShelf(ledger);
      carrier = begin();
    },
    owed: async (kind) =>
      (await ledger.read(READERS))
        .filter((r) => r.kind === kind)
        .map((r) => r.body as { readonly id: string; readonly why?: string; readonly how?: string }),
    close: async () => {
      await carrier?.close();
      archive.close();
    },
  };
  await house.tell(opened());
  return house;
}
