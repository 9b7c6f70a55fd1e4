import { describe, expect, test } from 'vitest';
import { chromiumPath, playgroundPage } from '../support/playground-page.ts';

describe.skipIf(chromiumPath === undefined)('a newcomer in the playground', () => {
  const town = playgroundPage('tour');
  const { last, messages, shot } = town;
  const type = async (line: string): Promise<void> => {
    const before = await messages().count();
    await town.type(line, 'by key');
    await expect.poll(() => messages().count(), { timeout: 8000 }).toBeGreaterThan(before);
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
    const before = await messages().count();
    const first = await last().innerText();
    await last().getByRole('button', { name: 'Next' }).click();
    await expect.poll(() => last().innerText()).not.toBe(first);
    expect(await messages().count()).toBe(before);
    await shot('timeline');
  });

  test('opens the sources with one press', async () => {
    await type('/brief situation:aleppo-2024 length:short');
    await last().getByRole('button', { name: 'Sources' }).click();
    await expect.poll(() => last().innerText()).toContain('Admiralty grade');
    await shot('sources');
  });

  test('moves the clock on and is told what changed, corrections first', async () => {
    await town.page.getByRole('button', { name: '+1 day' }).click();
    await town.page.getByText('Sat, 30 Nov 2024').waitFor();
    await type('/changes situation:aleppo-2024 since:2024-11-29');
    const text = await last().innerText();
    expect(text.indexOf('Corrections')).toBeGreaterThan(0);
    expect(text.indexOf('Corrections')).toBeLessThan(text.indexOf('What changed'));
    await shot('changes');
  });

  test('moves it back, and the bot no longer knows what came later', async () => {
    await town.page.getByRole('combobox', { name: 'Jump to a moment of the sample' }).selectOption({ index: 2 });
    await town.page.getByText('Wed, 27 Nov 2024').or(town.page.getByText('Thu, 28 Nov 2024')).first().waitFor();
    await expect.poll(() => town.page.locator('section.clock').getAttribute('aria-busy')).toBe('false');
    await type('/casualties situation:aleppo-2024');
    const text = await last().innerText();
    expect(text).not.toContain('255');
    expect(text).not.toContain('30 Nov');
    await shot('back');
  });
});
