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

const LANGUAGES = new Map<string, Language>([['en', english]]);

const stretch = (tokens: readonly Token[], from: number, to: number): Stretch => ({
  start: tokens[from]?.start ?? 0,
  end: tokens[Math.max(from, to - 1)]?.end ?? 0,
});

/** Addresses of a text, each once, without the marks that end a sentence. */
function urlsOf(tokens: readonly Token[]): readonly string[] {
  const found = tokens.filter((t) => t.kind === 'code' && /^https?:\/\//i.test(t.text)).map((t) => t.text.replace(/[.,;:!?)\]'"]+$/, ''));
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

/** "it said", "they added" in the next sentence is still the one who spoke. A voice of the whole text speaks where nobody else does. */
function carried(told: readonly (readonly Told[])[], i: number): { readonly told: readonly Told[]; readonly doubt?: string } {
  const own = told[i] ?? [];
  if (own.length > 0) return { told: own };
  const before = told.slice(0, i).findLast((t) => t.length > 0)?.at(-1);
  const voices = told.flat();
  const [only] = voices;
  const single = only && voices.every((t) => t.voice.name === only.voice.name) ? only : undefined;
  const from = single ?? before;
  if (!from) return { told: [] };
  return { told: [{ ...from, from: -1, to: -1, stance: from.stance === 'denies' ? 'reports' : from.stance }], doubt: 'who says so stands in another sentence' };
}

/**
 * Reads a pasted text: its figures, who says so, when and where. Every part is a **proposal** for a person to check; nothing
 * is guessed that the text does not say, and what had to be taken from elsewhere is among the doubts. Pure and deterministic;
 * takes time in proportion to the text, of which at most 20,000 characters are read. A text in a language that is not
 * known here has no figures. Never throws.
 */
export function read(text: string, context: Context): Reading {
  const { situation, sources } = context;
  const language = LANGUAGES.get(context.language ?? 'en');
  const tokens = tokensOf(text);
  const headline = headlineOf(text);
  const plain = { ...(headline !== undefined && { headline }), urls: urlsOf(tokens), unread: Math.max(0, text.length - LONGEST) };
  if (!language) return { ...plain, attributions: [], figures: [] };

  const time = context.published.getTime();
  const today: Day = localDay(Number.isNaN(time) ? '1970-01-01' : context.published.toISOString(), situation.zone);
  const calendar: Calendar = { today, start: situation.start };
  const registry = sourceNames(sources, language);
  const gazetteer = placeNames(situation.places, language.stem);
  const setting: Setting = { context, language, calendar, sides: sideNames(context, language), ids: new Set() };

  const parts = sentences(tokens, language);
  const told = parts.map((s) => toldIn(s.tokens, s.opens, registry, language));
  const moments = parts.map((s, i) => {
    const found = language.moments(s.tokens, calendar);
    return { found, real: withoutSaying(found, told[i] ?? [], s.tokens, language) };
  });
  const happened = moments.flatMap((m) => m.real).find((m) => m.precision !== 'longer');
  const placed = parts.flatMap((s) => placesIn(s.tokens, gazetteer).map((p) => ({ ...p, span: stretch(s.tokens, p.from, p.to) })));
  const place = narrowest(placed, situation.places);

  const figures: Proposal[] = [];
  parts.forEach((s, i) => {
    const { told: here, doubt } = carried(told, i);
    const area = narrowest(placesIn(s.tokens, gazetteer), situation.places)?.place.id;
    const found = propose(
      {
        tokens: s.tokens,
        moments: moments[i]?.real ?? [],
        taken: moments[i]?.found ?? [],
        told: here,
        fallback: happened,
        earlier: figures.at(-1)?.figure.measure,
        area,
      },
      setting,
    );
    figures.push(...found.map((p) => (doubt === undefined ? p : { ...p, doubts: [...p.doubts, doubt] })));
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
