/**
 * One line of the table. A ratio is ours through the peer's, measured side by side in the same run. `limit` is what the
 * ratio may be at most, and for rates (a unit "…/s") at least; Infinity: told, not judged.
 * @typedef {{ name: string, value: number, unit: string, peer: string, peerValue: number, ratio: number, limit: number, ok: boolean }} Row
 */

export const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

const round = (value) => Number(value.toPrecision(3));

/**
 * A row of times, in ms.
 * @returns {Row}
 */
export function timesRow({ name, ours, peer, theirs, limit }) {
  const [value, peerValue] = [median(ours), median(theirs)];
  const ratio = value / peerValue;
  const rounded = { value: round(value), peerValue: round(peerValue), ratio: round(ratio) };
  return { name, unit: 'ms', peer, limit, ok: ratio <= limit, ...rounded };
}

/** Runs the two in turns, each time beginning with the other one, so that neither always meets the busier machine. */
export async function inTurns(rounds, ours, theirs) {
  const taken = { ours: [], theirs: [] };
  for (let turn = 0; turn < rounds; turn += 1) {
    const one = async () => taken.ours.push(await ours());
    const two = async () => taken.theirs.push(await theirs());
    for (const step of turn % 2 === 0 ? [one, two] : [two, one]) await step();
  }
  return taken;
}
