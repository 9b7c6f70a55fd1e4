import { type Client, PermissionFlagsBits as Flag } from 'discord.js';

const NEEDED = [
  ['View Channel', Flag.ViewChannel],
  ['Send Messages', Flag.SendMessages],
  ['Read Message History', Flag.ReadMessageHistory],
] as const;
const IN_THREADS = [NEEDED[0], ['Send Messages in Threads', Flag.SendMessagesInThreads], NEEDED[2]] as const;

/** What the bot knows of its servers from the gateway, without asking Discord anything. */
export function guildFacts(
  client: Client<true>,
  { ahead, registered }: { readonly ahead: () => number; readonly registered: () => boolean | undefined },
) {
  return {
    guild: (id: string) => {
      const guild = client.guilds.cache.get(id);
      return guild && { name: guild.name };
    },
    channel: (guild: string, id: string) => {
      const channel = client.guilds.cache.get(guild)?.channels.cache.get(id);
      if (!channel) return undefined;
      const held = channel.permissionsFor(client.user);
      const needed = channel.isThread() ? IN_THREADS : NEEDED;
      return {
        name: channel.name,
        missing: needed.filter(([, flag]) => held?.has(flag) !== true).map(([name]) => name),
      };
    },
    role: (guild: string, id: string) => {
      const role = client.guilds.cache.get(guild)?.roles.cache.get(id);
      return role && { name: role.name };
    },
    ahead,
    registered,
  };
}
