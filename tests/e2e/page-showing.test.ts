import { describe, expect, test } from 'vitest';
import { APP, BRIEFINGS, commands, EDITOR, hello, NEWS } from '../playground/page/support/fixture.ts';
import { chatPage, chromiumPath } from '../support/chat-page.ts';

/** What a browser reports of a server that is gone. */
const LOST = /ERR_CONNECTION_(?:REFUSED|RESET|CLOSED)|WebSocket connection/;

describe.skipIf(chromiumPath === undefined)('what the chat page shows', () => {
  const chat = chatPage();

  test('the clock is moved by a step, a mark and a date in its own zone', async () => {
    await chat.page.getByRole('button', { name: '+1 h' }).click();
    expect((await chat.sent('clock.move')).to).toBe('2024-11-29T16:20:00.000Z');
    chat.mock.received.length = 0;
    await chat.page.getByLabel('Date and time (Asia/Damascus)').fill('2024-11-30T08:00');
    await chat.page.getByRole('button', { name: 'Go' }).click();
    expect((await chat.sent('clock.move')).to).toBe('2024-11-30T05:00:00.000Z');
    chat.mock.received.length = 0;
    await chat.page.getByLabel('Jump to a moment').selectOption('Aleppo entered');
    expect((await chat.sent('clock.move')).to).toBe('2024-11-29T16:00:00.000Z');
  });

  test('times are those of the clock, whatever the zone and the language of the browser', async () => {
    await chat.reopen({ timezoneId: 'America/New_York', locale: 'en-US' });
    const stamp = chat.page.getByRole('article').filter({ hasText: 'Good evening' }).locator('time.stamp');
    expect(await stamp.innerText()).toMatch(/^29\/11\/2024, 18:01$/);
    expect(await stamp.getAttribute('title')).toMatch(/^Friday.*29 November 2024.*18:01.*GMT\+3$/);
    expect(await chat.page.locator('.day').first().innerText()).toMatch(/^Friday,? 29 November 2024$/);
    expect(await chat.page.locator('.clock-now time').innerText()).toMatch(/18:2\d$/);
    await chat.page.getByText('Damascus time').waitFor();
    const message = { id: '930000000000000011', channel_id: BRIEFINGS, author: { id: EDITOR, username: 'emil' } };
    const moment = '2024-11-29T15:20:00Z';
    chat.mock.send({
      type: 'message.create',
      seen: { moment, message: { ...message, timestamp: moment, content: 'Now' } },
    });
    await chat.page.getByText('Today at 18:20').waitFor();
  });

  test('a message elsewhere marks its channel as unread; a channel mention opens it', async () => {
    const message = { id: '930000000000000009', channel_id: NEWS, author: { id: APP, username: 'Sitrep', bot: true } };
    chat.mock.send({
      type: 'message.create',
      seen: { message: { ...message, timestamp: '2024-11-29T15:21:00Z', content: 'News' } },
    });
    await chat.page.getByRole('button', { name: /announcements.*new messages/ }).waitFor();
    await chat.page.getByRole('button', { name: '#announcements' }).click();
    await chat.page.getByRole('heading', { name: 'announcements' }).waitFor();
    await chat.page.getByText('News', { exact: true }).waitFor();
  });

  test('a forum lists its posts and has no message box', async () => {
    const forum = { id: '910000000000000015', name: 'long-reads', type: 15 };
    const post = { id: '910000000000000016', name: 'First post', type: 11, parentId: forum.id };
    chat.mock.send({ ...hello, channels: [...hello.channels, forum] });
    await chat.page.getByRole('button', { name: 'long-reads' }).click();
    await chat.page.getByText('No posts yet.').waitFor();
    await chat.page.getByText('This channel takes posts only').waitFor();
    expect(await chat.page.locator('.composer input').count()).toBe(0);
    await chat.page.keyboard.type('x');
    chat.mock.send({ ...hello, channels: [...hello.channels, forum, post] });
    expect(await chat.findings()).toEqual([]);
    await chat.page.getByRole('list', { name: 'Posts' }).getByRole('button', { name: 'First post' }).click();
    await chat.page.getByRole('heading', { name: 'First post', exact: true }).waitFor();
    expect(await chat.composer().count()).toBe(1);
  });

  test('foreign text stays text', async () => {
    const content = '<img src=x onerror=alert(1)> [x](javascript:alert(1)) <script>alert(1)</script> <b>b</b>';
    const message = { id: '930000000000000010', channel_id: BRIEFINGS, author: { id: EDITOR, username: 'emil' } };
    chat.mock.send({
      type: 'message.create',
      seen: { message: { ...message, timestamp: '2024-11-29T15:21:00Z', content } },
    });
    await chat.page.getByText(content).waitFor();
  });

  test('comes back after the connection was lost', async () => {
    const { port } = new URL(chat.mock.url);
    await chat.mock.close();
    await chat.page.getByText('Connecting…').waitFor();
    await chat.serve(hello, Number(port));
    await chat.page.getByText('Sitrep is online').waitFor();
    chat.forgive(LOST);
  });

  test('after a restart of the playground a line that was begun goes to the command of the same name', async () => {
    await chat.composer().focus();
    await chat.page.keyboard.type('/brief situation:aleppo-2024');
    const { port } = new URL(chat.mock.url);
    await chat.mock.close();
    await chat.page.getByText('Connecting…').waitFor();
    await chat.page.keyboard.press('Enter');
    await chat.page.getByText('Not connected to the playground').waitFor();
    const renamed = commands.map((command) => ({ ...command, id: `95${String(command['id']).slice(2)}` }));
    // The page is there before the bot has registered anything.
    await chat.serve({ ...hello, run: 'two', commands: [] }, Number(port));
    await chat.page.getByText('Sitrep is online').waitFor();
    await expect.poll(() => chat.page.getByText('Not connected').count()).toBe(0);
    const notice = chat.page.getByText(
      'The playground was started again: its conversation is gone and the clock is back',
    );
    await notice.waitFor();
    await chat.page.locator('[data-option=situation]').press('Enter');
    await chat.page.getByText('Sitrep has not registered /brief, or not yet.').waitFor();
    chat.mock.send({ type: 'commands', commands: renamed });
    await expect.poll(() => chat.page.getByText('not registered').count()).toBe(0);
    await chat.page.locator('[data-option=situation]').press('Enter');
    expect(await chat.sent('command')).toMatchObject({
      commandId: '950000000000000001',
      options: [{ name: 'situation', type: 3, value: 'aleppo-2024' }],
    });
    await expect.poll(() => notice.count()).toBe(0);
    chat.forgive(LOST);
  });

  test.each(['dark', 'light'] as const)('has no serious accessibility problem in the %s theme', async (colorScheme) => {
    await chat.reopen({ colorScheme });
    expect(await chat.findings()).toEqual([]);
    await chat.composer().fill('/');
    await chat.page.getByRole('option', { name: '/help' }).waitFor();
    expect(await chat.findings()).toEqual([]);
    await chat.composer().fill('/brief ');
    await chat.page.getByRole('group', { name: '/brief' }).waitFor();
    expect(await chat.findings()).toEqual([]);
    await chat.page.getByRole('combobox', { name: /Show a section/ }).click();
    expect(await chat.findings()).toEqual([]);
  });

  test('a narrow window leaves its room to the answers', async () => {
    await chat.reopen({ viewport: { width: 360, height: 700 } });
    const log = await chat.page.locator('#log').boundingBox();
    expect(log?.height).toBeGreaterThan(400);
    expect(await chat.page.getByRole('button', { name: '/help' }).count()).toBe(0);
    const cut = () =>
      chat.composer().evaluate((input: HTMLInputElement) => {
        const canvas = document.createElement('canvas').getContext('2d');
        if (canvas === null) throw new Error('no canvas');
        const { font, paddingInline } = getComputedStyle(input);
        canvas.font = font;
        return canvas.measureText(input.placeholder).width + 2 * Number.parseFloat(paddingInline) - input.clientWidth;
      });
    expect(await cut()).toBeLessThan(0);
    const line = chat.page.getByText('/brief situation: aleppo-2024 length: standard');
    expect(await line.evaluate((element) => element.scrollWidth - element.clientWidth)).toBeLessThanOrEqual(0);
    expect((await line.boundingBox())?.height).toBeGreaterThan(30);
    await chat.page.getByRole('button', { name: 'What to try' }).click();
    await chat.page.getByRole('button', { name: '/help' }).click();
    await chat.sent('command');
    await chat.page.getByRole('button', { name: 'What to try' }).waitFor();
  });

  test.each([320, 600])('fits a window of %i pixels, with the channels behind a button', async (width) => {
    await chat.reopen({ viewport: { width, height: 700 } });
    const overflow = (): Promise<number> =>
      chat.page.evaluate(() => {
        const widths = [document.documentElement, ...document.querySelectorAll('#log, .header, .clock, .composer')];
        return Math.max(...widths.map((element) => element.scrollWidth - element.clientWidth));
      });
    expect(await overflow()).toBeLessThanOrEqual(0);
    expect(await chat.findings()).toEqual([]);
    await chat.page.getByRole('button', { name: 'Channels and persona' }).click();
    await chat.page.getByLabel('Act as').selectOption({ label: 'Emil (Editor)' });
    await chat.page.keyboard.press('Escape');
    await expect.poll(() => chat.page.getByRole('navigation').isVisible()).toBe(false);
  });
});
