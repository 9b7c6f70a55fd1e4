import { findSituation } from '../src/asking/asking.ts';
import type { Asker } from '../src/asking/command.ts';
import { allow } from '../src/asking/desk.ts';
import type { Filled, Form } from '../src/asking/form.ts';
import type { Reading } from '../src/asking/reading.ts';
import { REASON_WORDS } from '../src/briefing/reasons.ts';
import { readName } from '../src/desk/log.ts';
import { DEFAULT_SETTINGS, NO_ROLES } from '../src/desk/record.ts';
import type { DeskEvent } from '../src/desk/state.ts';
import { undoOf } from '../src/desk/undo.ts';
import { UserError } from '../src/errors.ts';
import type { Change } from '../src/model/entry.ts';
import { REASONS } from '../src/model/entry.ts';
import { SITUATION_STREAMS } from '../src/model/record.ts';
import { deskHere, first } from './desk-here.ts';

/** Who may take back a record depends on what it is; a situation that may not be read is not there. */
export async function undoing(written: string, reading: Reading, asker: Asker) {
  await allow('desk.undo', undefined, reading, asker);
  const { desks, guild } = deskHere(reading, asker);
  const named = readName(written, guild);
  if (!named)
    throw new UserError(
      `“${written.slice(0, 60)}” names no record.`,
      'Records are named as /desk log names them: aleppo-2024#45, sources#7, desk#3.',
    );
  if (/^digests#\d+$/i.test(written.trim()))
    throw new UserError(
      'What was done to a digest is not taken back.',
      '/digest edit changes it again; /digest pause and /digest delete end it.',
    );
  const slug = named.stream.startsWith(SITUATION_STREAMS) ? named.stream.slice(SITUATION_STREAMS.length) : undefined;
  const of = slug === undefined ? undefined : (await findSituation(slug, reading, asker)).situation;
  await allow('desk.undo', of, reading, asker);
  return { desks, guild, slug, name: written.trim().toLowerCase(), ...named };
}

/** Settings and roles: no reader is told of them. */
const isOfDesk = (record: string): boolean => record.startsWith('desk#');

/** The number stays: it says which one is taken back. */
const shortened = (record: string): string =>
  record.length <= MOST_NAME ? record : `…${record.slice(record.length - MOST_NAME + 1)}`;
const MOST_NAME = 34;

export const undoForm = (record: string): Form => ({
  form: 'desk undo why',
  args: { record },
  title: `Take back ${shortened(record)}`,
  notes: [
    `What was recorded stays where it is; a new record says the opposite${isOfDesk(record) ? '' : ', and readers are told'}.`,
  ],
  fields: [
    {
      kind: 'one',
      name: 'reason',
      label: 'Why',
      required: true,
      options: REASONS.map((value) => ({ value, label: REASON_WORDS[value], chosen: value === 'our_error' })),
    },
    {
      kind: 'text',
      name: 'note',
      label: 'In a few words',
      description: isOfDesk(record) ? 'For the log of the desk.' : 'Readers see it.',
      long: true,
      max: 300,
    },
  ],
});

/** The settings or roles that record set. Throws a UserError where it set neither, or others were set since. */
function ofDesk(events: readonly DeskEvent[], seq: number, name: string) {
  const base = events.find((event) => event.seq === seq);
  if (base?.kind !== 'settings.set' && base?.kind !== 'roles.set')
    throw new UserError(`Record ${name} cannot be taken back.`, 'Of the desk’s own, settings and roles can be.');
  const newer = events.find((event) => event.seq > seq && event.kind === base.kind);
  if (newer) throw new UserError(`Record ${name} cannot be taken back: desk#${newer.seq} was recorded upon it since.`);
  return base;
}

/** The form, where the record can be taken back as things stand: nobody writes why in vain. */
export async function undoFormFor(record: string, reading: Reading, asker: Asker): Promise<Form> {
  const { desks, guild, stream, seq, name } = await undoing(record, reading, asker);
  if (stream.startsWith('desk/')) ofDesk((await desks.state(guild)).events, seq, name);
  else undoOf(await desks.records(stream), seq, { reason: 'our_error', by: { desk: guild } });
  return undoForm(name);
}

/** Settings and roles as they were before a record of the desk's own. */
async function undoDesk(
  { desks, guild, seq, name }: Awaited<ReturnType<typeof undoing>>,
  reading: Reading,
  asker: Asker,
): Promise<void> {
  const { events } = await desks.state(guild);
  const base = ofDesk(events, seq, name);
  const by = { guild, author: asker.user, key: asker.key };
  await allow(base.kind === 'settings.set' ? 'desk.settings' : 'desk.roles', undefined, reading, asker);
  const before = events.filter((event) => event.seq < seq);
  if (base.kind === 'settings.set') {
    const last = before.findLast((event) => event.kind === 'settings.set');
    await desks.setSettings(by, last?.body.settings ?? DEFAULT_SETTINGS, seq);
  } else {
    const last = before.findLast((event) => event.kind === 'roles.set');
    await desks.setRoles(by, last?.body.roles ?? NO_ROLES, seq);
  }
}

export async function undo(filled: Filled, record: string, reading: Reading, asker: Asker) {
  const at = await undoing(record, reading, asker);
  const { desks, guild, stream, seq, slug, name } = at;
  const reason = REASONS.find((one) => one === first(filled, 'reason'));
  if (!reason) throw new UserError('Say why it is taken back.', 'Choose one of the reasons.');
  const note = first(filled, 'note')?.trim();
  const why: Change = { reason, ...(note !== undefined && note !== '' && { note }) };
  if (stream.startsWith('desk/')) {
    await undoDesk(at, reading, asker);
    return { say: `${name} is taken back.` };
  }
  const [made] = await desks.write(stream, { author: asker.user, key: asker.key }, async () => {
    const records = await desks.records(stream);
    const last = records.at(-1);
    const { base, record: opposite } = undoOf(records, seq, { ...why, by: { desk: guild } });
    if (base.kind === 'situation.amended' && slug !== undefined)
      await allow('situation.amend', (await findSituation(slug, reading, asker)).situation, reading, asker);
    return { seq: last?.seq ?? 0, at: last?.at ?? '', records: [opposite] };
  });
  return { say: `${name} is taken back, by ${name.slice(0, name.indexOf('#'))}#${made}.` };
}
