import { SEVERITIES } from '../model/entry.ts';
import { composeChanges } from './changes.ts';
import { momentWords } from './dates.ts';
import type { DigestContent, DigestFilters, DigestPart } from './digest-content.ts';
import { digestContent, entryPasses, isFiltered, linesIn } from './digest-content.ts';
import type { Act, Document, Follow, Line, Section } from './document.ts';
import { METHOD } from './frame.ts';

/** How one post of a digest is told. Instants are ISO; they are told in `zone`. */
export interface DigestRequest {
  readonly zone: string;
  readonly filters: DigestFilters;
  /** When it was last told, and up to when it tells now. */
  readonly from?: string | undefined;
  readonly to: string;
  /** It comes late: from when it ought to have told, and how many digests fell out before it, and why. */
  readonly late?: { readonly missed: number; readonly why: string } | undefined;
  /** What could not be sent before and is told with it: of when, and why. */
  readonly carried?: { readonly at: string; readonly why: string } | undefined;
  /** When the next one is due. */
  readonly next?: string | undefined;
  readonly test?: boolean | undefined;
  /** It tells one entry at once, and counts for nothing else. */
  readonly flash?: boolean | undefined;
  /** It was asked for, and not by its schedule. */
  readonly asked?: boolean | undefined;
  /** The button by which it is told what the digest is. */
  readonly about?: Act | undefined;
  /** The question that brings it again. */
  readonly again: { readonly path: string; readonly args: Readonly<Record<string, string>> };
}

const SEVERITY_WORDS = {
  flash: 'flash only',
  major: 'flash and major only',
  routine: 'without background',
  background: '',
} as const;

/** "flash and major only; in Hama; about Northern Army"; empty where nothing is left out. */
export function filterWords({ severity, place, party }: DigestFilters, [part]: readonly DigestPart[]): string {
  const { picture, registry } = part?.now ?? {};
  const placed = picture?.situation.places.find((p) => p.id === place)?.name ?? place;
  const named = party === undefined ? undefined : (registry?.parties.get(party)?.name ?? party);
  return [
    severity === undefined ? '' : SEVERITY_WORDS[severity],
    placed === undefined ? '' : `in ${placed}`,
    named === undefined ? '' : `about ${named}`,
  ]
    .filter((words) => words !== '')
    .join('; ');
}

/** Without what its renderer would add: the words alone. */
const wordsOf = ({ pieces }: Line): string =>
  pieces.map((p) => (p.type === 'command' ? `/${p.line}` : p.text)).join('');

/** As long as a title is shown. */
const TITLE = 118;

/** The most important thing as one line that says whose word it is: a push notification shows only that. */
function keyFact(line: Line): string {
  const { originator } = line.citations[0];
  const by = ` (${originator})`;
  const words = wordsOf(line);
  if (words.length <= TITLE && words.includes(originator)) return words;
  const room = TITLE - by.length;
  if (words.length <= room) return `${words}${by}`;
  const cut = words.slice(0, room - 1);
  const word = cut.lastIndexOf(' ');
  return `${cut.slice(0, word > room / 2 ? word : undefined)}…${by}`;
}

const plural = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`;
const titleOf = ({ now }: DigestPart): string => now.picture.situation.title;

/** The entry that decides how grave the news of a situation is: the lower, the graver. */
function gravity(content: DigestContent): number {
  if (content.corrections.length > 0) return -1;
  const [line] = linesIn(content);
  const state = line && content.part.now.picture.entries.get(line.entry);
  return state ? SEVERITIES.indexOf(state.entry.severity) : SEVERITIES.length;
}

function sectionsOf(content: DigestContent, alone: boolean): readonly Section[] {
  const { part, changes, more, brief } = content;
  const { slug } = part.now.picture.situation;
  const heading = (own: string): string => (alone ? own : `${titleOf(part)}: ${own.toLowerCase()}`);
  if (brief) return brief.map((s) => ({ ...s, id: `${slug}-${s.id}`, heading: heading(s.heading ?? '') }));
  if (changes.length === 0) return [];
  return [
    {
      id: `${slug}-changes`,
      heading: heading('What changed'),
      lines: changes,
      ...(more > 0 && { notes: [`+${more} more: /changes situation: ${slug} since: #${part.then?.seq ?? 0}`] }),
    },
  ];
}

function correctionsOf({ part, corrections }: DigestContent, alone: boolean): readonly Section[] {
  if (corrections.length === 0) return [];
  const { slug } = part.now.picture.situation;
  return [
    { id: `${slug}-corrections`, heading: alone ? 'Corrections' : `Corrections: ${titleOf(part)}`, lines: corrections },
  ];
}

const SAMPLE = 'SAMPLE: real reports of 2024, for trying out.';

/** What is said above all digests: that it is a test, late, or carries what was not sent. */
function labels(request: DigestRequest): readonly string[] {
  const { zone, from, to, late, carried, test, asked } = request;
  const moment = (at: string): string => momentWords(at, zone);
  const span = from === undefined ? `everything up to ${moment(to)}` : `${moment(from)} to ${moment(to)}`;
  const missed =
    late === undefined || late.missed === 0
      ? ''
      : `; ${plural(late.missed, 'digest')} ${late.missed === 1 ? 'was' : 'were'} missed ${late.why}`;
  return [
    ...(test === true ? ['TEST: this is how the digest would look now. Nothing is counted from this message.'] : []),
    ...(late === undefined ? [] : [`Late: covers ${span}${missed}.`]),
    ...(carried === undefined
      ? []
      : [`Also tells what the digest of ${moment(carried.at)} could not: it was not sent (${carried.why}).`]),
    ...(asked === true && test !== true ? ['Sent on request, beside the schedule.'] : []),
  ];
}

/** Says that it looked and found nothing: one line, in words that a failure never uses. */
function quiet(
  contents: readonly DigestContent[],
  request: DigestRequest,
  filter: string,
): Pick<Document, 'title' | 'subtitle'> {
  const { zone, from } = request;
  const names = contents.map(({ part }) => titleOf(part));
  const which = names.length > 2 ? `${names.length} situations` : names.join(' and ');
  const newest =
    contents
      .map(({ part }) => part.now.picture.at)
      .sort()
      .at(-1) ?? request.to;
  const since = from === undefined ? '' : ` since ${momentWords(from, zone)}`;
  return {
    title: `No recorded change${since}: ${which}`,
    subtitle: [
      `Looked as planned${filter === '' ? '' : `, with the filter “${filter}”`}: the newest record is of ${momentWords(newest, zone)} (${zone}).`,
    ],
  };
}

/** Whether there is nothing to tell. */
export const isQuiet = (contents: readonly DigestContent[]): boolean =>
  contents.every((content) => linesIn(content).length === 0);

/** The same content under the head and foot of one digest. `contents` in the order of the digest's situations. */
export function frameDigest(contents: readonly DigestContent[], request: DigestRequest): Document {
  const { zone, filters, next, about, again, from, test, flash, to } = request;
  const parts = contents.map(({ part }) => part);
  const [first] = parts;
  if (!first) throw new Error('A digest tells of at least one situation');
  const alone = contents.length === 1;
  const filter = filterWords(filters, parts);
  const nothing = isQuiet(contents);
  const told = contents.filter((content) => linesIn(content).length > 0);
  const ordered = told.toSorted((a, b) => gravity(a) - gravity(b));
  const silent = contents.filter((content) => linesIn(content).length === 0);
  const top = ordered[0] && linesIn(ordered[0])[0];
  // A board tells all there is each time, and not what is new since.
  const whole = told.every(({ brief }) => brief !== undefined);
  const counts = (content: DigestContent): string => {
    if (content.brief) return whole && from !== undefined ? 'in brief, as it stands' : 'told here for the first time';
    const { corrections, changes, more } = content;
    return [
      ...(corrections.length > 0 ? [plural(corrections.length, 'correction')] : []),
      ...(changes.length > 0 ? [plural(changes.length + more, 'change')] : []),
    ].join(', ');
  };
  const since = from === undefined ? '' : ` since ${momentWords(from, zone)}`;
  const told1 = ordered.map((content) => `${titleOf(content.part)}: ${counts(content)}`).join('; ');
  const sample = parts.some(({ now }) => now.picture.situation.sample) ? [SAMPLE] : [];
  const still =
    silent.length > 0 && !nothing
      ? [`No recorded change${since}: ${silent.map(({ part }) => titleOf(part)).join(', ')}.`]
      : [];
  const calm = quiet(contents, request, filter);
  const follows = (alone ? ['brief', 'casualties', 'timeline'] : ['brief']).flatMap((command): readonly Follow[] =>
    parts.slice(0, 4).map(({ now: { picture } }) => ({
      label: `${command.slice(0, 1).toUpperCase()}${command.slice(1)}${alone ? '' : `: ${picture.situation.title}`}`,
      command,
      args: { situation: picture.situation.slug },
    })),
  );
  return {
    kind: 'digest',
    title: `${test === true ? 'TEST: ' : ''}${top ? keyFact(top) : calm.title}`,
    subtitle: [
      ...labels(request),
      ...(flash === true
        ? [`Flash: ${titleOf(first)}, ${momentWords(to, zone)} (${zone}).`]
        : nothing
          ? calm.subtitle
          : [`${told1}${since === '' || whole ? '' : `,${since}`} (${zone}).`]),
      ...sample,
      ...(filter !== '' && !nothing && flash !== true ? [`Filter: ${filter}.`] : []),
    ],
    sections: nothing
      ? []
      : [
          ...ordered.flatMap((content) => correctionsOf(content, alone)),
          ...ordered.flatMap((content) => sectionsOf(content, alone)),
          ...(still.length > 0 ? [{ id: 'silent', lines: [], notes: still }] : []),
        ],
    footer: [
      // Not its name: channels that are told the same get the same text, made once.
      ...(next === undefined ? [] : [`Next: ${momentWords(next, zone)} (${zone}).`]),
      ...(nothing ? [] : [METHOD]),
    ],
    ...(about && { acts: [about] }),
    ...(nothing ? {} : { follows }),
    basis: {
      situation: first.now.picture.situation.slug,
      seq: first.now.picture.seq,
      registry: first.now.registry.seq,
      ...again,
    },
  };
}

/** What a standing order tells a channel now. */
export function composeDigest(
  parts: readonly DigestPart[],
  request: DigestRequest & { readonly length: 'short' | 'standard' | 'full' },
): Document {
  return frameDigest(
    parts.map((part) => digestContent(part, request.filters, request.length)),
    request,
  );
}

/** What a filter would have let through of what changed in these windows. */
export interface Rehearsed {
  readonly all: number;
  readonly passed: number;
  /** The gravest entry that it leaves out. */
  readonly gravest?: { readonly situation: string; readonly entry: string; readonly headline: string };
}

export function rehearseFilter(parts: readonly DigestPart[], filters: DigestFilters): Rehearsed {
  let all = 0;
  let passed = 0;
  let gravest: (Rehearsed['gravest'] & { readonly rank: number }) | undefined;
  for (const { now, then } of parts) {
    const { sections } = composeChanges(now, then, { sinceWords: 'then' });
    const entries = new Set(sections.flatMap((s) => s.lines).map((line) => line.entry));
    for (const id of entries) {
      all += 1;
      if (!isFiltered(filters) || entryPasses(now, id, filters)) {
        passed += 1;
        continue;
      }
      const entry = now.picture.entries.get(id)?.entry;
      const rank = entry ? SEVERITIES.indexOf(entry.severity) : SEVERITIES.length;
      // Of equals the first: the lines are in the order of their weight.
      if (entry && (gravest === undefined || rank < gravest.rank))
        gravest = { situation: now.picture.situation.slug, entry: id, headline: entry.headline, rank };
    }
  }
  if (!gravest) return { all, passed };
  const { rank: _, ...which } = gravest;
  return { all, passed, gravest: which };
}

/** "With this filter last week: 7 of 31; the gravest one left out is “…” (E17)." */
export function rehearsalWords({ all, passed, gravest }: Rehearsed, when: string): string {
  if (all === 0) return `Nothing changed ${when}: there is nothing to try this filter on.`;
  const left = gravest
    ? `; the gravest one left out is “${gravest.headline}” (${gravest.entry})`
    : '; nothing is left out';
  return `With this filter ${when}: ${passed} of ${all}${left}.`;
}
