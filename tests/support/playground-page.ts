import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { silentLog } from '../../src/log.ts';
import { openPlayground } from '../../src/playground-main.ts';
import { CHROMIUM_ARGS, findChromium } from './chromium.ts';
import { DATA } from './sample.ts';

export const chromiumPath = findChromium();
if (chromiumPath === undefined) {
  const text = 'No Chromium found: the tours of the playground need one. Set CHROMIUM_PATH, or install chromium.';
  if (process.env['CI']) throw new Error(text);
  console.warn(text);
}

/** The whole playground, with the real bot in it, in a browser: one for all tests of a `describe`. */
export interface PlaygroundPage {
  readonly page: Page;
  messages(): Locator;
  /** The newest message. */
  last(): Locator;
  as(persona: string): Promise<unknown>;
  /** Writes a line key by key, or at once, and sends it. */
  type(line: string, how?: 'by key' | 'at once'): Promise<void>;
  /** For people who look: with SHOTS set to a folder, each step leaves a picture there. */
  shot(name: string): Promise<void>;
}

/** To be called in a `describe`: registers its hooks. What the page complains of fails the last of them. */
export function playgroundPage(name: string): PlaygroundPage {
  let playground: Awaited<ReturnType<typeof openPlayground>>;
  let browser: Browser;
  let page: Page;
  let state: string;
  const problems: string[] = [];

  beforeAll(async () => {
    state = await mkdtemp(join(tmpdir(), `sitrep-${name}-`));
    const config = readConfig({ DATA_DIR: DATA, STATE_DIR: state, PLAYGROUND_PORT: '0' });
    playground = await openPlayground(config, silentLog);
    browser = await chromium.launch({ executablePath: chromiumPath ?? '', args: [...CHROMIUM_ARGS] });
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

  return {
    get page() {
      return page;
    },
    messages: () => page.locator('article.message'),
    last: () => page.locator('article.message').last(),
    as: (persona) => page.getByLabel('Act as').selectOption({ label: persona }),
    async type(line, how = 'at once') {
      await page.getByRole('combobox').last().click();
      await (how === 'at once' ? page.keyboard.insertText(line) : page.keyboard.type(line));
      await page.keyboard.press('Enter');
    },
    async shot(step) {
      const folder = process.env['SHOTS'];
      if (folder === undefined) return;
      await mkdir(folder, { recursive: true });
      await page.screenshot({ path: join(folder, `${name}-${step}.png`) });
    },
  };
}
