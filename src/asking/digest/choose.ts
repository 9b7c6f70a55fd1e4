import { scheduleWords } from '../../digests/schedule.ts';
import { readZone, zonesLike } from '../../digests/zones.ts';
import { readable, situationChoices } from '../asking.ts';
import type { Asker, Choice } from '../command.ts';
import { standingAt } from '../desk.ts';
import type { Reading } from '../reading.ts';
import { suggest } from '../search.ts';
import { zoneFor } from './order.ts';
import { listOf } from './written.ts';

type So = Readonly<Record<string, unknown>>;
type Chooser = (typed: string, so: So, reading: Reading, asker: Asker) => Promise<readonly Choice[]>;

const MOST = 25;
const LONGEST = 100;
const cut = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** The digests of the server, for those who may see them. */
export const chooseDigest: Chooser = async (typed, _so, reading, asker) => {
  const { digests } = reading;
  if (asker.guild === null || !digests || (await standingAt(undefined, reading, asker)) === 'stranger') return [];
  const all = [...digests.books.of(asker.guild).digests.values()];
  return suggest(all, typed, ({ digest }) => [digest.id, digest.name], MOST).map(({ digest, suspended }) => ({
    name: cut(
      `${digest.id} ${digest.name} — ${scheduleWords(digest.schedule)}${suspended ? ' (suspended)' : digest.paused ? ' (paused)' : ''}`,
    ),
    value: digest.id,
  }));
};

/** Zones that fit; before anything is typed, those of the desk and of the situations first. */
export const chooseZone: Chooser = async (typed, _so, reading, asker) => {
  if (typed.trim() !== '') return zonesLike(typed, MOST).map((zone) => ({ name: zone, value: zone }));
  const settings = asker.guild === null ? undefined : await reading.desks?.settings(asker.guild);
  const pictures = await readable(reading, asker);
  const near = [zoneFor(settings, pictures), ...pictures.map((p) => p.situation.zone), 'UTC'].flatMap((zone) => {
    try {
      return [readZone(zone)];
    } catch {
      return [];
    }
  });
  const all = [...new Set([...near, ...zonesLike('', MOST)])].slice(0, MOST);
  return all.map((zone) => ({ name: zone, value: zone }));
};

/** Adds to a list with commas: what stands before the last comma is kept. */
function lastOf(typed: string): { readonly before: readonly string[]; readonly last: string } {
  const at = typed.lastIndexOf(',');
  return { before: listOf(typed.slice(0, Math.max(at, 0))), last: typed.slice(at + 1).trim() };
}

const added = (before: readonly string[], choices: readonly Choice[]): readonly Choice[] =>
  choices
    .filter(({ value }) => !before.includes(value))
    .map(({ name, value }) => ({ name: cut([...before, name].join(', ')), value: [...before, value].join(', ') }))
    .filter(({ value }) => value.length <= LONGEST);

/** Further situations, one after the other. */
export const chooseMore: Chooser = async (typed, so, reading, asker) => {
  const { before, last } = lastOf(typed);
  const first = textOf(so['situation']);
  const all = await situationChoices(last, reading, asker);
  return added(
    before,
    all.filter(({ value }) => value !== first),
  );
};

/** Tags of the forum that is chosen. */
export const chooseTags: Chooser = async (typed, so, { facts, digests }, asker) => {
  const { guild } = asker;
  const named = textOf(so['digest']);
  const of = guild === null || named === undefined ? undefined : digests?.books.of(guild).digests.get(named)?.digest;
  const channel = textOf(so['channel']) ?? of?.channel;
  const target = guild === null || channel === undefined ? undefined : facts?.target(guild, channel, asker);
  if (!target) return [];
  const { before, last } = lastOf(typed);
  const tags = suggest(target.tags, last, (tag) => [tag.name], MOST).map(({ name }) => ({ name, value: name }));
  return added(before, tags);
};
