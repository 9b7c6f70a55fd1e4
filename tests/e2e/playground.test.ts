import {
  ActionRowBuilder,
  ApplicationCommandOptionType,
  ButtonBuilder,
  ButtonStyle,
  type Client,
  ContainerBuilder,
  Events,
  LabelBuilder,
  MessageFlags,
  ModalBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHANNEL_IDS } from '../../src/playground/cast.ts';
import { type Playground, startPlayground } from '../../src/playground/playground.ts';
import { CHROMIUM_ARGS, findChromium } from '../support/chromium.ts';
import { connect } from '../support/stand-in.ts';

const executablePath = findChromium();

/** The real page, the real stand-in and a real discord.js client: only the bot is a toy. */
describe.skipIf(executablePath === undefined)('the chat page with the stand-in behind it', () => {
  let browser: Browser;
  let page: Page;
  let playground: Playground;
  let client: Client<true>;
  const problems: string[] = [];
  const composer = () => page.locator('#composer').getByRole('combobox');

  beforeAll(async () => {
    playground = await startPlayground({ port: 0, now: () => new Date() });
    client = await connect(playground.standIn);
    await client.application.commands.set([
      {
        name: 'brief',
        description: 'A situation in one screen.',
        options: [
          { type: ApplicationCommandOptionType.String, name: 'situation', description: 'Which', autocomplete: true },
        ],
      },
    ]);
    client.on(Events.InteractionCreate, (interaction) => {
      if (interaction.isAutocomplete()) void interaction.respond([{ name: 'Aleppo offensive', value: 'aleppo-2024' }]);
      else if (interaction.isChatInputCommand()) {
        const container = new ContainerBuilder()
          .addTextDisplayComponents((text) => text.setContent(`# About ${interaction.options.getString('situation')}`))
          .addMediaGalleryComponents((gallery) =>
            gallery.addItems((item) => item.setURL('attachment://map.png').setDescription('A map')),
          )
          .addActionRowComponents(
            new ActionRowBuilder<ButtonBuilder>().addComponents(
              new ButtonBuilder().setCustomId('note').setLabel('Add a note').setStyle(ButtonStyle.Primary),
            ),
          );
        const map = Buffer.from(
          'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
          'base64',
        );
        void interaction.deferReply({ flags: MessageFlags.Ephemeral }).then(() =>
          interaction.editReply({
            flags: MessageFlags.IsComponentsV2,
            components: [container],
            files: [{ name: 'map.png', attachment: map }],
          }),
        );
      } else if (interaction.isButton()) {
        const input = new TextInputBuilder().setCustomId('text').setStyle(TextInputStyle.Short);
        const label = new LabelBuilder().setLabel('Your note').setTextInputComponent(input);
        void interaction.showModal(new ModalBuilder().setCustomId('note').setTitle('Note').addLabelComponents(label));
      } else if (interaction.isModalSubmit()) {
        void interaction.reply(
          `${interaction.user.displayName} notes: ${interaction.fields.getTextInputValue('text')}`,
        );
      }
    });
    browser = await chromium.launch({ executablePath: executablePath ?? '', args: [...CHROMIUM_ARGS] });
    page = await browser.newPage();
    page.setDefaultTimeout(8000);
    page.on('console', (message) => void (message.type() === 'error' && problems.push(message.text())));
    page.on('pageerror', (error) => problems.push(error.message));
    await page.goto(playground.url);
  });
  afterAll(async () => {
    await browser?.close();
    await client?.destroy();
    await playground?.close();
  });

  it('shows the channels and takes part in a conversation', async () => {
    await page.getByRole('heading', { name: 'newsroom' }).waitFor();
    await composer().click();
    await page.keyboard.type('/brief situation:ale');
    await page.getByRole('option', { name: /Aleppo offensive/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    const answer = page.getByRole('article').filter({ hasText: 'About aleppo-2024' });
    await answer.getByRole('heading', { name: 'About aleppo-2024' }).waitFor();
    await answer.getByText('Only you can see this').waitFor();
    const picture = answer.getByRole('img', { name: 'A map' });
    await expect.poll(() => picture.evaluate((image) => ('naturalWidth' in image ? image.naturalWidth : 0))).toBe(1);
    await answer.getByRole('button', { name: 'Add a note' }).click();
    await page.getByLabel('Your note').fill('Water is out in the east.');
    await page.getByRole('button', { name: 'Submit' }).click();
    await page.getByText('Rana notes: Water is out in the east.').waitFor();
  });

  it('hides from one persona what another was told alone', async () => {
    await page.getByLabel('Act as').selectOption({ label: 'Maryam (Admin)' });
    await expect.poll(() => page.getByText('Only you can see this').count()).toBe(0);
    expect(await page.getByText('Rana notes: Water is out in the east.').count()).toBe(1);
  });

  it('follows what happens elsewhere: a post, its edit, a bot that leaves', async () => {
    const channel = client.channels.cache.get(CHANNEL_IDS.newsroom);
    const message = channel?.isSendable() ? await channel.send('Daily digest') : undefined;
    await page.getByText('Daily digest').waitFor();
    await message?.edit('Corrected digest');
    await page.getByText('Corrected digest').waitFor();
    await message?.delete();
    await expect.poll(() => page.getByText('Corrected digest').count()).toBe(0);
  });

  it('runs without an error and within the content policy', () => {
    expect(problems).toEqual([]);
  });
});
