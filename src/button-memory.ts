import { createHash } from 'node:crypto';
import type { StateMemory } from './discord/state.ts';
import { Conflict, Duplicate } from './ledger/errors.ts';
import type { Ledger } from './ledger/ledger.ts';

const STREAM = 'buttons';

/**
 * Keeps the states of forms, and those that do not fit into a button, in the ledger, so that both work after a restart.
 * The same state is kept once.
 */
export async function ledgerButtons(ledger: Ledger, now: () => Date): Promise<StateMemory> {
  const states = new Map<string, string>();
  const learn = (records: readonly { readonly key?: string; readonly body: unknown }[]): void => {
    for (const { key, body } of records) if (key !== undefined) states.set(key, (body as { state: string }).state);
  };
  learn(await ledger.read(STREAM));
  ledger.follow((stream, records) => {
    if (stream === STREAM) learn(records);
  });
  return {
    remember: async (state) => {
      const key = createHash('sha256').update(state).digest('base64url').slice(0, 22);
      while (!states.has(key)) {
        const head = await ledger.head(STREAM);
        const last = (await ledger.read(STREAM, Math.max(head - 1, 0))).at(-1);
        // A clock that was set back must not refuse a button.
        const at = new Date(Math.max(now().getTime(), Date.parse(last?.at ?? '') || 0)).toISOString();
        try {
          await ledger.append(STREAM, head, [{ at, author: 'bot', kind: 'button.kept', key, body: { state } }]);
        } catch (thrown) {
          if (!(thrown instanceof Conflict) && !(thrown instanceof Duplicate)) throw thrown;
        }
      }
      return key;
    },
    recall: async (id) => states.get(id),
  };
}
