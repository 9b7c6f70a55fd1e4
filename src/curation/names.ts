import type { Known } from '../briefing/tell.ts';
import type { EntryCore, Report } from '../model/entry.ts';
import type { Figure } from '../model/figure.ts';
import { cutsAcross } from '../model/groups.ts';
import type { Source } from '../model/source.ts';
import type { Registry } from '../picture/registry.ts';
import { placeOf } from '../picture/select.ts';

/** What an entry names that is not there; undefined where all is. */
export function entryTrouble(entry: EntryCore, { picture: { situation }, registry }: Known): string | undefined {
  if (entry.place !== undefined && !placeOf(situation, entry.place))
    return `There is no place “${entry.place}” in ${situation.title}.`;
  const party = entry.parties.find((p) => !registry.parties.has(p.party));
  return party && `There is no party “${party.party}”.`;
}

/** What a report names that is not there, or may not be used by this desk, and figures that cannot be. */
export function reportTrouble(report: Report, known: Known, desk: string | undefined): string | undefined {
  for (const id of [report.originator, report.publisher]) {
    if (id === undefined) continue;
    const source = known.registry.sources.get(id);
    // Another desk's source is not there for this one; nothing tells that it exists.
    if (!source || (source.desk !== undefined && desk !== undefined && source.desk !== desk))
      return `There is no source “${id}”.`;
  }
  const { situation } = known.picture;
  for (const { group, scope } of report.figures) {
    if (group.side !== undefined && !situation.sides.some((s) => s.id === group.side))
      return `There is no side “${group.side}” in ${situation.title}.`;
    if (scope.area !== undefined && !placeOf(situation, scope.area))
      return `There is no place “${scope.area}” in ${situation.title}.`;
  }
  return partsTrouble(report.figures);
}

function partsTrouble(figures: readonly Figure[]): string | undefined {
  const byId = new Map<string, Figure>();
  for (const figure of figures) {
    if (figure.id === undefined) continue;
    if (byId.has(figure.id)) return `Two figures of this report are called “${figure.id}”.`;
    byId.set(figure.id, figure);
  }
  for (const figure of figures) {
    const { part } = figure;
    if (!part) continue;
    const whole = byId.get(part.of);
    if (!whole) return `No figure of this report is called “${part.of}”, of which another is a part.`;
    if (circles(figure, byId)) return `A figure is a part of itself by way of “${part.of}”.`;
    if (part.as === 'partition' && whole.measure !== figure.measure)
      return `${figure.measure} is no part of a number of ${whole.measure}.`;
    if (part.as === 'partition' && cutsAcross(figure.group))
      return 'Children and women are among the others: they are a subset, and do not add up with them.';
    if (figure.low !== null && whole.high !== null && whole.qualifier !== 'about' && figure.low > whole.high)
      return `A part (${figure.low}) is larger than its whole (${whole.high}).`;
  }
  return undefined;
}

function circles(start: Figure, byId: ReadonlyMap<string, Figure>): boolean {
  const seen = new Set<Figure>();
  for (let here: Figure | undefined = start; here && !seen.has(here); ) {
    seen.add(here);
    here = here.part && byId.get(here.part.of);
    if (here === start) return true;
  }
  return false;
}

/** What a source says of itself that cannot be. */
export function sourceTrouble(source: Source, { parties }: Registry): string | undefined {
  if (source.party !== null && !parties.has(source.party)) return `There is no party “${source.party}”.`;
  if (source.party !== null && source.verifies) return 'Who speaks for a party cannot verify its claims.';
  return undefined;
}
