import type { Alone } from '../editions/alone.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Shelf } from './shelf.ts';

/** What people are owed in private, and the book in which it stands. */
export interface LateAlone extends Alone {
  shelf(): Promise<Shelf>;
  close(): void;
}

/** Loads its code and reads the ledger when it is first asked: the start of a bot needs neither. */
export function lateAlone(ledger: Ledger, now: () => Date): LateAlone {
  const load = async (): Promise<{ readonly shelf: Shelf; readonly alone: Alone }> => {
    const [{ openShelf }, { openAlone }] = await Promise.all([import('./shelf.ts'), import('./alone.ts')]);
    const shelf = openShelf(ledger);
    return { shelf, alone: openAlone({ ledger, shelf, now }) };
  };
  let loading: ReturnType<typeof load> | undefined;
  const loaded = (): ReturnType<typeof load> => (loading ??= load());
  return {
    shelf: async () => (await loaded()).shelf,
    owed: async (...asked) => (await loaded()).alone.owed(...asked),
    named: async (...asked) => (await loaded()).alone.named(...asked),
    told: async (...asked) => (await loaded()).alone.told(...asked),
    close: () => void loading?.then(({ shelf }) => shelf.close()),
  };
}
