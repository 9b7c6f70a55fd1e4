import { describe, expect, test } from 'vitest';
import { chromiumPath, playgroundPage } from '../support/playground-page.ts';

describe.skipIf(chromiumPath === undefined)('digests in the playground', () => {
  const town = playgroundPage('digest');
  const { messages, as, shot } = town;
  const type = (line: string): Promise<void> => town.type(line, 'by key');
  const open = (channel: string) =>
    town.page
      .getByRole('link', { name: channel })
      .or(town.page.getByRole('button', { name: channel }))
      .first()
      .click();
  const still = () => expect.poll(() => town.page.locator('section.clock').getAttribute('aria-busy')).toBe('false');
  test('an admin orders one by a form', async () => {
    await as('Maryam (Admin)');
    await type('/digest create');
    const dialog = town.page.getByRole('dialog', { name: 'A new digest' });
    await dialog.getByRole('combobox', { name: 'Channel' }).click();
    await town.page.getByRole('option', { name: '#field-notes' }).click();
    await dialog.getByLabel('When').fill('02:30, 07:30');
    await dialog.getByLabel('Time zone').fill('Europe/Berlin');
    await shot('form');
    await dialog.getByRole('button', { name: 'Submit' }).click();
    await messages().last().getByText('Created.').waitFor();
    expect(await messages().last().innerText()).toContain('02:30 and 07:30 every day, Europe/Berlin');
    await shot('created');
  });

  test('over a night in which the clocks go forward each comes once', async () => {
    const jump = town.page.getByRole('combobox', { name: 'Jump to a moment of the sample' });
    await jump.selectOption({ label: 'Night of 30 Mar 2025: clocks go forward in Europe/Berlin' });
    await town.page.getByText('Sun, 30 Mar 2025').or(town.page.getByText('Sat, 29 Mar 2025')).first().waitFor();
    await still();
    await open('field-notes');
    const before = await messages().count();
    await town.page.getByRole('button', { name: '+1 day' }).click();
    await town.page.getByText('Mon, 31 Mar 2025').or(town.page.getByText('Sun, 30 Mar 2025')).first().waitFor();
    await still();
    await expect.poll(() => messages().count()).toBe(before + 2);
    await shot('night');
    expect(await messages().last().innerText()).not.toMatch(/late/i);
  });

  test('after three hours without the bot one comes late, and says so', async () => {
    const before = await messages().count();
    await town.page.getByRole('button', { name: 'Bot off for 3 h' }).click();
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
