import { Client, type ClientOptions, Events, GatewayIntentBits } from 'discord.js';
import type { StandIn } from '../../../src/playground/standin/stand-in.ts';

/** A discord.js client that talks to a stand-in, not yet logged in. */
export function clientFor(standIn: StandIn, more: Partial<ClientOptions> = {}): Client {
  return new Client({
    intents: [GatewayIntentBits.Guilds],
    waitGuildTimeout: 1000,
    allowedMentions: { parse: [] },
    ...more,
    rest: { api: standIn.apiBase, cdn: `${standIn.origin}/cdn`, retries: 0, timeout: 5000, ...more.rest },
  });
}

/** The same, logged in and ready. The caller destroys it. */
export async function connect(standIn: StandIn, more?: Partial<ClientOptions>): Promise<Client<true>> {
  const made = clientFor(standIn, more);
  const ready = new Promise<Client<true>>((resolve) => made.once(Events.ClientReady, resolve));
  await made.login(standIn.token);
  return ready;
}
