import { kinsOf } from '../picture/kin.ts';
import { sourceOf } from '../picture/registry.ts';
import type { Filter } from '../picture/select.ts';
import type { Part } from './brief-lines.ts';
import { candidates, HEADINGS } from './brief-lines.ts';
import type { Document, Section } from './document.ts';
import { fill, inOrder } from './fill.ts';
import type { Asked } from './frame.ts';
import { frame } from './frame.ts';
import { perPicture } from './per-picture.ts';
import type { Known } from './tell.ts';
import { namer, reportOf, said, stake } from './tell.ts';

export type Length = 'short' | 'standard' | 'full';
export interface BriefRequest extends Asked {
  readonly length: Length;
  readonly place?: string;
}

/** How many lines a section may have, and how much text all of them together. A standard brief fits one message. */
const SHAPES: Readonly<Record<Length, { readonly most: number; readonly budget: number }>> = {
  short: { most: 3, budget: 2_300 },
  standard: { most: 3, budget: 3_450 },
  full: { most: Number.POSITIVE_INFINITY, budget: Number.POSITIVE_INFINITY },
};

/** Which measures a reader would look for and does not find here. */
function missing(known: Known): readonly string[] {
  const none = ['killed', 'injured', 'displaced'].filter((m) => kinsOf(known.picture, m).length === 0);
  return none.length > 0 ? [`No running figure is recorded for: ${none.join(', ')}.`] : [];
}

/** Who is quoted in these lines, with kind and stake. */
function sourcesSection(known: Known, sections: readonly Section[]): Section {
  const reports = new Set(
    sections
      .flatMap((s) => s.lines.flatMap((l) => [l, ...(l.under ?? [])]))
      .flatMap((l) => l.citations.map((c) => c.report)),
  );
  const originators = new Set([...reports].map((id) => reportOf(known, id).originator));
  const named = [...originators]
    .map((id) => sourceOf(known.registry, id))
    .map((s) => `${s.short ?? s.name} (${stake(known, s)})`)
    .sort((a, b) => (a < b ? -1 : 1));
  return { id: 'sources', heading: 'Sources', lines: [], rows: named.length > 0 ? [[said(named.join('; '))]] : [] };
}

/** The situation in one screen, in the order of docs/briefings.md. */
export const composeBrief = perPicture(compose);

function compose(known: Known, asked: BriefRequest): Document {
  const filter: Filter = asked.place === undefined ? {} : { place: asked.place };
  const all = candidates(known, filter);
  const parts: readonly Part[] =
    asked.length === 'short' ? ['bottom-line', 'figures'] : (Object.keys(HEADINGS) as Part[]);
  const wanted = all.filter((c) => parts.includes(c.part));
  const shape = SHAPES[asked.length];
  const chosen = fill(wanted, shape, namer(known));
  const name = namer(known);
  const sections = parts
    .map(
      (id): Section => ({
        id,
        heading: HEADINGS[id],
        lines: inOrder(chosen.get(id) ?? []).map((c) => c.make(name)),
        ...(id === 'disputed' && filter.place === undefined && { notes: missing(known) }),
      }),
    )
    .filter((s) => s.lines.length > 0 || (s.notes?.length ?? 0) > 0);
  if (sections.some((s) => s.id === 'figures' && s.lines.length > 1)) {
    const figures = sections.findIndex((s) => s.id === 'figures');
    sections[figures] = {
      ...(sections[figures] as Section),
      notes: ['Different originators, starts and areas: these overlap and are not added.'],
    };
  }
  const shown = [...chosen.values()].reduce((n, l) => n + l.length, 0);
  const left = all.length - shown;
  return frame(known, asked, {
    kind: 'brief',
    sections: [...sections, ...(sections.length > 0 ? [sourcesSection(known, sections)] : [])],
    empty: 'Nothing is recorded for this question.',
    notes: left > 0 && asked.length !== 'full' ? [`${left} more lines in the full brief.`] : [],
    follows: [
      { label: 'Casualties', command: 'casualties', args: {} },
      { label: 'Timeline', command: 'timeline', args: {} },
      { label: 'Sources', command: 'sources', args: {} },
    ],
  });
}
