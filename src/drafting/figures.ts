import type { Known } from '../briefing/tell.ts';
import { figureWords } from '../curation/diff.ts';
import { UserError } from '../errors.ts';
import type { Figure } from '../model/figure.ts';
import { shortName } from '../picture/registry.ts';
import { read } from '../reading/read.ts';
import { sourcesFor } from './fields.ts';

/** A figure that was read from a text, and who is said to say so: a source by id, or only a name. */
export interface Candidate {
  readonly figure: Figure;
  readonly originator?: { readonly id?: string; readonly name: string };
  readonly doubts: readonly string[];
}

/** The figures in a text, as their author held them true when it was published. */
export function figuresIn(text: string, known: Known, desk: string, published: string): readonly Candidate[] {
  return readText(text, known, desk, published).figures.map(({ figure, originator, doubts }) => ({
    figure,
    doubts,
    ...(originator && {
      originator: { name: originator.name, ...(originator.source !== undefined && { id: originator.source }) },
    }),
  }));
}

export const readText = (text: string, { picture, registry }: Known, desk: string, published: string) =>
  read(text, {
    published: new Date(published.length === 10 ? `${published}T12:00:00Z` : published),
    situation: picture.situation,
    sources: sourcesFor({ registry }, desk),
    parties: [...registry.parties.values()],
  });

/** A candidate in one line: "at least 255 people killed, since 27 Nov 2024 … — SOHR". */
export function candidateWords({ figure, originator }: Candidate, known: Known): string {
  const who = originator && (originator.id === undefined ? originator.name : shortName(known.registry, originator.id));
  return `${figureWords(figure, known)}${who === undefined ? '' : ` — ${who}`}`;
}

/** A line that was typed beside the proposals, read like a pasted text. Refused where no number of it is understood. */
export function figuresTyped(line: string, known: Known, desk: string, published: string): readonly Figure[] {
  return line
    .split(/\n|;/)
    .filter((part) => part.trim() !== '')
    .flatMap((part) => {
      const found = figuresIn(part, known, desk, published).map(({ figure }) => figure);
      if (found.length > 0) return found;
      throw new UserError(
        `I find no figure in “${part.trim().slice(0, 60)}”.`,
        'Write it as a sentence would: “at least 255 people killed since Wednesday”, “46 injured”.',
      );
    });
}

/** Figures of one report: names are made unique, and a part whose whole was not taken stands by itself. */
export function joined(groups: readonly (readonly Figure[])[]): readonly Figure[] {
  const seen = new Set<string>();
  const taken: Figure[] = [];
  for (const [at, group] of groups.entries()) {
    const ids = new Set(group.flatMap((f) => f.id ?? []));
    const name = (id: string): string => (seen.has(id) ? `${id}-${at + 1}`.slice(0, 40) : id);
    const renamed = group.map((figure): Figure => {
      const { id, part, ...rest } = figure;
      const whole = part && (ids.has(part.of) ? { ...part, of: name(part.of) } : undefined);
      return { ...rest, ...(id !== undefined && { id: name(id) }), ...(whole && { part: whole }) };
    });
    for (const id of ids) seen.add(name(id));
    for (const figure of renamed)
      if (!taken.some((f) => JSON.stringify(f) === JSON.stringify(figure))) taken.push(figure);
  }
  return taken;
}
