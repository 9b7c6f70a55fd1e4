import type { Picture } from '../picture/picture.ts';
import { composeChanges } from './changes.ts';
import type { Document, Section } from './document.ts';
import { METHOD } from './frame.ts';
import type { Known } from './tell.ts';

/** What one reader missed of one situation. */
export interface Missed {
  readonly known: Known;
  /** What this person knew; undefined where that was nothing. */
  readonly then: Picture | undefined;
  /** "since you marked it as read (29 Nov 2024, 08:00)". */
  readonly words: string;
}

/** Lines of one situation; the rest is asked for there. */
const MOST = 10;

/** `aleppo-2024@120-345`: a window of records, half-open, of each situation. It means the same whenever it is read. */
export const windowOf = ({ known: { picture }, then }: Missed): string =>
  `${picture.situation.slug}@${then?.seq ?? 0}-${picture.seq}`;

/** What changed since one person last looked, a section for each situation, those with changes first. */
export function composeCatchup(missed: readonly Missed[], share: boolean): Document {
  const parts = missed.map((one) => {
    const sinceWords = `record #${one.then?.seq ?? 0}`;
    const { sections } = composeChanges(one.known, one.then, { sinceWords });
    return { ...one, lines: sections.flatMap((s) => s.lines) };
  });
  const told = parts.filter(({ lines }) => lines.length > 0);
  const silent = parts.filter(({ lines }) => lines.length === 0);
  const sections = told.map(({ known: { picture }, then, lines }): Section => {
    const { slug, title } = picture.situation;
    const more = lines.length - MOST;
    return {
      id: `situation-${slug}`,
      heading: title,
      ...(more > 0 && { notes: [`+${more} more: /changes situation: ${slug} since: #${then?.seq ?? 0}`] }),
      lines: lines.slice(0, MOST),
    };
  });
  const none: Section[] = silent.map(({ known: { picture }, words }) => ({
    id: `situation-${picture.situation.slug}`,
    heading: picture.situation.title,
    lines: [],
    notes: [`No recorded change ${words}.`],
  }));
  const all = parts.map(windowOf).join(' ');
  const [first] = parts;
  return {
    kind: 'catchup',
    title: 'Since you last looked',
    subtitle: told.map(({ known: { picture }, words }) => {
      const { title, sample } = picture.situation;
      return `${title}${sample ? ' (SAMPLE: real reports of 2024, for trying out)' : ''}: what changed ${words}.`;
    }),
    sections:
      parts.length > 0
        ? [...sections, ...none]
        : [{ id: 'empty', lines: [], notes: ['No situation is recorded here yet.'] }],
    footer: told.length > 0 ? [METHOD] : [],
    ...(told.length > 0 && {
      acts: [
        { label: 'Mark as read', act: 'catchup read', args: { since: all } },
        ...(share
          ? [{ label: 'Share to channel', act: 'catchup share', args: { since: told.map(windowOf).join(' ') } }]
          : []),
      ],
    }),
    ...(first && {
      basis: {
        situation: first.known.picture.situation.slug,
        seq: first.known.picture.seq,
        registry: first.known.registry.seq,
        args: { since: all },
      },
    }),
  };
}
