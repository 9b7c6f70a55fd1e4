import type { CallbackDeps } from '../callbacks.ts';
import type { Commands } from '../commands.ts';
import type { Events } from '../events.ts';
import type { Gateway } from '../gateway.ts';

/** What the routes work with. */
export interface Parts extends CallbackDeps {
  readonly gateway: Gateway;
  readonly commands: Commands;
  readonly events: Events;
  readonly tokenLifeMs: number;
  readonly nonceWindowMs: number;
}
