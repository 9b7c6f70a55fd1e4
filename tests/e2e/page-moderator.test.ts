import type { Locator } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { chromiumPath, playgroundPage } from '../support/playground-page.ts';

const SITUATION = 'situation:aleppo-2024';
const PASTED = 'At least 255 people, mostly combatants, have been killed since Wednesday 27 November, SOHR said';
const HEADLINE = 'At least 255 people, mostly combatants, have been killed since Wednesday 27 November';
const BETTER = 'At least 255 people, mostly combatants, reported killed since 27 November';

describe.skipIf(chromiumPath === undefined)('a moderator on the page', () => {
  const town = playgroundPage('moderator');
  const { last, as, type, shot } = town;
  const press = (name: string | RegExp) => last().getByRole('button', { name }).click();
  const form = (name: string | RegExp): Locator => town.page.getByRole('dialog', { name });
  const submit = (dialog: Locator) => dialog.getByRole('button', { name: 'Submit' }).click();
  const says = (text: string | RegExp) => last().getByText(text).first().waitFor();

  test('pastes a toll, takes the figure that was read, and sends it for review', async () => {
    await as('Teodor (Editor)');
    await type(`/entry add ${SITUATION} text:${PASTED}`);
    const event = form('A sourced entry');
    expect(await event.getByLabel('Headline').inputValue()).toBe(HEADLINE);
    expect(await event.getByLabel('Who says so').inputValue()).toBe('Syrian Observatory for Human Rights');
    expect(await event.getByLabel('When did it happen').inputValue()).toBe('2024-11-27 to 2024-11-29');
    await submit(event);
    await says('Nothing is recorded before you save it.');
    await says('Read in the text, not taken over');
    await shot('preview');
    await press('Figures');
    const figures = form('Figures');
    const read = figures.getByRole('checkbox', { name: /at least 255 people killed, since 27 Nov 2024/ });
    expect(await read.isChecked()).toBe(true);
    await submit(figures);
    // The guards find the toll that the sample has, and offer to add to it.
    await says(/E12 .* may be the same/);
    await last().getByRole('button', { name: 'Add it to E12 as a report' }).waitFor();
    await shot('guard');
    await press('Send for review anyway');
    const anyway = form('Save anyway');
    await anyway.getByLabel('Why is it right').fill('It is told as an entry of its own here');
    await submit(anyway);
    await says('It waits for a reviewer. Readers do not see it yet.');
  });

  test('somebody else opens it from the list and approves it; a reader is told', async () => {
    await as('Rana (Reader)');
    await type(`/brief ${SITUATION} length:short`);
    await says('Briefing B1.');
    await as('Inés (Reviewer)');
    await type('/review list');
    await says('Waiting for a reviewer (1)');
    await shot('list');
    await press('Open D1');
    await says('As readers will see it');
    await shot('review');
    await press('Approve');
    await says(/recorded as E\d+/);
    await as('Rana (Reader)');
    await type(`/changes ${SITUATION}`);
    await says('Briefing B2.');
    expect(await last().innerText()).toContain(HEADLINE);
    await shot('changes');
  });

  test('it is put right, and the message that showed it says so', async () => {
    const told = town.page.locator('article.message').filter({ hasText: 'Briefing B2.' });
    await as('Maryam (Admin)');
    await type(`/entry amend ${SITUATION} entry:E1001`);
    const amend = form('Amend: what it says');
    await amend.getByLabel('Headline').fill(BETTER);
    await amend.getByRole('combobox', { name: 'Why?' }).click();
    await town.page.getByRole('option', { name: 'Our error' }).click();
    await submit(amend);
    await says('Old → new');
    await press('Publish now');
    const now = form('Publish without a second person');
    await now.getByLabel('Why can it not wait?').fill('Readers are being told it');
    await submit(now);
    await says('Recorded without a second person: an amendment of E1001');
    await expect.poll(() => told.innerText()).toMatch(/Corrected .*It read “At least 255 people/);
    await told.scrollIntoViewIfNeeded();
    await shot('corrected');
  });

  test('a reader reports an error in one entry, and the desk is told where it looks', async () => {
    await as('Rana (Reader)');
    await type(`/entry show ${SITUATION} entry:E1001`);
    await says(BETTER);
    await press('Report an error');
    const dispute = form('Report an error in E1001');
    await dispute.getByLabel('What is wrong with it?').fill('It was a Tuesday');
    await submit(dispute);
    await says('Your report R1 is with the desk');
    await as('Teodor (Editor)');
    await town.page
      .getByRole('link', { name: 'desk-log' })
      .or(town.page.getByRole('button', { name: 'desk-log' }))
      .first()
      .click();
    await says('It was a Tuesday');
    await shot('desk-log');
  });
});
