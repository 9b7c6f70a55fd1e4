import type { Archive } from './archive.ts';
import type { Carrier, CarrierOptions } from './corrections/carrier.ts';
import { openCarrier } from './corrections/carrier.ts';
import type { Mender } from './corrections/mender.ts';
import type { Shelf } from './corrections/shelf.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { Log } from './log.ts';
import { SITUATION_STREAMS } from './model/record.ts';

export interface CarryingOptions extends Pick<CarrierOptions, 'turnMs' | 'report'> {
  readonly ledger: Ledger;
  /** What was shown, as far as the ledger has it. Its owner closes it, after the carrier. */
  readonly shelf: Shelf;
  readonly archive: Archive;
  readonly mender: Mender;
  readonly log: Log;
  readonly now: () => Date;
}

/** Carries corrections from the store to the messages of its readers, for as long as the store is open. */
export function carryCorrections(options: CarryingOptions): Carrier {
  const { ledger, shelf, archive, mender, log, now, turnMs, report } = options;
  const carrier = openCarrier({
    ledger,
    shelf,
    mender,
    report,
    log,
    now,
    ...(turnMs && { turnMs }),
    known: async (slug) => {
      const picture = await archive.picture(slug);
      return picture && { picture, registry: archive.registry() };
    },
  });
  const unfollow = ledger.follow((stream, records) => {
    if (stream.startsWith(SITUATION_STREAMS)) carrier.noticed(stream.slice(SITUATION_STREAMS.length), records);
  });
  return {
    ...carrier,
    close: async () => {
      unfollow();
      await carrier.close();
    },
  };
}

/** Events after which the bot may do what it could not do before. */
const RIGHTS = ['channelUpdate', 'threadUpdate', 'roleUpdate', 'guildMemberUpdate', 'guildCreate'] as const;
/** Rights change in many small steps. In ms. */
const SETTLE = 1_000;

/** Tries again what failed for want of a right when rights change. Returns the function that ends it. */
export function retryOnRights(
  client: { on(event: (typeof RIGHTS)[number], listener: () => void): unknown },
  retry: () => void,
): () => void {
  let timer: NodeJS.Timeout | undefined;
  for (const event of RIGHTS)
    client.on(event, () => {
      clearTimeout(timer);
      timer = setTimeout(retry, SETTLE).unref();
    });
  return () => clearTimeout(timer);
}

/** Buttons that are pressed on messages, as the gateway tells them. */
const COMPONENT = 3;

/** Marks a message again after its page was turned. `client` is told of interactions as they come from the gateway. */
export function markTurnedPages(
  client: { readonly ws: { on(event: never, listener: (raw: unknown) => void): unknown } },
  turned: (message: string) => void,
): void {
  client.ws.on('INTERACTION_CREATE' as never, (raw) => {
    const { type, message } = (raw ?? {}) as { readonly type?: unknown; readonly message?: { readonly id?: unknown } };
    if (type === COMPONENT && typeof message?.id === 'string') turned(message.id);
  });
}
