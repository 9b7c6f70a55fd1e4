import type { Figure } from '../model/figure.ts';
import { apart, cutsAcross } from '../model/groups.ts';
import { didYouMean } from '../nearest.ts';
import type { Item } from './check-registry.ts';
import type { Path } from './json-text.ts';
import { error, type Finding, warning } from './problem.ts';

/** Whether every part names a whole of its report and fits it, and whether a breakdown is one (R10). */
export function checkParts(items: readonly Item<Figure>[]): Finding[] {
  const byId = new Map(
    items.flatMap(({ at, value }) => (value.id === undefined ? [] : [[value.id, { at, value }] as const])),
  );
  const findings: Finding[] = [];
  for (const { at, value } of items) {
    if (!value.part) continue;
    const where = [...at, 'part', 'of'];
    const whole = byId.get(value.part.of)?.value;
    if (!whole) findings.push(error(where, noWhole(value.part.of, [...byId.keys()])));
    else if (circles(value, byId))
      findings.push(error(where, `"${value.part.of}" is in turn a part of this figure; take one of the two out`));
    else findings.push(...tooLarge(at, value, whole), ...noPart(at, value, whole));
  }
  for (const whole of byId.values()) {
    const parts = items.filter(({ value: { part } }) => part?.as === 'partition' && part.of === whole.value.id);
    findings.push(...oneBreakdown(parts), ...addsUp(whole, parts));
  }
  return findings;
}

const noWhole = (id: string, known: readonly string[]): string =>
  `no figure of this report is called "${id}"${didYouMean(id, known) || '; give the whole that "id"'}`;

function circles(start: Figure, byId: ReadonlyMap<string, Item<Figure>>): boolean {
  const seen = new Set<Figure>();
  for (let here: Figure | undefined = start; here && !seen.has(here); ) {
    seen.add(here);
    here = here.part && byId.get(here.part.of)?.value;
    if (here === start) return true;
  }
  return false;
}

/** "26 of them" of a whole that was at most 20. An open whole ("at least 20") only looks odd. */
function tooLarge(at: Path, part: Figure, whole: Figure): Finding[] {
  if (part.part?.as !== 'subset' || part.low === null) return [];
  const message = `this subset is ${part.low}, more than its whole "${part.part.of}"`;
  if (whole.high !== null && whole.qualifier !== 'about' && part.low > whole.high)
    return [error([...at, 'low'], `${message} (${whole.high})`)];
  if (whole.low !== null && part.low > whole.low && (whole.high === null || part.low > whole.high))
    return [warning([...at, 'low'], `${message} (${whole.qualifier} ${whole.low})`)];
  return [];
}

/** What cannot be an addend of its whole: another measure (R12), and children or women, who are in the other parts (R10). */
function noPart(at: Path, { part, measure, group }: Figure, whole: Figure): Finding[] {
  if (part?.as !== 'partition') return [];
  if (measure !== whole.measure)
    return [error([...at, 'measure'], `${measure} is no part of a number of ${whole.measure}; take "part" out`)];
  if (cutsAcross(group))
    return [
      error(
        [...at, 'part', 'as'],
        'children and women are among the others, so that they do not add up with them; write "subset"',
      ),
    ];
  return [];
}

/** Parts of one breakdown hold nobody twice: other groups, other areas, or other roles. */
function mayOverlap(a: Figure, b: Figure): boolean {
  const differ = (x: string | undefined, y: string | undefined): boolean =>
    x !== undefined && y !== undefined && x !== y;
  return !(apart(a.group, b.group) || differ(a.scope.area, b.scope.area) || differ(a.group.role, b.group.role));
}

/** A figure may be broken down by status or by area, but the two do not add up: the second is made of subsets. */
function oneBreakdown(parts: readonly Item<Figure>[]): Finding[] {
  return parts.flatMap(({ at, value }, i) => {
    if (cutsAcross(value.group)) return [];
    const other = parts.slice(0, i).find((p) => !cutsAcross(p.value.group) && mayOverlap(p.value, value));
    return other
      ? [
          error(
            [...at, 'part'],
            `may count the same people as figures[${String(other.at.at(-1))}], another part of "${value.part?.of}"; a figure has one breakdown: mark the parts of a second one as "subset"`,
          ),
        ]
      : [];
  });
}

/** R10: a partition may leave a rest, but none below zero. It is flagged and kept as it was published. */
function addsUp({ at, value: whole }: Item<Figure>, parts: readonly Item<Figure>[]): Finding[] {
  if (whole.qualifier === 'about') return [];
  const most = whole.qualifier === 'range' || whole.low === null ? whole.high : whole.low;
  if (parts.length === 0 || most === null) return [];
  const sum = parts.reduce((total, { value }) => total + (value.low ?? 0), 0);
  if (sum <= most) return [];
  return [
    warning(
      at,
      `inconsistent: its parts add up to ${sum}, more than ${most}; kept as published (check the parts, or mark them as "subset")`,
    ),
  ];
}
