import type { Digest } from '../../digests/digest.ts';
import { readable } from '../asking.ts';
import type { Asker } from '../command.ts';
import type { Field, Form } from '../form.ts';
import type { Reading } from '../reading.ts';
import { zoneFor } from './order.ts';
import { TARGETS } from './target.ts';
import { scheduleText, type Written } from './written.ts';

const MOST_OPTIONS = 25;

const TIMES = {
  kind: 'text',
  name: 'times',
  label: 'When',
  description: 'Times such as 07:30, 19:00; or five fields: 30 7 * * 1-5',
  required: true,
  max: 300,
} as const satisfies Field;
const DAYS = {
  kind: 'text',
  name: 'days',
  label: 'Days',
  description: 'weekdays, mon-fri, sat and sun; empty: every day',
  max: 300,
} as const satisfies Field;
const ZONE = {
  kind: 'text',
  name: 'zone',
  label: 'Time zone',
  description: 'On whose clock: Europe/Berlin, Asia/Damascus, UTC',
  max: 60,
} as const satisfies Field;

async function situationsField(chosen: readonly string[], reading: Reading, asker: Asker): Promise<Field | undefined> {
  const all = await readable(reading, asker);
  // What is chosen already comes first: it must not fall out of a list that is too long.
  const options = [...all]
    .sort((a, b) => Number(chosen.includes(b.situation.slug)) - Number(chosen.includes(a.situation.slug)))
    .slice(0, MOST_OPTIONS)
    .map(({ situation: { slug, title, status } }) => ({
      value: slug,
      label: title,
      // Beside its name: two may have the same title.
      description: status === 'closed' ? `${slug}, closed` : slug,
      chosen: chosen.includes(slug) || all.length === 1,
    }));
  return options.length === 0
    ? undefined
    : { kind: 'some', name: 'situations', label: 'Situations', required: true, options };
}

/** What is missing of a new digest; undefined where nothing is. */
export async function missingForm(written: Written, reading: Reading, asker: Asker): Promise<Form | undefined> {
  const { channel, situation, times, expression, days, zone } = written;
  const timed = times !== undefined || expression !== undefined;
  if (channel !== undefined && situation !== undefined && timed) return undefined;
  const settings = asker.guild === null ? undefined : await reading.desks?.settings(asker.guild);
  const all = await readable(reading, asker);
  const of = all.filter((p) => situation === undefined || p.situation.slug === situation);
  const situations = situation === undefined ? await situationsField([], reading, asker) : undefined;
  return {
    form: 'digest create save',
    args: { ...written },
    title: 'A new digest',
    fields: [
      ...(channel === undefined
        ? [{ kind: 'channel' as const, name: 'channel', label: 'Channel', required: true, types: [...TARGETS] }]
        : []),
      ...(situations ? [situations] : []),
      ...(timed ? [] : [TIMES]),
      ...(timed || days !== undefined ? [] : [DAYS]),
      ...(timed || zone !== undefined ? [] : [{ ...ZONE, value: zoneFor(settings, of) }]),
    ],
  };
}

/** The settings that are changed most, as they are. */
export async function editForm(digest: Digest, reading: Reading, asker: Asker): Promise<Form> {
  const { times, days, expression } = scheduleText(digest);
  const situations = await situationsField(digest.situations, reading, asker);
  return {
    form: 'digest edit save',
    args: { digest: digest.id, revision: String(digest.revision) },
    title: `Edit ${digest.id}`,
    fields: [
      { kind: 'text', name: 'name', label: 'Name', required: true, max: 60, value: digest.name },
      ...(situations ? [situations] : []),
      { ...TIMES, value: times ?? expression ?? '' },
      { ...DAYS, value: days ?? '' },
      { ...ZONE, required: true, value: digest.schedule.zone },
    ],
  };
}
