import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { silentLog } from '../../src/log.ts';
import { openPlayground } from '../../src/playground-main.ts';
import { CHROMIUM_ARGS, findChromium } from '../support/chromium.ts';
import { DATA } from '../support/sample.ts';

const path = findChromium();
if (path === undefined) {
  const text = 'No Chromium found: digests on the page need one. Set CHROMIUM_PATH, or install chromium.';
  if (process.env['CI']) throw new Error(text);
  console.warn(text);
}

describe.skipIf(path === undefined)('digests in the playground', () => {
  let playground: Awaited<ReturnType<typeof openPlayground>>;
  let browser: Browser;
  let page: Page;
  let state: string;
  const problems: string[] = [];

  beforeAll(async () => {
    state = await mkdtemp(join(tmpdir(), 'sitrep-digests-'));
    const config = readConfig({ DATA_DIR: DATA, STATE_DIR: state, PLAYGROUND_PORT: '0' });
    playground = await openPlayground(config, silentLog);
    browser = await chromium.launch({ executablePath: path ?? '', args: [...CHROMIUM_ARGS] });
    page = await browser.newPage({ viewport: { width: 1200, height: 1000 }, colorScheme: 'dark' });
    page.setDefaultTimeout(10_000);
    page.on('pageerror', (error) => problems.push(error.message));
    await page.goto(playground.url);
    await page.getByText('Sitrep is online').waitFor();
  });
  afterAll(async () => {
    await browser.close();
    await playground.close();
    await rm(state, { recursive: true, force: true });
    expect(problems).toEqual([]);
  });

  /** For people who look: with SHOTS set to a folder, each step leaves a picture there. */
  const shot = async (name: string): Promise<void> => {
    const folder = process.env['SHOTS'];
    if (folder === undefined) return;
    await mkdir(folder, { recursive: true });
    await page.screenshot({ path: join(folder, `digest-${name}.png`) });
  };
  const messages = (): Locator => page.locator('article.message');
  const open = (channel: string) =>
    page
      .getByRole('link', { name: channel })
      .or(page.getByRole('button', { name: channel }))
      .first()
      .click();
  const still = () => expect.poll(() => page.locator('section.clock').getAttribute('aria-busy')).toBe('false');
  const type = async (line: string): Promise<void> => {
    await page.getByRole('combobox').last().click();
    await page.keyboard.type(line);
    await page.keyboard.press('Enter');
  };

  test('an admin orders one by a form', async () => {
    await page.getByLabel('Act as').selectOption({ label: 'Maryam (Admin)' });
    await type('/digest create');
    const dialog = page.getByRole('dialog', { name: 'A new digest' });
    await dialog.getByRole('combobox', { name: 'Channel' }).click();
    await page.getByRole('option', { name: '#field-notes' }).click();
    await dialog.getByLabel('When').fill('02:30, 07:30');
    await dialog.getByLabel('Time zone').fill('Europe/Berlin');
    await shot('form');
    await dialog.getByRole('button', { name: 'Submit' }).click();
    await messages().last().getByText('Created.').waitFor();
    expect(await messages().last().innerText()).toContain('02:30 and 07:30 every day, Europe/Berlin');
    await shot('created');
  });

  test('over a night in which the clocks go forward each comes once', async () => {
    const jump = page.getByRole('combobox', { name: 'Jump to a moment of the sample' });
    await jump.selectOption({ label: 'Night of 30 Mar 2025: clocks go forward in Europe/Berlin' });
    await page.getByText('Sun, 30 Mar 2025').or(page.getByText('Sat, 29 Mar 2025')).first().waitFor();
    await still();
    await open('field-notes');
    const before = await messages().count();
    await page.getByRole('button', { name: '+1 day' }).click();
    await page.getByText('Mon, 31 Mar 2025').or(page.getByText('Sun, 30 Mar 2025')).first().waitFor();
    await still();
    await expect.poll(() => messages().count()).toBe(before + 2);
    await shot('night');
    expect(await messages().last().innerText()).not.toMatch(/late/i);
  });

  test('after three hours without the bot one comes late, and says so', async () => {
    const before = await messages().count();
    await page.getByRole('button', { name: 'Bot off for 3 h' }).click();
    await still();
    await expect.poll(() => messages().count()).toBe(before + 1);
    expect(await messages().last().innerText()).toMatch(/late/i);
    await shot('late');
    await messages().last().getByRole('button', { name: 'About' }).click();
    await expect.poll(() => messages().last().innerText()).toContain('A standing order of this server');
    await shot('about');
    await type('/digest history digest:D1');
    await expect.poll(() => messages().last().innerText()).toMatch(/sent late[\s\S]* from .* missed: the bot was off/);
    await shot('history');
    await type('/digest next digest:D1');
    await expect.poll(() => messages().last().innerText()).toContain('Next of D1');
    await shot('next');
    await type('/digest list');
    await expect.poll(() => messages().last().innerText()).toContain('Digests of this server');
    await open('desk-log');
    await expect.poll(() => messages().last().innerText()).toContain('ordered digest D1');
    await shot('log');
  });
});
