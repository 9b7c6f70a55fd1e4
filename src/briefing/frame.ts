import type { Situation } from '../model/situation.ts';
import { once } from '../picture/once.ts';
import type { Picture } from '../picture/picture.ts';
import { momentWords } from './dates.ts';
import type { Document, Follow, Section } from './document.ts';
import type { Known } from './tell.ts';

/** What every request may say: that it looks back, as the person wrote it in the situation's zone. */
export interface Asked {
  /** ISO instant up to which it is asked; absent: everything recorded. */
  readonly asOf?: string;
  /** Arguments in a form that does not depend on when they are read: "24h" as the moment it meant. */
  readonly again?: Readonly<Record<string, string>>;
}

interface Content {
  readonly kind: Document['kind'];
  readonly about?: string;
  readonly sections: readonly Section[];
  /** Said where there is no section. */
  readonly empty: string;
  readonly subtitle?: readonly string[];
  readonly notes?: readonly string[];
  readonly follows?: readonly Follow[];
  /** Where the window of changes begins. */
  readonly since?: number;
}

export const METHOD =
  'Every line names its source; nothing is added that may overlap. How counting works: /help topic: counting';

const moment = (instant: string, { zone }: Situation): string => `${momentWords(instant, zone)} (${zone})`;

/** The moment of the last record in words. */
const lastOf = once(({ at, situation }: Picture) => ({ recorded: moment(at, situation) }));

/** Title, as-of line, sample mark and footer: the same around every answer about one situation. */
export function frame({ picture, registry }: Known, asked: Asked, content: Content): Document {
  const { situation, seq } = picture;
  const { recorded } = lastOf(picture);
  const { kind, about, sections, empty, subtitle = [], notes = [], follows, since } = content;
  return {
    kind,
    title: about === undefined ? situation.title : `${situation.title}: ${about}`,
    subtitle: [
      ...(situation.sample ? ['SAMPLE situation: real reports of 2024, for trying out.'] : []),
      asked.asOf === undefined
        ? `Recorded here up to ${recorded}.`
        : `As it was known on ${moment(asked.asOf, situation)}. Last record before that: ${recorded}.`,
      ...subtitle,
    ],
    sections: sections.length > 0 ? sections : [{ id: 'empty', lines: [], notes: [empty] }],
    footer: [...notes, METHOD],
    ...(follows && {
      follows: follows.map((f) => ({
        ...f,
        args: { situation: situation.slug, ...(asked.asOf !== undefined && { 'as-of': asked.asOf }), ...f.args },
      })),
    }),
    basis: {
      situation: situation.slug,
      seq,
      registry: registry.seq,
      ...(since !== undefined && { since }),
      ...(asked.again && { args: asked.again }),
    },
  };
}
