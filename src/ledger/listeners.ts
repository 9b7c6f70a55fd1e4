import type { LedgerLog, LedgerRecord, Listener } from './ledger.ts';

/** The followers of a ledger: a failing one is logged and never disturbs an append or its neighbours. */
export const listeners = (log?: LedgerLog) => {
  const all = new Map<symbol, Listener>();
  return {
    add(listener: Listener): () => void {
      const id = Symbol('listener');
      all.set(id, listener);
      return () => void all.delete(id);
    },
    tell(stream: string, records: readonly LedgerRecord[]): void {
      for (const listener of all.values()) {
        try {
          listener(stream, records);
        } catch (error) {
          log?.error({ err: error, stream }, 'a follower of the ledger failed');
        }
      }
    },
  };
};
