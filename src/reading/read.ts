import type { Day } from '../model/time.ts';
import { localDay } from '../model/time.ts';
import { instantOf } from '../model/zone.ts';
import type { Told } from './attributions.ts';
import { toldIn } from './attributions.ts';
import { english } from './english/english.ts';
import { sideNames } from './groups.ts';
import { headlineOf } from './headline.ts';
import type { Language } from './language.ts';
import type { Calendar, Moment } from './moments.ts';
import { narrowest, placeNames, placesIn } from './places.ts';
import type { Setting } from './propose.ts';
import { propose } from './propose.ts';
import type { Attribution, Context, Proposal, Reading, Stretch } from './reading.ts';
import { sentences } from './sentences.ts';
import type { Token } from './tokens.ts';
import { LONGEST, tokens as tokensOf } from './tokens.ts';
import { sourceNames } from './voices.ts';
import { withoutSaying } from './when.ts';

/** Token of a name that stands in another sentence. */
const NOWHERE = -1;
/** A text with more figures is not read to its end: nobody looks through them. */
const MOST = 200;

const LANGUAGES = new Map<string, Language>([['en', english]]);
const REGISTRIES = new WeakMap<Language, ReturnType<typeof indexes>>();

const stretch = (tokens: readonly Token[], from: number, to: number): Stretch => ({
  start: tokens[from]?.start ?? 0,
  end: tokens[Math.max(from, to - 1)]?.end ?? 0,
});

/** Addresses of a text, each once, without the marks that end a sentence. */
function urlsOf(tokens: readonly Token[]): readonly string[] {
  const found = tokens
    .filter((t) => t.kind === 'code' && /^https?:\/\//i.test(t.text))
    .map((t) => t.text.replace(/[.,;:!?)\]'"]{1,9}$/, ''));
  return [...new Set(found)].filter((url) => URL.canParse(url));
}

/** A time as the model writes it: a moment where a time of day is named, else the day or days. */
function occurredOf(moment: Moment, zone: string): NonNullable<Reading['occurred']> {
  const { from, to, minutes, precision } = moment;
  if (minutes !== undefined && precision === 'day') {
    const instant = new Date(instantOf(zone, Date.parse(`${from}T00:00:00Z`) + minutes * 60_000));
    return { from: `${instant.toISOString().slice(0, 19)}Z`, precision: 'exact_time' };
  }
  return { from, ...(to !== from && { to }), precision: to !== from && precision === 'day' ? 'days' : precision };
}

/** Indexes of names by the list that they were made from: a registry is long, and most texts are a sentence. */
function indexes() {
  const made = new WeakMap<object, unknown>();
  return <T>(list: object, make: () => T): T => {
    const known = made.get(list) as T | undefined;
    if (known !== undefined) return known;
    const index = make();
    made.set(list, index);
    return index;
  };
}

interface Heard {
  readonly told: readonly Told[];
  /** Whether it was taken from another sentence. */
  readonly carried: boolean;
}

/** A sentence that names nobody is told by the only one who speaks in the text, else by who spoke last. */
function heard(told: readonly (readonly Told[])[]): readonly Heard[] {
  const voices = told.flat();
  const [only] = voices;
  let last = only && voices.every((t) => t.voice.name === only.voice.name) ? only : undefined;
  return told.map((own) => {
    last = own.at(-1) ?? last;
    if (own.length > 0 || last === undefined) return { told: own, carried: false };
    const stance = last.stance === 'denies' ? 'reports' : last.stance;
    return { told: [{ ...last, from: NOWHERE, to: NOWHERE, stance }], carried: true };
  });
}

/**
 * Reads a pasted text: its figures, who says so, when and where. Every part is a **proposal** for a person to check; nothing
 * is guessed that the text does not say, and what had to be taken from elsewhere is among the doubts. Pure and deterministic;
 * takes time in proportion to the text, of which at most 20,000 characters are read. A text in a language that is not
 * known here has no figures. Never throws.
 */
export const read = (text: string, context: Context): Reading =>
  readIn(text, context, LANGUAGES.get(context.language ?? 'en'));

/** The same in a language that is given. */
export function readIn(text: string, context: Context, language: Language | undefined): Reading {
  const { situation, sources } = context;
  const tokens = tokensOf(text);
  const headline = headlineOf(text);
  const plain = {
    ...(headline !== undefined && { headline }),
    urls: urlsOf(tokens),
    unread: Math.max(0, text.length - LONGEST),
  };
  if (!language) return { ...plain, attributions: [], figures: [] };

  const time = context.published.getTime();
  const today: Day = localDay(Number.isNaN(time) ? '1970-01-01' : context.published.toISOString(), situation.zone);
  const calendar: Calendar = { today, start: situation.start };
  const indexOf = REGISTRIES.get(language) ?? indexes();
  REGISTRIES.set(language, indexOf);
  const registry = indexOf(sources, () => sourceNames(sources, language));
  const gazetteer = indexOf(situation.places, () => placeNames(situation.places, language.stem));
  const setting: Setting = { context, language, calendar, sides: sideNames(context, language), ids: new Set() };

  const parts = sentences(tokens, language);
  const told = parts.map((s) => toldIn(s.tokens, s.opens, registry, language));
  const moments = parts.map((s, i) => {
    const found = language.moments(s.tokens, calendar);
    return { found, real: withoutSaying(found, told[i] ?? [], s.tokens, language) };
  });
  const happened = moments.flatMap((m) => m.real).find((m) => m.precision !== 'longer');
  const placed = parts.flatMap((s) =>
    placesIn(s.tokens, gazetteer, registry).map((p) => ({ ...p, span: stretch(s.tokens, p.from, p.to) })),
  );
  const place = narrowest(placed, situation.places);

  const voices = heard(told);
  const figures: Proposal[] = [];
  parts.forEach((s, i) => {
    if (figures.length >= MOST) return;
    const area = narrowest(placesIn(s.tokens, gazetteer, registry), situation.places)?.place.id;
    const found = propose(
      {
        tokens: s.tokens,
        moments: moments[i]?.real ?? [],
        taken: moments[i]?.found ?? [],
        told: voices[i]?.told ?? [],
        fallback: happened,
        earlier: figures.at(-1)?.figure.measure,
        area,
      },
      setting,
    );
    const doubt = voices[i]?.carried === true ? ['who says so stands in another sentence'] : [];
    figures.push(
      ...found
        .map((p) => (p.originator ? { ...p, doubts: [...p.doubts, ...doubt] } : p))
        .slice(0, MOST - figures.length),
    );
  });

  const attributions: Attribution[] = parts.flatMap((s, i) =>
    (told[i] ?? []).map((t) => ({
      originator: t.voice,
      ...(t.publisher && { publisher: t.publisher }),
      stance: t.stance,
      span: stretch(s.tokens, t.from, t.to),
    })),
  );
  const where = place && placed.find((p) => p.place.id === place.place.id);
  return {
    ...plain,
    ...(happened && { occurred: occurredOf(happened, situation.zone) }),
    ...(where && { place: { id: where.place.id, span: where.span } }),
    attributions,
    figures,
  };
}
