import { createRequire } from 'node:module';
import type { Client as LibraryClient } from 'discord.js';

/**
 * The values of discord.js, by `require`: an `import` of a CommonJS package lets Node read all its files a second time to
 * find the names that they export, which is a sixth of a bot's start. Types are imported as ever.
 */
const library = createRequire(import.meta.url)('discord.js') as typeof import('discord.js');

export const {
  Client,
  DefaultRestOptions,
  DiscordAPIError,
  DiscordjsError,
  DiscordjsErrorCodes,
  Events,
  GatewayDispatchEvents,
  GatewayIntentBits,
  HTTPError,
  RateLimitError,
  REST,
  RESTEvents,
} = library;

export type Client<Ready extends boolean = boolean> = LibraryClient<Ready>;
