import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { FromPage } from '../../src/playground/page/wire.ts';
import {
  APP,
  BRIEFINGS,
  brief,
  commands,
  EDITOR,
  hello,
  modal,
  NEWS,
  READER,
} from '../playground/page/support/fixture.ts';
import { type MockServer, startMockServer } from '../playground/page/support/mock-server.ts';
import { CHROMIUM_ARGS, findChromium } from '../support/chromium.ts';

const chromiumPath = findChromium();
if (chromiumPath === undefined) {
  const text = 'No Chromium found: the tests of the chat page need one. Set CHROMIUM_PATH, or install chromium.';
  if (process.env['CI']) throw new Error(text);
  console.warn(text);
}

type Sent<T extends FromPage['type']> = Extract<FromPage, { type: T }>;

describe.skipIf(chromiumPath === undefined)('the chat page', () => {
  let browser: Browser;
  let mock: MockServer;
  let page: Page;
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
    await open({});
  });
  afterEach(async () => {
    await page.context().close();
    await mock.close();
    expect(problems).toEqual([]);
  });

  async function open(options: Parameters<Browser['newPage']>[0]): Promise<void> {
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
    await page.goto(mock.url);
    await page.getByRole('heading', { name: 'briefings' }).waitFor();
  }

  async function reopen(options: Parameters<Browser['newPage']>[0]): Promise<void> {
    await page.context().close();
    await open(options);
  }

  async function sent<T extends FromPage['type']>(type: T): Promise<Sent<T>> {
    const find = (): Sent<T> | undefined => mock.received.find((frame): frame is Sent<T> => frame.type === type);
    await expect.poll(find, { timeout: 4000 }).toBeDefined();
    const frame = find();
    if (frame === undefined) throw new Error(`the page sent no ${type}`);
    return frame;
  }

  /** Serious and critical findings of axe, as "rule: element". */
  async function findings(): Promise<string[]> {
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
  }

  const composer = () => page.locator('.composer input').first();

  test('shows messages with their author, command, components and pictures', async () => {
    const article = page.getByRole('article').filter({ hasText: 'Bottom line' });
    await expect.poll(() => article.getByText('/brief situation: aleppo-2024').count()).toBe(1);
    expect(await article.getByRole('heading', { name: 'Aleppo offensive' }).count()).toBe(1);
    expect(await article.getByRole('img', { name: 'Map of the western districts' }).count()).toBe(1);
    expect(await article.getByRole('button', { name: 'Previous' }).isDisabled()).toBe(true);
    expect(await article.getByRole('link', { name: 'Sources' }).getAttribute('href')).toBe(
      'https://example.org/sources',
    );
    const digest = page.getByRole('article').filter({ hasText: 'Daily digest' });
    expect(await digest.locator('.pill', { hasText: '@Rana' }).count()).toBe(1);
    expect(await digest.locator('.pill', { hasText: '@Emil' }).count()).toBe(0);
  });

  test('a typed line goes out as the command with its options, and waits for the answer', async () => {
    await composer().fill('/brief situation:aleppo-2024 length:short private:yes');
    await composer().press('Enter');
    const frame = await sent('command');
    expect(frame).toMatchObject({ channelId: BRIEFINGS, personaId: READER, commandId: '940000000000000001' });
    expect(frame.options).toEqual([
      { name: 'situation', type: 3, value: 'aleppo-2024' },
      { name: 'length', type: 3, value: 'short' },
      { name: 'private', type: 5, value: true },
    ]);
    await page.getByText('Sitrep is thinking…').waitFor();
    mock.send({ type: 'failed', nonce: frame.nonce, reason: 'The application did not respond' });
    await page.getByText('The application did not respond').waitFor();
    await page.getByRole('button', { name: 'Dismiss message' }).last().click();
    await expect.poll(() => page.getByText('The application did not respond').count()).toBe(0);
  });

  test('the same line written key by key fills the options, with autocomplete', async () => {
    mock.answer = (frame) => {
      if (frame.type !== 'autocomplete') return;
      const choices = [{ name: 'Aleppo offensive (2024)', value: 'aleppo-2024' }];
      mock.send({ type: 'choices', nonce: frame.nonce, choices });
    };
    await composer().focus();
    await page.keyboard.type('/bri');
    await page.keyboard.press('Enter');
    await page.keyboard.type('alep');
    const suggestion = page.getByRole('option', { name: /Aleppo offensive/ });
    await suggestion.waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.type('len');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    const frame = await sent('command');
    expect(frame.options).toEqual([
      { name: 'situation', type: 3, value: 'aleppo-2024' },
      { name: 'length', type: 3, value: 'standard' },
    ]);
    const asked = await sent('autocomplete');
    expect(asked.options).toEqual([{ name: 'situation', type: 3, value: 'alep', focused: true }]);
    expect(await composer().inputValue()).toBe('');
    await page.keyboard.press('ArrowUp');
    expect(await composer().inputValue()).toBe('/brief situation: aleppo-2024 length: standard');
  });

  test('writing "length:" inside an option goes on to that option', async () => {
    await composer().focus();
    await page.keyboard.type('/brief situation:aleppo-2024 top:5');
    await page.keyboard.press('Enter');
    expect((await sent('command')).options).toEqual([
      { name: 'situation', type: 3, value: 'aleppo-2024' },
      { name: 'top', type: 4, value: 5 },
    ]);
  });

  test('on a fresh page typing goes to the message box', async () => {
    expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true);
    await page.keyboard.type('/he');
    await page.getByRole('option', { name: '/help' }).waitFor();
    expect(await composer().inputValue()).toBe('/he');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'More', exact: true }).focus();
    await page.keyboard.type('Hello');
    expect(await composer().inputValue()).toBe('Hello');
    await page.getByLabel('Act as').focus();
    await page.keyboard.type('E');
    expect(await composer().inputValue()).toBe('Hello');
  });

  test('Tab goes from option to option, then on; it throws nothing away', async () => {
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-option'));
    await composer().focus();
    await page.keyboard.type('/brief ');
    await page.keyboard.type('aleppo-2024 length:');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('place');
    await page.keyboard.type('Idlib');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('');
    expect(await page.getByRole('listbox').count()).toBe(1);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Send');
    expect(await page.getByRole('listbox').count()).toBe(0);
    await page.keyboard.press('Enter');
    expect((await sent('command')).options).toEqual([
      { name: 'situation', type: 3, value: 'aleppo-2024' },
      { name: 'length', type: 3, value: 'short' },
      { name: 'place', type: 3, value: 'Idlib' },
    ]);
  });

  test('the list closes when the focus leaves the line', async () => {
    await composer().fill('/');
    await page.getByRole('listbox').waitFor();
    await page.getByRole('button', { name: 'Send' }).focus();
    await expect.poll(() => page.getByRole('listbox').count()).toBe(0);
  });

  test('a missing or wrong option is named and nothing is sent', async () => {
    await composer().fill('/brief situation:x top:50');
    await composer().press('Enter');
    await page.getByRole('alert').filter({ hasText: 'top: at most 20.' }).waitFor();
    expect(await page.locator('[data-option=top]').getAttribute('aria-invalid')).toBe('true');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await composer().fill('/brief');
    await composer().press('Enter');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'situation is required' }).waitFor();
    expect(mock.received.filter(({ type }) => type === 'command')).toEqual([]);
  });

  test('an option that stands twice is refused', async () => {
    await composer().fill('/brief situation:x length:short length:standard');
    await composer().press('Enter');
    await page.getByRole('alert').filter({ hasText: 'length stands twice on the line' }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await composer().focus();
    await page.keyboard.type('/brief situation:x top:5');
    await page.keyboard.press('Tab');
    await page.keyboard.type('top:7');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'top stands twice on the line' }).waitFor();
    expect(mock.received.filter(({ type }) => type === 'command')).toEqual([]);
  });

  test('a hint is sent with one press', async () => {
    await page.getByRole('button', { name: '/brief situation:aleppo-2024' }).click();
    expect((await sent('command')).options).toEqual([{ name: 'situation', type: 3, value: 'aleppo-2024' }]);
  });

  test('subcommands are rows of their own and go out nested', async () => {
    await composer().focus();
    await page.keyboard.type('/entry s');
    await page.getByRole('option', { name: /\/entry show/ }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.type('E17');
    await page.keyboard.press('Enter');
    expect((await sent('command')).options).toEqual([
      { name: 'show', type: 1, options: [{ name: 'id', type: 3, value: 'E17' }] },
    ]);
  });

  test('plain text is said by the persona that is chosen', async () => {
    await page.getByLabel('Act as').selectOption({ label: 'Emil (Editor)' });
    await composer().fill('Hello desk');
    await composer().press('Enter');
    expect(await sent('say')).toMatchObject({ personaId: EDITOR, channelId: BRIEFINGS, content: 'Hello desk' });
  });

  test('what only one persona may see is hidden from the others and can be dismissed', async () => {
    const note = page.getByText('Nothing new since you last looked.');
    await note.waitFor();
    await page.getByText('Only you can see this').waitFor();
    await page.getByLabel('Act as').selectOption({ label: 'Emil (Editor)' });
    await expect.poll(() => note.count()).toBe(0);
    await page.getByLabel('Act as').selectOption({ label: 'Rana (Reader)' });
    await page.getByRole('button', { name: 'Dismiss message' }).click();
    expect((await sent('dismiss')).messageId).toBe('930000000000000004');
    await expect.poll(() => note.count()).toBe(0);
  });

  test('buttons and selects go out with their values and keep the focus while they wait', async () => {
    const more = page.getByRole('button', { name: 'More', exact: true });
    await more.focus();
    await page.keyboard.press('Enter');
    const press = await sent('component');
    expect(press).toMatchObject({ customId: 'more', componentType: 2, messageId: brief.message['id'] });
    await expect.poll(() => more.getAttribute('aria-busy')).toBe('true');
    mock.send({
      type: 'message.update',
      seen: { message: { ...brief.message, edited_timestamp: '2024-11-29T15:30:00Z' } },
    });
    mock.send({ type: 'acknowledged', nonce: press.nonce });
    await expect.poll(() => more.getAttribute('aria-busy')).toBeNull();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('More');

    mock.received.length = 0;
    const parties = page.getByRole('combobox', { name: /Filter by party/ });
    await parties.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press(' ');
    await page.keyboard.press('Escape');
    expect(await sent('component')).toMatchObject({ customId: 'parties', componentType: 3, values: ['hts', 'saa'] });
  });

  test('a component that got no answer says so under its message', async () => {
    await page.getByRole('button', { name: 'Mark as read' }).click();
    const { nonce } = await sent('component');
    mock.send({ type: 'failed', nonce, reason: 'This interaction failed' });
    await page.getByRole('article').filter({ hasText: 'Bottom line' }).getByText('This interaction failed').waitFor();
  });

  test('a modal checks its fields, sends them, and closes when the bot has taken them', async () => {
    await composer().fill('/entry add situation:aleppo-2024');
    await composer().press('Enter');
    const { nonce } = await sent('command');
    mock.send({ type: 'modal', nonce, modalId: 'm1', modal });
    const dialog = page.getByRole('dialog', { name: 'Add an entry' });
    await dialog.waitFor();
    await dialog.getByRole('button', { name: 'Submit' }).click();
    await dialog.getByText('This field is required.').waitFor();
    expect(await dialog.getByText('Choose at least one.').count()).toBe(1);
    expect(await findings()).toEqual([]);

    await dialog.getByLabel('Headline').fill('Airstrike on market');
    await dialog.getByRole('combobox', { name: 'Kind' }).click();
    await page.getByRole('option', { name: 'Toll' }).click();
    await dialog.getByLabel('Aid').check();
    await dialog.getByRole('button', { name: 'Submit' }).click();
    const submitted = await sent('modal.submit');
    expect(submitted.modalId).toBe('m1');
    expect(submitted.values).toEqual({
      headline: 'Airstrike on market',
      kind: ['toll'],
      severity: 'routine',
      tags: ['aid'],
    });
    mock.send({ type: 'failed', nonce: submitted.nonce, reason: 'Something went wrong. Try again.' });
    await dialog.getByText('Something went wrong').waitFor();
    mock.received.length = 0;
    await dialog.getByRole('button', { name: 'Submit' }).click();
    mock.send({ type: 'acknowledged', nonce: (await sent('modal.submit')).nonce });
    await expect.poll(() => dialog.count()).toBe(0);
  });

  test('a message command is used from the menu beside the message', async () => {
    const article = page.getByRole('article').filter({ hasText: 'Good evening' });
    await article.hover();
    await article.getByRole('button', { name: 'Apps for the message by Emil' }).click();
    await page.keyboard.press('Enter');
    expect(await sent('command')).toMatchObject({ commandId: '940000000000000004', targetId: '930000000000000001' });
  });

  test('things are broken from the menu, for the channel that is open', async () => {
    await page.getByRole('button', { name: 'Break something' }).click();
    await page.getByRole('menuitem', { name: /429/ }).click();
    expect(await sent('break')).toEqual({ type: 'break', what: 'too-many-requests', channelId: BRIEFINGS });
    const notice = page.getByRole('status').filter({ hasText: 'turned away once with 429. It comes a second later.' });
    await notice.waitFor();
    await composer().fill('/help');
    await composer().press('Enter');
    await expect.poll(() => notice.count()).toBe(0);
  });

  test('the clock is moved by a step, a mark and a date in its own zone', async () => {
    await page.getByRole('button', { name: '+1 h' }).click();
    expect((await sent('clock.move')).to).toBe('2024-11-29T16:20:00.000Z');
    mock.received.length = 0;
    await page.getByLabel('Date and time (Asia/Damascus)').fill('2024-11-30T08:00');
    await page.getByRole('button', { name: 'Go' }).click();
    expect((await sent('clock.move')).to).toBe('2024-11-30T05:00:00.000Z');
    mock.received.length = 0;
    await page.getByLabel('Jump to a moment').selectOption('Aleppo entered');
    expect((await sent('clock.move')).to).toBe('2024-11-29T16:00:00.000Z');
  });

  test('times are those of the clock, whatever the zone and the language of the browser', async () => {
    await reopen({ timezoneId: 'America/New_York', locale: 'en-US' });
    const stamp = page.getByRole('article').filter({ hasText: 'Good evening' }).locator('time.stamp');
    expect(await stamp.innerText()).toMatch(/^29\/11\/2024, 18:01$/);
    expect(await stamp.getAttribute('title')).toMatch(/^Friday.*29 November 2024.*18:01.*GMT\+3$/);
    expect(await page.locator('.day').first().innerText()).toMatch(/^Friday,? 29 November 2024$/);
    expect(await page.locator('.clock-now time').innerText()).toMatch(/18:2\d$/);
    await page.getByText('Damascus time').waitFor();
    const message = { id: '930000000000000011', channel_id: BRIEFINGS, author: { id: EDITOR, username: 'emil' } };
    const moment = '2024-11-29T15:20:00Z';
    mock.send({ type: 'message.create', seen: { moment, message: { ...message, timestamp: moment, content: 'Now' } } });
    await page.getByText('Today at 18:20').waitFor();
  });

  test('a message elsewhere marks its channel as unread; a channel mention opens it', async () => {
    const message = { id: '930000000000000009', channel_id: NEWS, author: { id: APP, username: 'Sitrep', bot: true } };
    mock.send({
      type: 'message.create',
      seen: { message: { ...message, timestamp: '2024-11-29T15:21:00Z', content: 'News' } },
    });
    await page.getByRole('button', { name: /announcements.*new messages/ }).waitFor();
    await page.getByRole('button', { name: '#announcements' }).click();
    await page.getByRole('heading', { name: 'announcements' }).waitFor();
    await page.getByText('News', { exact: true }).waitFor();
  });

  test('a forum lists its posts and has no message box', async () => {
    const forum = { id: '910000000000000015', name: 'long-reads', type: 15 };
    const post = { id: '910000000000000016', name: 'First post', type: 11, parentId: forum.id };
    mock.send({ ...hello, channels: [...hello.channels, forum] });
    await page.getByRole('button', { name: 'long-reads' }).click();
    await page.getByText('No posts yet.').waitFor();
    await page.getByText('This channel takes posts only').waitFor();
    expect(await page.locator('.composer input').count()).toBe(0);
    await page.keyboard.type('x');
    mock.send({ ...hello, channels: [...hello.channels, forum, post] });
    expect(await findings()).toEqual([]);
    await page.getByRole('list', { name: 'Posts' }).getByRole('button', { name: 'First post' }).click();
    await page.getByRole('heading', { name: 'First post', exact: true }).waitFor();
    expect(await composer().count()).toBe(1);
  });

  test('foreign text stays text', async () => {
    const content = '<img src=x onerror=alert(1)> [x](javascript:alert(1)) <script>alert(1)</script> <b>b</b>';
    const message = { id: '930000000000000010', channel_id: BRIEFINGS, author: { id: EDITOR, username: 'emil' } };
    mock.send({
      type: 'message.create',
      seen: { message: { ...message, timestamp: '2024-11-29T15:21:00Z', content } },
    });
    await page.getByText(content).waitFor();
  });

  test('comes back after the connection was lost', async () => {
    const { port } = new URL(mock.url);
    await mock.close();
    await page.getByText('Connecting…').waitFor();
    mock = await startMockServer(hello, Number(port));
    await page.getByText('Sitrep is online').waitFor();
    problems = problems.filter((text) => !/ERR_CONNECTION_(?:REFUSED|RESET|CLOSED)|WebSocket connection/.test(text));
  });

  test('after a restart of the playground a line that was begun goes to the command of the same name', async () => {
    await composer().focus();
    await page.keyboard.type('/brief situation:aleppo-2024');
    const { port } = new URL(mock.url);
    await mock.close();
    await page.getByText('Connecting…').waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('Not connected to the playground').waitFor();
    const renamed = commands.map((command) => ({ ...command, id: `95${String(command['id']).slice(2)}` }));
    // The page is there before the bot has registered anything.
    mock = await startMockServer({ ...hello, run: 'two', commands: [] }, Number(port));
    await page.getByText('Sitrep is online').waitFor();
    await expect.poll(() => page.getByText('Not connected').count()).toBe(0);
    const notice = page.getByText('The playground was started again: its conversation is gone and the clock is back');
    await notice.waitFor();
    await page.locator('[data-option=situation]').press('Enter');
    await page.getByText('Sitrep has not registered /brief, or not yet.').waitFor();
    mock.send({ type: 'commands', commands: renamed });
    await expect.poll(() => page.getByText('not registered').count()).toBe(0);
    await page.locator('[data-option=situation]').press('Enter');
    expect(await sent('command')).toMatchObject({
      commandId: '950000000000000001',
      options: [{ name: 'situation', type: 3, value: 'aleppo-2024' }],
    });
    await expect.poll(() => notice.count()).toBe(0);
    problems = problems.filter((text) => !/ERR_CONNECTION_(?:REFUSED|RESET|CLOSED)|WebSocket connection/.test(text));
  });

  test.each(['dark', 'light'] as const)('has no serious accessibility problem in the %s theme', async (colorScheme) => {
    await reopen({ colorScheme });
    expect(await findings()).toEqual([]);
    await composer().fill('/');
    await page.getByRole('option', { name: '/help' }).waitFor();
    expect(await findings()).toEqual([]);
    await composer().fill('/brief ');
    await page.getByRole('group', { name: '/brief' }).waitFor();
    expect(await findings()).toEqual([]);
    await page.getByRole('combobox', { name: /Show a section/ }).click();
    expect(await findings()).toEqual([]);
  });

  test('a narrow window leaves its room to the answers', async () => {
    await reopen({ viewport: { width: 360, height: 700 } });
    const log = await page.locator('#log').boundingBox();
    expect(log?.height).toBeGreaterThan(400);
    expect(await page.getByRole('button', { name: '/help' }).count()).toBe(0);
    const cut = () =>
      composer().evaluate((input: HTMLInputElement) => {
        const canvas = document.createElement('canvas').getContext('2d');
        if (canvas === null) throw new Error('no canvas');
        const { font, paddingInline } = getComputedStyle(input);
        canvas.font = font;
        return canvas.measureText(input.placeholder).width + 2 * Number.parseFloat(paddingInline) - input.clientWidth;
      });
    expect(await cut()).toBeLessThan(0);
    const line = page.getByText('/brief situation: aleppo-2024 length: standard');
    expect(await line.evaluate((element) => element.scrollWidth - element.clientWidth)).toBeLessThanOrEqual(0);
    expect((await line.boundingBox())?.height).toBeGreaterThan(30);
    await page.getByRole('button', { name: 'What to try' }).click();
    await page.getByRole('button', { name: '/help' }).click();
    await sent('command');
    await page.getByRole('button', { name: 'What to try' }).waitFor();
  });

  test.each([320, 600])('fits a window of %i pixels, with the channels behind a button', async (width) => {
    await reopen({ viewport: { width, height: 700 } });
    const overflow = (): Promise<number> =>
      page.evaluate(() => {
        const widths = [document.documentElement, ...document.querySelectorAll('#log, .header, .clock, .composer')];
        return Math.max(...widths.map((element) => element.scrollWidth - element.clientWidth));
      });
    expect(await overflow()).toBeLessThanOrEqual(0);
    expect(await findings()).toEqual([]);
    await page.getByRole('button', { name: 'Channels and persona' }).click();
    await page.getByLabel('Act as').selectOption({ label: 'Emil (Editor)' });
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('navigation').isVisible()).toBe(false);
  });
});
