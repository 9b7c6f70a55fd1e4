import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Bot, startBot } from '../../src/discord/bot.ts';
import { silentLog } from '../../src/log.ts';
import { CHANNEL_IDS, PERSONA_IDS, ROLE_IDS } from '../../src/playground/cast.ts';
import { type Playground, startPlayground } from '../../src/playground/playground.ts';
import { commands, type Desk } from '../discord/asking.ts';
import { memory } from '../discord/memory.ts';
import { CHROMIUM_ARGS, findChromium } from '../support/chromium.ts';

const path = findChromium();
if (path === undefined) {
  const text = 'No Chromium found: forms on the page need one. Set CHROMIUM_PATH, or install chromium.';
  if (process.env['CI']) throw new Error(text);
  console.warn(text);
}

describe.skipIf(path === undefined)('forms on the page', () => {
  const desk: Desk = { read: [], done: [], targets: [], wait: 0 };
  let playground: Playground;
  let bot: Bot;
  let browser: Browser;
  let page: Page;
  const problems: string[] = [];

  beforeAll(async () => {
    playground = await startPlayground({ port: 0, now: () => new Date() });
    const { token, apiBase: api } = playground;
    bot = await startBot<Desk>({ token, api, commands, deps: desk, log: silentLog, ...memory() });
    await bot.deployed;
    browser = await chromium.launch({ executablePath: path ?? '', args: [...CHROMIUM_ARGS] });
    page = await browser.newPage({ viewport: { width: 1200, height: 1000 } });
    page.setDefaultTimeout(10_000);
    page.on('pageerror', (error) => problems.push(error.message));
    await page.goto(playground.url);
    await page.getByText('Sitrep is online').waitFor();
  });
  afterAll(async () => {
    await browser.close();
    await bot.close();
    await playground.close();
    expect(problems).toEqual([]);
  });

  const type = async (line: string): Promise<void> => {
    await page.getByRole('combobox').last().click();
    await page.keyboard.type(line);
    await page.keyboard.press('Enter');
  };
  const last = (): Locator => page.locator('article.message').last();
  const submit = (dialog: Locator) => dialog.getByRole('button', { name: 'Submit' }).click();

  test('are opened with a command, filled in and answered', async () => {
    await type('/note add');
    const dialog = page.getByRole('dialog', { name: 'A new note' });
    await dialog.getByLabel('Headline').fill('Shelling in Aleppo');
    await dialog.getByLabel('Sure', { exact: false }).first().check();
    await dialog.getByRole('combobox', { name: 'Topics' }).click();
    await page.getByRole('option', { name: 'air' }).click();
    await page.getByRole('option', { name: 'aid' }).click();
    await page.keyboard.press('Escape');
    await submit(dialog);
    await last().getByText('Shelling in Aleppo –').waitFor();
    expect(desk.read.at(-1)?.filled).toMatchObject({ headline: ['Shelling in Aleppo'], sure: ['sure'] });
    expect(desk.read.at(-1)?.filled['topics']).toEqual(expect.arrayContaining(['air', 'aid']));
  });

  test('are opened from a button, and take the place of its message', async () => {
    const before = await page.locator('article.message').count();
    await last().getByRole('button', { name: 'Edit' }).click();
    const dialog = page.getByRole('dialog', { name: 'A new note' });
    expect(await dialog.getByLabel('Headline').inputValue()).toBe('Shelling in Aleppo');
    await dialog.getByLabel('Headline').fill('Another headline');
    await submit(dialog);
    await last().getByText('Another headline –').waitFor();
    expect(await page.locator('article.message').count()).toBe(before);
  });

  test('name what is wrong, and lead back to what was typed', async () => {
    await type('/note add');
    const dialog = page.getByRole('dialog', { name: 'A new note' });
    await dialog.getByLabel('Headline').fill('\u200b\u2060\u200b\u2060');
    await dialog.getByLabel('What happened').fill('Two lines\nof text');
    await submit(dialog);
    await last().getByText('“Headline” is empty.').waitFor();
    await last().getByRole('button', { name: 'Correct it' }).click();
    expect(await dialog.getByLabel('What happened').inputValue()).toBe('Two lines\nof text');
    await dialog.getByLabel('Headline').fill('A headline');
    await submit(dialog);
    await last().getByText('A headline –').waitFor();
  });

  test('let one pick roles and channels of the server', async () => {
    await type('/note desk');
    const dialog = page.getByRole('dialog', { name: 'Who may' });
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
      .toMatch(/^Editors/);
    await dialog.getByRole('combobox', { name: 'Editors' }).click();
    await page.getByRole('option', { name: '@Reviewers' }).click();
    await page.keyboard.press('Escape');
    await dialog.getByRole('combobox', { name: 'Log' }).click();
    expect(await page.getByRole('option', { name: '#daily-digest' }).count()).toBe(0);
    await page.getByRole('option', { name: '#field-notes' }).click();
    await dialog.getByRole('combobox', { name: 'Zone' }).click();
    await page.getByRole('option', { name: 'Europe/Paris' }).click();
    await submit(dialog);
    await last().getByText('Kept.').waitFor();
    const { editors = [], ...rest } = desk.read.at(-1)?.filled ?? {};
    expect([...editors].sort()).toEqual([ROLE_IDS.editor, ROLE_IDS.reviewer]);
    expect(rest).toEqual({ log: [CHANNEL_IDS.fieldNotes], kinds: [], zone: ['Europe/Paris'] });
  });

  test.each([
    ['a right click', (message: Locator) => message.getByText('At least 255').click({ button: 'right' })],
    [
      'the menu key',
      async (message: Locator) => {
        await message.focus();
        await message.press('Shift+F10');
      },
    ],
  ])('are opened from the menu of a message with %s', async (_, open) => {
    playground.standIn.say(PERSONA_IDS.editor, CHANNEL_IDS.newsroom, 'At least 255 people were killed.');
    const message = page.locator('article.message').filter({ hasText: 'At least 255' }).last();
    await open(message);
    const item = page.getByRole('menuitem', { name: 'Add to notes' });
    await item.waitFor();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'A note from a message' });
    expect(await dialog.getByLabel('Text').inputValue()).toBe('At least 255 people were killed.');
    await submit(dialog);
    await last().getByText('At least 255 people were killed. –').waitFor();
    expect(desk.targets.at(-1)).toMatchObject({ author: { name: 'Teodor', bot: false } });
  });
});
