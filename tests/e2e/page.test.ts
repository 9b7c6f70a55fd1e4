import { describe, expect, test } from 'vitest';
import { BRIEFINGS, brief, EDITOR, modal, READER } from '../playground/page/support/fixture.ts';
import { chatPage, chromiumPath } from '../support/chat-page.ts';

describe.skipIf(chromiumPath === undefined)('asking on the chat page', () => {
  const chat = chatPage();

  test('shows messages with their author, command, components and pictures', async () => {
    const article = chat.page.getByRole('article').filter({ hasText: 'Bottom line' });
    await expect.poll(() => article.getByText('/brief situation: aleppo-2024').count()).toBe(1);
    expect(await article.getByRole('heading', { name: 'Aleppo offensive' }).count()).toBe(1);
    expect(await article.getByRole('img', { name: 'Map of the western districts' }).count()).toBe(1);
    expect(await article.getByRole('button', { name: 'Previous' }).isDisabled()).toBe(true);
    expect(await article.getByRole('link', { name: 'Sources' }).getAttribute('href')).toBe(
      'https://example.org/sources',
    );
    const digest = chat.page.getByRole('article').filter({ hasText: 'Daily digest' });
    expect(await digest.locator('.pill', { hasText: '@Rana' }).count()).toBe(1);
    expect(await digest.locator('.pill', { hasText: '@Emil' }).count()).toBe(0);
  });

  test('a typed line goes out as the command with its options, and waits for the answer', async () => {
    await chat.composer().fill('/brief situation:aleppo-2024 length:short private:yes');
    await chat.composer().press('Enter');
    const frame = await chat.sent('command');
    expect(frame).toMatchObject({ channelId: BRIEFINGS, personaId: READER, commandId: '940000000000000001' });
    expect(frame.options).toEqual([
      { name: 'situation', type: 3, value: 'aleppo-2024' },
      { name: 'length', type: 3, value: 'short' },
      { name: 'private', type: 5, value: true },
    ]);
    await chat.page.getByText('Sitrep is thinking…').waitFor();
    chat.mock.send({ type: 'failed', nonce: frame.nonce, reason: 'The application did not respond' });
    await chat.page.getByText('The application did not respond').waitFor();
    await chat.page.getByRole('button', { name: 'Dismiss message' }).last().click();
    await expect.poll(() => chat.page.getByText('The application did not respond').count()).toBe(0);
  });

  test('the same line written key by key fills the options, with autocomplete', async () => {
    chat.mock.answer = (frame) => {
      if (frame.type !== 'autocomplete') return;
      const choices = [{ name: 'Aleppo offensive (2024)', value: 'aleppo-2024' }];
      chat.mock.send({ type: 'choices', nonce: frame.nonce, choices });
    };
    await chat.composer().focus();
    await chat.page.keyboard.type('/bri');
    await chat.page.keyboard.press('Enter');
    await chat.page.keyboard.type('alep');
    const suggestion = chat.page.getByRole('option', { name: /Aleppo offensive/ });
    await suggestion.waitFor();
    await chat.page.keyboard.press('Enter');
    await chat.page.keyboard.type('len');
    await chat.page.keyboard.press('Tab');
    await chat.page.keyboard.press('ArrowDown');
    await chat.page.keyboard.press('Enter');
    await chat.page.keyboard.press('Enter');
    const frame = await chat.sent('command');
    expect(frame.options).toEqual([
      { name: 'situation', type: 3, value: 'aleppo-2024' },
      { name: 'length', type: 3, value: 'standard' },
    ]);
    const asked = await chat.sent('autocomplete');
    expect(asked.options).toEqual([{ name: 'situation', type: 3, value: 'alep', focused: true }]);
    expect(await chat.composer().inputValue()).toBe('');
    await chat.page.keyboard.press('ArrowUp');
    expect(await chat.composer().inputValue()).toBe('/brief situation: aleppo-2024 length: standard');
  });

  test('writing "length:" inside an option goes on to that option', async () => {
    await chat.composer().focus();
    await chat.page.keyboard.type('/brief situation:aleppo-2024 top:5');
    await chat.page.keyboard.press('Enter');
    expect((await chat.sent('command')).options).toEqual([
      { name: 'situation', type: 3, value: 'aleppo-2024' },
      { name: 'top', type: 4, value: 5 },
    ]);
  });

  test('on a fresh page typing goes to the message box', async () => {
    expect(await chat.page.evaluate(() => document.activeElement === document.body)).toBe(true);
    await chat.page.keyboard.type('/he');
    await chat.page.getByRole('option', { name: '/help' }).waitFor();
    expect(await chat.composer().inputValue()).toBe('/he');
    await chat.page.keyboard.press('Escape');
    await chat.page.getByRole('button', { name: 'More', exact: true }).focus();
    await chat.page.keyboard.type('Hello');
    expect(await chat.composer().inputValue()).toBe('Hello');
    await chat.page.getByLabel('Act as').focus();
    await chat.page.keyboard.type('E');
    expect(await chat.composer().inputValue()).toBe('Hello');
  });

  test('Tab goes from option to option, then on; it throws nothing away', async () => {
    const focused = () => chat.page.evaluate(() => document.activeElement?.getAttribute('data-option'));
    await chat.composer().focus();
    await chat.page.keyboard.type('/brief ');
    await chat.page.keyboard.type('aleppo-2024 length:');
    await chat.page.keyboard.press('Tab');
    expect(await focused()).toBe('');
    await chat.page.keyboard.press('Tab');
    expect(await focused()).toBe('place');
    await chat.page.keyboard.type('Idlib');
    await chat.page.keyboard.press('Tab');
    expect(await focused()).toBe('');
    expect(await chat.page.getByRole('listbox').count()).toBe(1);
    await chat.page.keyboard.press('Escape');
    await chat.page.keyboard.press('Tab');
    expect(await chat.page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Send');
    expect(await chat.page.getByRole('listbox').count()).toBe(0);
    await chat.page.keyboard.press('Enter');
    expect((await chat.sent('command')).options).toEqual([
      { name: 'situation', type: 3, value: 'aleppo-2024' },
      { name: 'length', type: 3, value: 'short' },
      { name: 'place', type: 3, value: 'Idlib' },
    ]);
  });

  test('the list closes when the focus leaves the line', async () => {
    await chat.composer().fill('/');
    await chat.page.getByRole('listbox').waitFor();
    await chat.page.getByRole('button', { name: 'Send' }).focus();
    await expect.poll(() => chat.page.getByRole('listbox').count()).toBe(0);
  });

  test('a missing or wrong option is named and nothing is sent', async () => {
    await chat.composer().fill('/brief situation:x top:50');
    await chat.composer().press('Enter');
    await chat.page.getByRole('alert').filter({ hasText: 'top: at most 20.' }).waitFor();
    expect(await chat.page.locator('[data-option=top]').getAttribute('aria-invalid')).toBe('true');
    await chat.page.keyboard.press('Escape');
    await chat.page.keyboard.press('Escape');
    await chat.composer().fill('/brief');
    await chat.composer().press('Enter');
    await chat.page.keyboard.press('Enter');
    await chat.page.getByRole('alert').filter({ hasText: 'situation is required' }).waitFor();
    expect(chat.mock.received.filter(({ type }) => type === 'command')).toEqual([]);
  });

  test('an option that stands twice is refused', async () => {
    await chat.composer().fill('/brief situation:x length:short length:standard');
    await chat.composer().press('Enter');
    await chat.page.getByRole('alert').filter({ hasText: 'length stands twice on the line' }).waitFor();
    await chat.page.keyboard.press('Escape');
    await chat.page.keyboard.press('Escape');
    await chat.composer().focus();
    await chat.page.keyboard.type('/brief situation:x top:5');
    await chat.page.keyboard.press('Tab');
    await chat.page.keyboard.type('top:7');
    await chat.page.keyboard.press('Enter');
    await chat.page.getByRole('alert').filter({ hasText: 'top stands twice on the line' }).waitFor();
    expect(chat.mock.received.filter(({ type }) => type === 'command')).toEqual([]);
  });

  test('a hint is sent with one press', async () => {
    await chat.page.getByRole('button', { name: '/brief situation:aleppo-2024' }).click();
    expect((await chat.sent('command')).options).toEqual([{ name: 'situation', type: 3, value: 'aleppo-2024' }]);
  });

  test('subcommands are rows of their own and go out nested', async () => {
    await chat.composer().focus();
    await chat.page.keyboard.type('/entry s');
    await chat.page.getByRole('option', { name: /\/entry show/ }).waitFor();
    await chat.page.keyboard.press('Tab');
    await chat.page.keyboard.type('E17');
    await chat.page.keyboard.press('Enter');
    expect((await chat.sent('command')).options).toEqual([
      { name: 'show', type: 1, options: [{ name: 'id', type: 3, value: 'E17' }] },
    ]);
  });

  test('plain text is said by the persona that is chosen', async () => {
    await chat.page.getByLabel('Act as').selectOption({ label: 'Emil (Editor)' });
    await chat.composer().fill('Hello desk');
    await chat.composer().press('Enter');
    expect(await chat.sent('say')).toMatchObject({ personaId: EDITOR, channelId: BRIEFINGS, content: 'Hello desk' });
  });

  test('what only one persona may see is hidden from the others and can be dismissed', async () => {
    const note = chat.page.getByText('Nothing new since you last looked.');
    await note.waitFor();
    await chat.page.getByText('Only you can see this').waitFor();
    await chat.page.getByLabel('Act as').selectOption({ label: 'Emil (Editor)' });
    await expect.poll(() => note.count()).toBe(0);
    await chat.page.getByLabel('Act as').selectOption({ label: 'Rana (Reader)' });
    await chat.page.getByRole('button', { name: 'Dismiss message' }).click();
    expect((await chat.sent('dismiss')).messageId).toBe('930000000000000004');
    await expect.poll(() => note.count()).toBe(0);
  });

  test('buttons and selects go out with their values and keep the focus while they wait', async () => {
    const more = chat.page.getByRole('button', { name: 'More', exact: true });
    await more.focus();
    await chat.page.keyboard.press('Enter');
    const press = await chat.sent('component');
    expect(press).toMatchObject({ customId: 'more', componentType: 2, messageId: brief.message['id'] });
    await expect.poll(() => more.getAttribute('aria-busy')).toBe('true');
    chat.mock.send({
      type: 'message.update',
      seen: { message: { ...brief.message, edited_timestamp: '2024-11-29T15:30:00Z' } },
    });
    chat.mock.send({ type: 'acknowledged', nonce: press.nonce });
    await expect.poll(() => more.getAttribute('aria-busy')).toBeNull();
    expect(await chat.page.evaluate(() => document.activeElement?.textContent)).toBe('More');

    chat.mock.received.length = 0;
    const parties = chat.page.getByRole('combobox', { name: /Filter by party/ });
    await parties.focus();
    await chat.page.keyboard.press('Enter');
    await chat.page.keyboard.press('ArrowDown');
    await chat.page.keyboard.press(' ');
    await chat.page.keyboard.press('Escape');
    expect(await chat.sent('component')).toMatchObject({
      customId: 'parties',
      componentType: 3,
      values: ['hts', 'saa'],
    });
  });

  test('a component that got no answer says so under its message', async () => {
    await chat.page.getByRole('button', { name: 'Mark as read' }).click();
    const { nonce } = await chat.sent('component');
    chat.mock.send({ type: 'failed', nonce, reason: 'This interaction failed' });
    await chat.page
      .getByRole('article')
      .filter({ hasText: 'Bottom line' })
      .getByText('This interaction failed')
      .waitFor();
  });

  test('a modal checks its fields, sends them, and closes when the bot has taken them', async () => {
    await chat.composer().fill('/entry add situation:aleppo-2024');
    await chat.composer().press('Enter');
    const { nonce } = await chat.sent('command');
    chat.mock.send({ type: 'modal', nonce, modalId: 'm1', modal });
    const dialog = chat.page.getByRole('dialog', { name: 'Add an entry' });
    await dialog.waitFor();
    await dialog.getByRole('button', { name: 'Submit' }).click();
    await dialog.getByText('This field is required.').waitFor();
    expect(await dialog.getByText('Choose at least one.').count()).toBe(1);
    expect(await chat.findings()).toEqual([]);

    await dialog.getByLabel('Headline').fill('Airstrike on market');
    await dialog.getByRole('combobox', { name: 'Kind' }).click();
    await chat.page.getByRole('option', { name: 'Toll' }).click();
    await dialog.getByLabel('Aid').check();
    await dialog.getByRole('button', { name: 'Submit' }).click();
    const submitted = await chat.sent('modal.submit');
    expect(submitted.modalId).toBe('m1');
    expect(submitted.values).toEqual({
      headline: 'Airstrike on market',
      kind: ['toll'],
      severity: 'routine',
      tags: ['aid'],
    });
    chat.mock.send({ type: 'failed', nonce: submitted.nonce, reason: 'Something went wrong. Try again.' });
    await dialog.getByText('Something went wrong').waitFor();
    chat.mock.received.length = 0;
    await dialog.getByRole('button', { name: 'Submit' }).click();
    chat.mock.send({ type: 'acknowledged', nonce: (await chat.sent('modal.submit')).nonce });
    await expect.poll(() => dialog.count()).toBe(0);
  });

  test('a message command is used from the menu beside the message', async () => {
    const article = chat.page.getByRole('article').filter({ hasText: 'Good evening' });
    await article.hover();
    await article.getByRole('button', { name: 'Apps for the message by Emil' }).click();
    await chat.page.keyboard.press('Enter');
    expect(await chat.sent('command')).toMatchObject({
      commandId: '940000000000000004',
      targetId: '930000000000000001',
    });
  });

  test('things are broken from the menu, for the channel that is open', async () => {
    await chat.page.getByRole('button', { name: 'Break something' }).click();
    await chat.page.getByRole('menuitem', { name: /429/ }).click();
    expect(await chat.sent('break')).toEqual({ type: 'break', what: 'too-many-requests', channelId: BRIEFINGS });
    const notice = chat.page
      .getByRole('status')
      .filter({ hasText: 'turned away once with 429. It comes a second later.' });
    await notice.waitFor();
    await chat.composer().fill('/help');
    await chat.composer().press('Enter');
    await expect.poll(() => notice.count()).toBe(0);
  });
});
