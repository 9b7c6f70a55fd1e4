import { clean } from '../../briefing/plain.ts';
import type { DeskSettings } from '../../desk/record.ts';
import type { Order } from '../../digests/changes.ts';
import type { Digest } from '../../digests/digest.ts';
import { LENGTHS, WHEN_NOTHING } from '../../digests/digest.ts';
import { readQuiet } from '../../digests/read-quiet.ts';
import { type Ask, readSchedule } from '../../digests/read-schedule.ts';
import type { Seqs } from '../../digests/records.ts';
import type { Schedule } from '../../digests/schedule.ts';
import { UserError } from '../../errors.ts';
import { SEVERITIES } from '../../model/entry.ts';
import type { Picture } from '../../picture/picture.ts';
import { findSituation, partyIn, placeIn } from '../asking.ts';
import type { Asker } from '../command.ts';
import type { Reading } from '../reading.ts';
import { mentionOf, placing } from './placing.ts';
import { listOf, oneOf, scheduleText, type Written, yes } from './written.ts';

/** What was ordered, read and checked; nothing of it is recorded yet. */
export interface ReadOrder {
  readonly order: Order;
  readonly since: Seqs;
  /** To be confirmed before. */
  readonly asks: readonly Ask[];
  /** What the person ought to know of it. */
  readonly notes: readonly string[];
}

/** More could not be told in one message. */
const MOST_SITUATIONS = 10;

/** The situations that are told of: those that are named in place of the ones there were, or beside them. */
async function situationsOf(
  { situation, also }: Written,
  base: Digest | undefined,
  reading: Reading,
  asker: Asker,
): Promise<{ readonly slugs: readonly string[]; readonly pictures: readonly Picture[] }> {
  const kept = situation === undefined ? (base?.situations ?? []) : [];
  const named = [...(situation === undefined ? [] : [situation]), ...listOf(also)];
  if (named.length > MOST_SITUATIONS * 2) throw new UserError('These are too many situations for one digest.');
  const found = await Promise.all(named.map((one) => findSituation(one, reading, asker)));
  const slugs = [...new Set([...kept, ...found.map((p) => p.situation.slug)])];
  if (slugs.length > MOST_SITUATIONS)
    throw new UserError(
      `A digest tells of at most ${MOST_SITUATIONS} situations; these are ${slugs.length}.`,
      'Order a second digest for the others.',
    );
  // What was ordered when it could be read stays ordered: it is told again once it can be read again.
  const before = await Promise.all(kept.map((slug) => findSituation(slug, reading, asker).catch(() => undefined)));
  return { slugs, pictures: [...before.filter((p) => p !== undefined), ...found] };
}

/** The zone that a schedule is read in where none is named: the desk's where it chose one, else the situations'. */
export function zoneFor(settings: DeskSettings | undefined, pictures: readonly Picture[]): string {
  if (settings && !/^(?:etc\/)?(?:utc|gmt)$/i.test(settings.zone)) return settings.zone;
  const zones = new Set(pictures.map((p) => p.situation.zone));
  const [only] = zones;
  return zones.size === 1 && only !== undefined ? only : 'UTC';
}

function scheduleOf(
  written: Written,
  base: Digest | undefined,
  zone: string,
): { readonly schedule: Schedule; readonly asks: readonly Ask[] } {
  const { times, days, expression } = written;
  if (base && [times, days, expression, written.zone].every((one) => one === undefined))
    return { schedule: base.schedule, asks: [] };
  const before = base && scheduleText(base);
  const own = { times, days, cron: expression };
  const wants = { zone: written.zone ?? base?.schedule.zone ?? zone };
  if (expression !== undefined || !before) return readSchedule({ ...own, ...wants });
  if (times === undefined && days === undefined)
    return readSchedule({ times: before.times, days: before.days, cron: before.expression, ...wants });
  // Days alone, or times alone: the others stay as they were.
  if (times === undefined && before.times === undefined)
    throw new UserError(
      'It is due by an expression, which names its days by itself.',
      'Give times with the days, or another expression.',
    );
  return readSchedule({ times: times ?? before.times, days: days ?? before.days, ...wants });
}

/** A filter names a place or a party of any of the situations. */
function inAny<T>(pictures: readonly Picture[], find: (picture: Picture) => T): T {
  let refusal: unknown = new UserError('No situation is named in which this could be looked up.');
  for (const picture of pictures)
    try {
      return find(picture);
    } catch (thrown) {
      if (!(thrown instanceof UserError)) throw thrown;
      refusal = thrown;
    }
  throw refusal;
}

function filtersOf(written: Written, base: Digest | undefined, pictures: readonly Picture[], reading: Reading) {
  const registry = reading.archive.registry();
  const severity = oneOf(written.severity, SEVERITIES, 'severity');
  const place = written.place;
  const party = written.party;
  const kept = written.clear === 'filters' ? {} : (base?.filters ?? {});
  const next = {
    ...kept,
    ...(severity && { severity }),
    ...(place !== undefined && { place: inAny(pictures, (picture) => placeIn({ picture, registry }, place)) }),
    ...(party !== undefined && { party: inAny(pictures, (picture) => partyIn({ picture, registry }, party)) }),
  };
  // The least there is lets everything through.
  const { severity: least, ...rest } = next;
  return least === undefined || least === SEVERITIES.at(-1) ? rest : { ...rest, severity: least };
}

/** As it can stand in any line: what is not seen is left out. */
const nameOf = (written: string | undefined): string | undefined => {
  const name = Array.from(clean(written ?? '').trim())
    .slice(0, MOST_NAME)
    .join('')
    .trim();
  return name === '' ? undefined : name.slice(0, MOST_NAME);
};
const MOST_NAME = 60;

const nameFor = (pictures: readonly Picture[]): string => {
  const [first, ...more] = new Map(pictures.map((p) => [p.situation.slug, p.situation.title])).values();
  const name = `${first ?? 'Digest'}${more.length > 0 ? ` and ${more.length} more` : ''}`;
  return name.length > MOST_NAME ? `${name.slice(0, MOST_NAME - 1)}…` : name;
};

/**
 * Reads what was written of a new digest, or of changes to one, and checks it as it can be checked now. Throws a
 * UserError that says what is wrong, and what would be right.
 */
export async function readOrder(
  written: Written,
  base: Digest | undefined,
  reading: Reading,
  asker: Asker,
): Promise<ReadOrder> {
  const { slugs, pictures } = await situationsOf(written, base, reading, asker);
  if (slugs.length === 0) throw new UserError('No situation is named.', 'Choose one with the option “situation”.');
  const settings = asker.guild === null ? undefined : await reading.desks?.settings(asker.guild);
  const { schedule, asks } = scheduleOf(written, base, zoneFor(settings, pictures));
  const { at, notes: ofChannel } = placing(written, base, reading, asker);
  const { role, notes: ofRole } = mentionOf(written, base, reading, asker);
  const flash = yes(written.flash) ?? base?.flash ?? false;
  const keptQuiet = written.clear === 'quiet' ? undefined : base?.quiet;
  const quiet = written.quiet === undefined ? keptQuiet : readQuiet(written.quiet);
  const order: Order = {
    name: nameOf(written.name) ?? base?.name ?? nameFor(pictures),
    situations: [...slugs],
    schedule,
    length: oneOf(written.length, LENGTHS, 'length') ?? base?.length ?? 'standard',
    filters: filtersOf(written, base, pictures, reading),
    whenNothing:
      oneOf(written['when-nothing'], WHEN_NOTHING, 'when-nothing') ??
      base?.whenNothing ??
      settings?.whenNothing ??
      'line',
    flash,
    ...(role !== undefined && { mention: role }),
    ...(quiet && { quiet }),
    ...at,
  };
  const closed = pictures.filter((p) => p.situation.status === 'closed').map((p) => p.situation.title);
  const fresh = slugs.filter((slug) => base?.situations.includes(slug) !== true);
  const since =
    written.first === 'changes'
      ? pictures.flatMap((p) => (fresh.includes(p.situation.slug) ? [[p.situation.slug, p.seq] as const] : []))
      : [];
  return {
    order,
    since: Object.fromEntries(since),
    asks,
    notes: [
      ...ofChannel,
      ...ofRole,
      ...(closed.length > 0
        ? [`${closed.join(', ')}: closed, so there will be little to tell besides corrections.`]
        : []),
      ...(!flash && (written.mention !== undefined || written.quiet !== undefined)
        ? ['A role is mentioned, and hours are quiet, for a flash alone; and none is posted here until “flash” is on.']
        : []),
    ],
  };
}
