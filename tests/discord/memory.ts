import { createHash } from 'node:crypto';
import type { StateMemory } from '../../src/discord/state.ts';

/** The memory of long button states, kept in a map. */
export function memory(): StateMemory & { readonly kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return {
    kept,
    remember: async (state) => {
      const id = createHash('sha256').update(state).digest('base64url').slice(0, 22);
      kept.set(id, state);
      return id;
    },
    recall: async (id) => kept.get(id),
  };
}
