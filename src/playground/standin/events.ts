import type { StoredMessage } from './world.ts';

/** What happens in the stand-in, for the page and for tests. */
export type StandInEvent =
  | { readonly type: 'message.create' | 'message.update'; readonly message: StoredMessage }
  | { readonly type: 'message.delete'; readonly channelId: string; readonly messageId: string }
  | { readonly type: 'commands' | 'channels' }
  | { readonly type: 'bot'; readonly online: boolean };

export type Listener = (event: StandInEvent) => void;

export interface Events {
  emit(event: StandInEvent): void;
  /** Returns the function that ends it. */
  on(listener: Listener): () => void;
}

export function events(): Events {
  const listeners = new Set<Listener>();
  return {
    emit(event) {
      for (const listener of listeners) listener(event);
    },
    on(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
