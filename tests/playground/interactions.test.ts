import {
  ActionRowBuilder,
  ApplicationCommandType,
  ButtonBuilder,
  ButtonStyle,
  ChannelSelectMenuBuilder,
  ChannelType,
  type ChatInputCommandInteraction,
  type Client,
  DiscordAPIError,
  Events,
  type Interaction,
  LabelBuilder,
  MessageFlags,
  ModalBuilder,
  type ModalSubmitInteraction,
  RoleSelectMenuBuilder,
  SlashCommandBuilder,
  StringSelectMenuBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CHANNEL_IDS, GUILD_ID, PERSONA_IDS, ROLE_IDS } from '../../src/playground/cast.ts';
import { type Bench, startBench } from '../support/stand-in.ts';

let bench: Bench;
let client: Client<true>;
let onCommand: (interaction: ChatInputCommandInteraction) => Promise<unknown> = async () => undefined;
let onOther: (interaction: Interaction) => Promise<unknown> = async () => undefined;
let codes: unknown[] = [];
let monotonic = 0;

const tell = new SlashCommandBuilder()
  .setName('tell')
  .setDescription('Tells.')
  .addStringOption((option) => option.setName('about').setDescription('What about').setAutocomplete(true))
  .addIntegerOption((option) => option.setName('times').setDescription('How often').setMaxValue(5))
  .addChannelOption((option) => option.setName('where').setDescription('A channel'))
  .addAttachmentOption((option) => option.setName('file').setDescription('A file'));
const desk = new SlashCommandBuilder()
  .setName('desk')
  .setDescription('The desk.')
  .setDefaultMemberPermissions('32')
  .addSubcommand((sub) => sub.setName('show').setDescription('Shows.'));

beforeAll(async () => {
  bench = await startBench({ interactionDeadlineMs: 400, elapsed: () => monotonic + performance.now() });
  client = await bench.connect();
  await client.application.commands.set([
    tell.toJSON(),
    desk.toJSON(),
    { name: 'Quote this', type: ApplicationCommandType.Message },
  ]);
  client.on(Events.InteractionCreate, (interaction) => {
    const handled = interaction.isChatInputCommand() ? onCommand(interaction) : onOther(interaction);
    handled.catch((problem: unknown) => codes.push(problem instanceof DiscordAPIError ? problem.code : problem));
  });
});
beforeEach(() => {
  codes = [];
  onOther = async () => undefined;
});
afterAll(() => bench.close());

describe('a command', () => {
  it('reaches the bot with its options, the member, its roles and permissions', async () => {
    const seen: unknown[] = [];
    onCommand = (interaction) => {
      seen.push(
        interaction.options.getString('about'),
        interaction.options.getInteger('times'),
        interaction.inCachedGuild() && interaction.member.roles.cache.has(ROLE_IDS.admin),
        interaction.memberPermissions?.has('ManageGuild'),
        interaction.appPermissions.has('SendMessages'),
        interaction.guildId,
        interaction.channel?.isTextBased(),
      );
      return interaction.reply('Told.');
    };
    const answer = await bench.command('admin', '/tell about:the old bridge times:3');
    expect(seen).toEqual(['the old bridge', 3, true, true, true, GUILD_ID, true]);
    expect(answer.text).toBe('Told.');
    expect(answer.ephemeral).toBe(false);
    expect(answer.message).toMatchObject({ type: 20, interaction: { name: 'tell' }, webhook_id: client.user.id });
  });

  it('carries the channel it names with the rights of the person and of the bot', async () => {
    let rights: unknown;
    onCommand = (interaction) => {
      const channel = interaction.options.getChannel('where', true);
      rights = interaction.options.resolved?.channels?.get(channel.id);
      return interaction.reply(channel.name ?? '');
    };
    const answer = await bench.command('reader', '/tell where:#desk-log');
    expect(answer.text).toBe('desk-log');
    expect(rights).toBeDefined();
    const raw = bench.standIn.requests.at(-1);
    expect(raw?.body).toMatchObject({ type: 4, data: { content: 'desk-log' } });
  });

  it('carries an uploaded file', async () => {
    onCommand = async (interaction) => {
      const file = interaction.options.getAttachment('file', true);
      await interaction.reply(`${file.name}: ${await (await fetch(file.url)).text()}`);
    };
    const files = { upload: { name: 'days.csv', contentType: 'text/csv', data: Buffer.from('day,killed') } };
    const answer = await bench.ask({ command: 'tell', options: { file: 'upload' }, files });
    expect(answer.text).toBe('days.csv: day,killed');
  });

  it('from a message menu brings the message, content included', async () => {
    const message = bench.say('editor', 'The convoy has arrived.', 'field-notes');
    onOther = async (interaction) => {
      if (interaction.isMessageContextMenuCommand()) await interaction.reply(interaction.targetMessage.content);
    };
    const answer = await bench.ask({ command: 'Quote this', target: message.id, channel: 'field-notes' });
    expect(answer.text).toBe('The convoy has arrived.');
  });

  it('that is hidden from a person cannot be sent by them, unless the test insists', async () => {
    onCommand = (interaction) => interaction.reply(interaction.options.getSubcommand());
    await expect(bench.command('reader', '/desk show')).rejects.toThrow(/permission/);
    expect((await bench.ask({ command: 'desk show', evenIfHidden: true })).text).toBe('show');
    expect((await bench.command('admin', '/desk show')).text).toBe('show');
  });

  it.each([
    ['/tell nonsense:1', /no option "nonsense"/],
    ['/tell times:9', /above 5/],
    ['/desk', /needs one of its subcommands/],
  ])('%s is refused before it is sent, as Discord’s client would', async (line, why) => {
    await expect(bench.command('admin', line)).rejects.toThrow(why);
  });
});

describe('answers', () => {
  it('are only for the asker when ephemeral', async () => {
    onCommand = (interaction) => interaction.reply({ content: 'Between us.', flags: MessageFlags.Ephemeral });
    const answer = await bench.command('editor', '/tell', 'daily-digest');
    expect(answer.ephemeral).toBe(true);
    expect(bench.seen('daily-digest', 'editor').at(-1)).toMatchObject({ content: 'Between us.' });
    expect(bench.seen('daily-digest', 'reader')).toEqual([]);
    const channel = await client.channels.fetch(String(answer.message['channel_id']));
    const listed = channel?.isTextBased() ? await channel.messages.fetch({ limit: 10 }) : undefined;
    expect(listed?.size).toBe(0);
  });

  it('may be deferred and filled in; the defer decides who sees them', async () => {
    onCommand = async (interaction) => {
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      await interaction.editReply({ content: 'Ready now.' });
    };
    const answer = await bench.command('reader', '/tell');
    expect(answer.text).toBe('Ready now.');
    expect(answer.ephemeral).toBe(true);
    expect(Number(answer.message['flags'])).toBe(MessageFlags.Ephemeral);
  });

  it('become the loading message when a follow-up comes right after a defer', async () => {
    onCommand = async (interaction) => {
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      await interaction.followUp('First.');
      await interaction.followUp('Second, public.');
    };
    const answer = await bench.command('reader', '/tell');
    await bench.until('both are there', () => answer.messages.length === 2);
    expect(answer.messages.map((one) => Number(one['flags']))).toEqual([MessageFlags.Ephemeral, 0]);
  });

  it('can be read, edited and deleted through the token', async () => {
    let read = '';
    onCommand = async (interaction) => {
      const { resource } = await interaction.reply({ content: 'One.', withResponse: true });
      read = `${resource?.message?.content} ${(await interaction.fetchReply()).content}`;
      await interaction.editReply('Two.');
      await interaction.followUp({ content: 'Three.', flags: MessageFlags.Ephemeral });
      await interaction.deleteReply();
    };
    const answer = await bench.command('reader', '/tell');
    await bench.until('the reply is gone', () => answer.text === 'Three.');
    expect(read).toBe('One. One.');
    expect(codes).toEqual([]);
  });

  it('a second time get 400/40060', async () => {
    onCommand = async (interaction) => {
      await interaction.reply('First.');
      await client.rest.post(`/interactions/${interaction.id}/${interaction.token}/callback`, {
        auth: false,
        body: { type: 4, data: { content: 'Second.' } },
      });
    };
    await bench.command('reader', '/tell');
    await bench.until('the refusal is in', () => codes.length > 0);
    expect(codes).toEqual([40_060]);
  });

  it('too late get 404/10062, and the person is told that nothing came', async () => {
    onCommand = async (interaction) => {
      await new Promise((resolve) => setTimeout(resolve, 500));
      await interaction.reply('Sorry, late.');
    };
    const answer = await bench.command('reader', '/tell');
    expect(answer.failed).toBe('The application did not respond');
    await bench.until('the refusal is in', () => codes.length > 0);
    expect(codes).toEqual([10_062]);
  });

  it('are not possible when the token is older than its life', async () => {
    let later: ChatInputCommandInteraction | undefined;
    onCommand = (interaction) => {
      later = interaction;
      return interaction.reply('Now.');
    };
    await bench.command('reader', '/tell');
    await bench.until('the bot knows that its reply arrived', () => later?.replied === true);
    monotonic += 15 * 60_000 + 1;
    await expect(later?.followUp('Then.')).rejects.toMatchObject({ status: 401, code: 50_027 });
  });

  it('that defer take no flag but EPHEMERAL', async () => {
    onCommand = (interaction) =>
      client.rest.post(`/interactions/${interaction.id}/${interaction.token}/callback`, {
        auth: false,
        body: { type: 5, data: { flags: MessageFlags.IsComponentsV2 } },
      });
    const asked = bench.command('reader', '/tell');
    await bench.until('the refusal is in', () => codes.length > 0);
    expect(codes).toEqual([50_035]);
    expect((await asked).failed).toBeDefined();
  });

  it('fail at once when the bot is not there', async () => {
    const empty = await startBench();
    empty.standIn.commands.overwrite(undefined, [{ name: 'tell', description: 'Tells.' }]);
    expect((await empty.ask({ command: 'tell' })).failed).toMatch(/did not respond/);
    await empty.close();
  });
});

describe('autocomplete', () => {
  it('shows what the bot offers for what is typed', async () => {
    onOther = async (interaction) => {
      if (!interaction.isAutocomplete()) return;
      const typed = interaction.options.getFocused();
      await interaction.respond([{ name: `${typed} and more`, value: `${typed}-1` }]);
    };
    expect(await bench.autocomplete('reader', '/tell about:ale')).toEqual([{ name: 'ale and more', value: 'ale-1' }]);
  });

  it('with 26 choices or an endless value is refused', async () => {
    onOther = async (interaction) => {
      if (interaction.isAutocomplete())
        await interaction.respond(Array.from({ length: 26 }, (_, n) => ({ name: `${n}`, value: `${n}` })));
    };
    await expect(bench.autocomplete('reader', '/tell about:x')).rejects.toThrow(/did not respond/);
    onOther = async (interaction) => {
      if (interaction.isAutocomplete()) await interaction.respond([{ name: 'x', value: 'v'.repeat(101) }]);
    };
    await expect(bench.autocomplete('reader', '/tell about:x')).rejects.toThrow(/did not respond/);
    expect(codes).toEqual([50_035, 50_035]);
  });
});

const row = (...buttons: ButtonBuilder[]) => new ActionRowBuilder<ButtonBuilder>().addComponents(...buttons);
const button = (id: string, label: string) =>
  new ButtonBuilder().setCustomId(id).setLabel(label).setStyle(ButtonStyle.Primary);

describe('components', () => {
  beforeEach(() => {
    onCommand = (interaction) =>
      interaction.reply({
        content: 'Page 1',
        components: [
          row(button('next', 'Next'), button('stop', 'Stop').setDisabled(true)),
          new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(
            new StringSelectMenuBuilder()
              .setCustomId('pick')
              .setOptions({ label: 'A', value: 'a' }, { label: 'B', value: 'b' }),
          ),
        ],
      });
  });

  it('update their message', async () => {
    onOther = async (interaction) => {
      if (interaction.isButton()) await interaction.update('Page 2');
    };
    const shown = await bench.command('reader', '/tell');
    const pressed = await bench.press(shown, 'Next');
    expect(pressed.text).toContain('Page 2');
    expect(shown.text).toContain('Page 2');
    expect(pressed.messages).toHaveLength(1);
  });

  it('may be acknowledged first and updated later', async () => {
    onOther = async (interaction) => {
      if (!interaction.isStringSelectMenu()) return;
      await interaction.deferUpdate();
      await interaction.editReply(`You picked ${interaction.values.join()}`);
    };
    const shown = await bench.command('reader', '/tell');
    expect((await bench.select(shown, 'pick', ['b'])).text).toContain('You picked b');
  });

  it('answer somebody else without touching the message', async () => {
    onOther = async (interaction) => {
      if (interaction.isButton()) await interaction.reply({ content: 'Not yours.', flags: MessageFlags.Ephemeral });
    };
    const shown = await bench.command('reader', '/tell');
    const pressed = await bench.press(shown, 'next', { user: 'editor' });
    expect(pressed.text).toBe('Not yours.');
    expect(pressed.user).toBe(PERSONA_IDS.editor);
    expect(shown.text).toContain('Page 1');
  });

  it('cannot be used when disabled, missing, or with values they do not offer', async () => {
    const shown = await bench.command('reader', '/tell');
    await expect(bench.press(shown, 'Stop')).rejects.toThrow(/disabled/);
    await expect(bench.press(shown, 'Back')).rejects.toThrow(/no component "Back"/);
    await expect(bench.select(shown, 'pick', ['c'])).rejects.toThrow(/does not offer "c"/);
  });
});

describe('a form', () => {
  const form = new ModalBuilder()
    .setCustomId('entry')
    .setTitle('New entry')
    .addLabelComponents(
      new LabelBuilder()
        .setLabel('Headline')
        .setTextInputComponent(
          new TextInputBuilder().setCustomId('headline').setStyle(TextInputStyle.Short).setMaxLength(20),
        ),
      new LabelBuilder()
        .setLabel('Kind')
        .setStringSelectMenuComponent(
          new StringSelectMenuBuilder()
            .setCustomId('kind')
            .setOptions({ label: 'Event', value: 'event' }, { label: 'Gap', value: 'gap' }),
        ),
    );
  const submitted = (act: (interaction: ModalSubmitInteraction) => Promise<unknown>) => {
    onOther = async (interaction) => {
      if (interaction.isModalSubmit()) await act(interaction);
      else if (interaction.isButton()) await interaction.showModal(form);
    };
  };

  it('goes to the person and comes back filled in', async () => {
    onCommand = (interaction) => interaction.showModal(form);
    submitted((interaction) => {
      const { fields } = interaction;
      return interaction.reply(
        `${fields.getTextInputValue('headline')} (${fields.getStringSelectValues('kind').join()})`,
      );
    });
    const shown = await bench.command('editor', '/tell');
    expect(shown.modal?.body).toMatchObject({ custom_id: 'entry', title: 'New entry' });
    const answer = await bench.submit(shown, { Headline: 'Bridge closed', kind: ['event'] });
    expect(answer.text).toBe('Bridge closed (event)');
    await expect(bench.submit(shown, { Headline: 'Again', kind: ['event'] })).rejects.toThrow(/not open/);
  });

  it('that a button opened may update the message of the button', async () => {
    onCommand = (interaction) => interaction.reply({ content: 'Draft', components: [row(button('edit', 'Edit'))] });
    submitted(async (interaction) => {
      if (interaction.isFromMessage()) await interaction.update('Edited');
    });
    const draft = await bench.command('editor', '/tell');
    const shown = await bench.press(draft, 'Edit');
    const answer = await bench.submit(shown, { Headline: 'x', kind: ['gap'] });
    expect(answer.text).toContain('Edited');
    expect(draft.text).toContain('Edited');
  });

  it('is not sent with a required field empty or a text too long', async () => {
    onCommand = (interaction) => interaction.showModal(form);
    const shown = await bench.command('editor', '/tell');
    await expect(bench.submit(shown, { kind: ['gap'] })).rejects.toThrow(/required/);
    await expect(bench.submit(shown, { Headline: 'x'.repeat(21), kind: ['gap'] })).rejects.toThrow(/too long/);
  });

  it('names only roles that are there, and channels of the kinds that it asks for', async () => {
    const pick = new ModalBuilder()
      .setCustomId('pick')
      .setTitle('Pick')
      .addLabelComponents(
        new LabelBuilder()
          .setLabel('Role')
          .setRoleSelectMenuComponent(
            new RoleSelectMenuBuilder().setCustomId('role').setDefaultRoles(ROLE_IDS.editor).setRequired(true),
          ),
        new LabelBuilder()
          .setLabel('Channel')
          .setChannelSelectMenuComponent(
            new ChannelSelectMenuBuilder().setCustomId('channel').setChannelTypes(ChannelType.GuildText),
          ),
      );
    onCommand = (interaction) => interaction.showModal(pick);
    submitted((interaction) => {
      const roles = interaction.fields.getSelectedRoles('role')?.map((role) => role?.name);
      const channels = interaction.fields.getSelectedChannels('channel')?.map((channel) => channel.id);
      return interaction.reply([...(roles ?? []), ...(channels ?? [])].join());
    });
    const shown = await bench.command('editor', '/tell');
    const { newsroom, dailyDigest } = CHANNEL_IDS;
    await expect(bench.submit(shown, { Role: ['1100000000000000999'], Channel: [newsroom] })).rejects.toThrow(/offer/);
    await expect(bench.submit(shown, { Channel: [dailyDigest] })).rejects.toThrow(/does not offer/);
    await expect(bench.submit(shown, { Role: [], Channel: [newsroom] })).rejects.toThrow(/1 to 1 values/);
    expect((await bench.submit(shown, { Channel: [newsroom] })).text).toBe(`Editors,${newsroom}`);
  });

  it('is refused after a defer', async () => {
    onCommand = async (interaction) => {
      await interaction.deferReply();
      await client.rest.post(`/interactions/${interaction.id}/${interaction.token}/callback`, {
        auth: false,
        body: { type: 9, data: form.toJSON() },
      });
    };
    const asked = bench.command('editor', '/tell').catch(() => undefined);
    await bench.until('the refusal is in', () => codes.length > 0);
    expect(codes).toEqual([40_060]);
    bench.standIn.messages.remove(
      bench.standIn
        .seen(String(client.channels.cache.find((one) => 'name' in one && one.name === 'newsroom')?.id))
        .at(-1) ?? never(),
    );
    await asked;
  });
});

function never(): never {
  throw new Error('There should have been a message.');
}
