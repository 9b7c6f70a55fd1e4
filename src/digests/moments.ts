import { dayWords } from '../briefing/dates.ts';
import type { Piece } from '../briefing/document.ts';
import { text } from '../briefing/tell.ts';
import { offset } from '../model/zone.ts';
import type { Slot } from './slots.ts';

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const HOUR = 3_600_000;

/** "Sun 28 Mar 2027, 07:30" of `2027-03-28T07:30`. */
export const wallWords = (wall: string): string =>
  `${DAYS[new Date(`${wall}Z`).getUTCDay()]} ${dayWords(wall.slice(0, 10))}, ${wall.slice(11)}`;

/** A moment on each reader's own clock, where the medium can; else in UTC. `at` in ms. */
export const elsewhere = (at: number): Piece => {
  const iso = new Date(at).toISOString();
  return { type: 'time', at: iso, text: `${iso.slice(11, 16)} UTC` };
};

function utcWords(ms: number): string {
  const minutes = Math.abs(ms) / 60_000;
  const rest = minutes % 60 === 0 ? '' : `:${String(minutes % 60).padStart(2, '0')}`;
  return ms === 0 ? 'UTC' : `UTC${ms < 0 ? '−' : '+'}${Math.floor(minutes / 60)}${rest}`;
}

/** How a change of the clock bears on a slot, in words; empty where it does not. `before`: the one before it, in ms. */
export function clockWords({ at, wall, moved }: Slot, zone: string, before?: number): string {
  const time = wall.slice(11);
  if (moved?.how === 'gap')
    return `clocks go forward that night and skip ${time}: it comes at ${moved.shown.slice(11)}, once`;
  if (moved?.how === 'overlap')
    return `clocks go back that night and show ${time} twice: it comes the first time, once`;
  if (before === undefined) return '';
  const [was, is] = [offset(zone, before), offset(zone, at)];
  if (was === is) return '';
  const by = Math.abs(is - was) === HOUR ? 'an hour' : `${Math.abs(is - was) / 60_000} minutes`;
  return `clocks go ${is > was ? 'forward' : 'back'} ${by} before it, to ${utcWords(is)}`;
}

/** A slot on the clock of its zone and on the reader's own, naming what a change of clocks does to it. */
export function slotPieces(slot: Slot, zone: string, before?: number): readonly Piece[] {
  const clock = clockWords(slot, zone, before);
  return [
    text(`${wallWords(slot.wall)} ${zone}, for you `),
    elsewhere(slot.at),
    ...(clock === '' ? [] : [text(` — ${clock}`)]),
  ];
}

/** Slots in order, each by its clock; what was changed since `from` (ms) or the one before is said. */
export const slotRows = (slots: readonly Slot[], zone: string, from: number): readonly (readonly Piece[])[] =>
  slots.map((slot, i) => slotPieces(slot, zone, slots[i - 1]?.at ?? from));
