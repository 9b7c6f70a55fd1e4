import type { Asker } from '../src/asking/command.ts';
import { allow } from '../src/asking/desk.ts';
import type { Filled, Form } from '../src/asking/form.ts';
import type { Reading } from '../src/asking/reading.ts';
import { UserError } from '../src/errors.ts';
import { deskHere, first } from './desk-here.ts';

/** Asks how a reader's report of an error ends. */
export async function settleForm(report: string, reading: Reading, asker: Asker): Promise<Form> {
  await allow('dispute.close', undefined, reading, asker);
  const { desks, guild } = deskHere(reading, asker);
  const found = (await desks.disputes(guild)).find(({ id }) => id === report);
  if (!found)
    throw new UserError(
      `No report “${report.slice(0, 20)}” is open at this desk.`,
      '/desk log kind: errors lists all.',
    );
  return {
    form: 'desk log settled',
    args: { report },
    title: `Close the report ${report}`,
    fields: [
      {
        kind: 'one',
        name: 'how',
        label: 'How it ends',
        required: true,
        all: true,
        options: [
          { label: 'It was right: the entry is corrected', value: 'corrected' },
          { label: 'What is told stands', value: 'stands' },
        ],
      },
      { kind: 'text', name: 'reason', label: 'Why', required: true, long: true, max: 300 },
    ],
  };
}

export async function settle(filled: Filled, report: string, reading: Reading, asker: Asker) {
  await allow('dispute.close', undefined, reading, asker);
  const { desks, guild } = deskHere(reading, asker);
  const how = first(filled, 'how') === 'corrected' ? 'corrected' : 'stands';
  const reason = first(filled, 'reason')?.trim() ?? '';
  if (reason === '') throw new UserError('Say why, in a few words.');
  await desks.closeDispute({ guild, author: asker.user, key: asker.key }, report, how, reason);
  return { say: `The report ${report} is closed.` };
}
