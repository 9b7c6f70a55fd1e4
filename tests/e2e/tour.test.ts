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
  const text = 'No Chromium found: the tour of the playground needs one. Set CHROMIUM_PATH, or install chromium.';
  if (process.env['CI']) throw new Error(text);
  console.warn(text);
}

describe.skipIf(path === undefined)('a newcomer in the playground', () => {
  let playground: Awaited<ReturnType<typeof openPlayground>>;
  let browser: Browser;
  let page: Page;
  let state: string;
  const problems: string[] = [];

  beforeAll(async () => {
    state = await mkdtemp(join(tmpdir(), 'sitrep-tour-'));
    const config = readConfig({ DATA_DIR: DATA, STATE_DIR: state, PLAYGROUND_PORT: '0' });
    playground = await openPlayground(config, silentLog);
    browser = await chromium.launch({ executablePath: path ?? '', args: [...CHROMIUM_ARGS] });
    page = await browser.newPage({ viewport: { width: 1200, height: 1000 }, colorScheme: 'dark' });
    page.setDefaultTimeout(10_000);
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
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
    await page.screenshot({ path: join(folder, `${name}.png`) });
  };

  const last = (): Locator => page.locator('article.message').last();
  const type = async (line: string): Promise<void> => {
    const before = await page.locator('article.message').count();
    await page.getByRole('combobox').last().click();
    await page.keyboard.type(line);
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('article.message').count(), { timeout: 8000 }).toBeGreaterThan(before);
    await expect.poll(() => last().innerText(), { timeout: 8000 }).not.toContain('is thinking');
  };

  test('asks for a brief and reads figures with their originator and sources', async () => {
    await shot('start');
    await type('/brief situation:aleppo-2024');
    await shot('brief');
    const text = await last().innerText();
    expect(text).toContain('SAMPLE');
    expect(text).toContain('at least 255 people killed since 27 Nov');
    expect(text).toContain('SOHR');
    expect(await last().locator('a[href^="https://"]').count()).toBeGreaterThan(3);
  });

  test('pages through a long answer in place', async () => {
    await type('/timeline situation:aleppo-2024');
    const before = await page.locator('article.message').count();
    const first = await last().innerText();
    await last().getByRole('button', { name: 'Next' }).click();
    await expect.poll(() => last().innerText()).not.toBe(first);
    expect(await page.locator('article.message').count()).toBe(before);
    await shot('timeline');
  });

  test('opens the sources with one press', async () => {
    await type('/brief situation:aleppo-2024 length:short');
    await last().getByRole('button', { name: 'Sources' }).click();
    await expect.poll(() => last().innerText()).toContain('Admiralty grade');
    await shot('sources');
  });

  test('moves the clock on and is told what changed, corrections first', async () => {
    await page.getByRole('button', { name: '+1 day' }).click();
    await page.getByText('Sat, 30 Nov 2024').waitFor();
    await type('/changes situation:aleppo-2024 since:2024-11-29');
    const text = await last().innerText();
    expect(text.indexOf('Corrections')).toBeGreaterThan(0);
    expect(text.indexOf('Corrections')).toBeLessThan(text.indexOf('What changed'));
    await shot('changes');
  });

  test('moves it back, and the bot no longer knows what came later', async () => {
    await page.getByRole('combobox', { name: 'Jump to a moment of the sample' }).selectOption({ index: 2 });
    await page.getByText('Wed, 27 Nov 2024').or(page.getByText('Thu, 28 Nov 2024')).first().waitFor();
    await expect.poll(() => page.locator('section.clock').getAttribute('aria-busy')).toBe('false');
    await type('/casualties situation:aleppo-2024');
    const text = await last().innerText();
    expect(text).not.toContain('255');
    expect(text).not.toContain('30 Nov');
    await shot('back');
  });
});
