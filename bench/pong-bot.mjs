// The peer: the smallest bot on the same library. One command, registered at every start, answered without a thought.
import { Client, Events, GatewayIntentBits } from 'discord.js';

const client = new Client({
  intents: [GatewayIntentBits.Guilds],
  waitGuildTimeout: 1_000,
  rest: { api: process.env.DISCORD_API_URL },
});
client.once(Events.ClientReady, (ready) => {
  void ready.application.commands.set([{ name: 'ping', description: 'Answers pong' }]);
});
client.on(Events.InteractionCreate, (interaction) => {
  if (interaction.isChatInputCommand()) void interaction.reply('pong');
});
process.once('SIGTERM', () => void client.destroy());
await client.login(process.env.DISCORD_TOKEN);
