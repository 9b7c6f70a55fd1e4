import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import type { FromPage } from '../../src/playground/page/wire.ts';
import { hello } from '../playground/page/support/fixture.ts';
import { type MockServer, startMockServer } from '../playground/page/support/mock-server.ts';
import { CHROMIUM_ARGS, findChromium } from './chromium.ts';

export const chromiumPath = findChromium();
if (chromiumPath === undefined) {
  const text = 'No Chromium found: the tests of the chat page need one. Set CHROMIUM_PATH, or install chromium.';
  if (process.env['CI']) throw new Error(text);
  console.warn(text);
}

type Sent<T extends FromPage['type']> = Extract<FromPage, { type: T }>;
type Window = Parameters<Browser['newPage']>[0];

/** The chat page in a browser, before a server that says what the test wants; anew for each test. */
export interface ChatPage {
  readonly page: Page;
  readonly mock: MockServer;
  composer(): Locator;
  /** The first frame of this type that the page sends. */
  sent<T extends FromPage['type']>(type: T): Promise<Sent<T>>;
  /** Serious and critical findings of axe, as "rule: element". */
  findings(): Promise<string[]>;
  /** In another window. */
  reopen(options: Window): Promise<void>;
  /** A server in place of the one that was closed. */
  serve(...options: Parameters<typeof startMockServer>): Promise<void>;
  /** What the page may complain of; any other error in it fails the test. */
  forgive(problem: RegExp): void;
}

/** To be called in a `describe`: registers its hooks. */
export function chatPage(): ChatPage {
  let browser: Browser;
  let mock: MockServer;
  let page: Page;
  /** The usual window, kept from test to test: each has a server, and so an origin, of its own. */
  let usual: Page | undefined;
  let problems: string[];
  let axe: string;

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: chromiumPath ?? '', args: [...CHROMIUM_ARGS] });
    axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  });
  afterAll(async () => {
    await browser.close();
  });

  beforeEach(async () => {
    mock = await startMockServer(hello);
    problems = [];
    if (usual) page = usual;
    else usual = await opened({});
    await visit();
  });
  afterEach(async () => {
    if (page === usual) await page.goto('about:blank');
    else await page.context().close();
    await mock.close();
    expect(problems).toEqual([]);
  });

  async function opened(options: Window): Promise<Page> {
    page = await browser.newPage({ viewport: { width: 1200, height: 900 }, colorScheme: 'dark', ...options });
    page.setDefaultTimeout(5000);
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('request', (request) => {
      const { origin } = new URL(request.url());
      if (origin !== new URL(mock.url).origin) problems.push(`asked ${origin}`);
    });
    return page;
  }

  async function visit(): Promise<void> {
    await page.goto(mock.url);
    await page.getByRole('heading', { name: 'briefings' }).waitFor();
  }

  return {
    get page() {
      return page;
    },
    get mock() {
      return mock;
    },
    composer: () => page.locator('.composer input').first(),
    async sent<T extends FromPage['type']>(type: T) {
      const find = (): Sent<T> | undefined => mock.received.find((frame): frame is Sent<T> => frame.type === type);
      await expect.poll(find, { timeout: 4000 }).toBeDefined();
      const frame = find();
      if (frame === undefined) throw new Error(`the page sent no ${type}`);
      return frame;
    },
    async findings() {
      // Through the debugger, so that the page's own policy against inline scripts stays as it is.
      await page.evaluate(axe);
      return page.evaluate(async () => {
        const { axe: checker } = globalThis as unknown as {
          axe: {
            run: (options: unknown) => Promise<{
              violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[];
            }>;
          };
        };
        const { violations } = await checker.run({ resultTypes: ['violations'] });
        return violations
          .filter(({ impact }) => impact === 'serious' || impact === 'critical')
          .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 120)} ${node.failureSummary}`));
      });
    },
    async reopen(options) {
      if (page === usual) await page.goto('about:blank');
      else await page.context().close();
      await opened(options);
      await visit();
    },
    async serve(...options) {
      mock = await startMockServer(...options);
    },
    forgive(problem) {
      problems = problems.filter((text) => !problem.test(text));
    },
  };
}
