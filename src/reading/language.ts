import type { Group, Qualifier } from '../model/figure.ts';
import type { Moments } from './moments.ts';
import type { Phrases } from './phrases.ts';
import type { Stance } from './reading.ts';
import type { Token } from './tokens.ts';

/** What a noun counts: people, or the things that measures are about. `unit`: of time, way, money; never a figure. */
export type Kind =
  | 'people'
  | 'settlement'
  | 'district'
  | 'facility'
  | 'organisation'
  | 'equipment'
  | 'bomb'
  | 'area'
  | 'event'
  | 'unit';

export interface Noun {
  readonly kind: Kind;
  /** "deaths", "air strikes": the noun says what is counted. */
  readonly measure?: string;
  readonly group?: Group;
  /** Whether the words themselves name the group ("journalists", "tanks"). */
  readonly role?: boolean;
}

/** A verb, or what stands for one ("out of service"). */
export interface Verb {
  /** Measure by what it is done to. */
  readonly measures: Readonly<Partial<Record<Kind, string>>>;
  /** "killed 12" */
  readonly object: boolean;
  /** "12 killed", "12 were killed" */
  readonly subject: boolean;
  /** Why a person should look again. */
  readonly doubt?: string;
}

/** A number as it is written, before what stands around it. `one`: "a", which counts only beside a noun that is counted. */
export interface Numeral {
  readonly kind: 'number' | 'words' | 'none' | 'one';
  readonly value?: number;
  /** "dozens" */
  readonly word?: string;
  /** "nobody": no noun follows. */
  readonly alone?: boolean;
  /** The token after it. */
  readonly to: number;
  /** Scale that it was said in, so that "2 to 3 million" can lend it. */
  readonly scale?: number;
}

/** What stands before or behind a number and bounds it. `less`: fewer than. `between`: a range follows. */
export type Bound = Qualifier | 'less' | 'between' | 'from';

export interface Speech {
  readonly stance: Stance;
  /** "told": whom it was told to follows. */
  readonly to?: boolean;
}

/** A measure and mode that a noun announces: "the death toll rose to 19". `measure: null`: that of the figure before. */
export interface Toll {
  readonly measure: string | null;
}

/**
 * All that is known of a language: lists of words, and the two grammars that lists cannot hold, of numbers and of dates. A
 * language is one folder; nothing outside it knows a word of it.
 */
export interface Language {
  readonly code: string;
  readonly numeral: (tokens: readonly Token[], at: number) => Numeral | undefined;
  readonly moments: Moments;
  readonly bounds: Phrases<Bound>;
  readonly boundsAfter: Phrases<Bound>;
  /** "20 to 30": between the two numbers. */
  readonly rangeMarks: ReadonlySet<string>;
  readonly rangeAnd: string;
  /** Before or after a number: it comes on top of others. */
  readonly more: Phrases<true>;
  /** Before a number and without a meaning of their own here: "only", "the", "a total of". */
  readonly fillers: Phrases<'total' | 'filler'>;
  readonly nouns: Phrases<Noun>;
  /** Words between a number and its noun that say which people: "civilian", "rebel". */
  readonly kinds: Phrases<Group>;
  /** Words for a side beside its own name, by a word of that name. */
  readonly sideWords: Readonly<Record<string, readonly string[]>>;
  readonly verbs: Phrases<Verb>;
  /** What a subject may be divided by from its verb. */
  readonly auxiliaries: ReadonlySet<string>;
  /** "in the city", "on both sides": begin what may stand between a subject and its verb. */
  readonly adjuncts: ReadonlySet<string>;
  /** "12-year-old": describes, though it holds digits. */
  readonly ages: RegExp;
  /** "false": what is reported did not happen. */
  readonly untrue: Phrases<true>;
  /** Stand for a speaker and name nobody. */
  readonly pronouns: ReadonlySet<string>;
  readonly negations: ReadonlySet<string>;
  /** "could", "would": what did not happen yet. */
  readonly modals: ReadonlySet<string>;
  readonly infinitive: string;
  readonly perfects: ReadonlySet<string>;
  readonly presents: ReadonlySet<string>;
  readonly stockWords: ReadonlySet<string>;
  readonly copulas: ReadonlySet<string>;
  /** Words that no noun phrase goes across. */
  readonly stops: ReadonlySet<string>;
  readonly lists: ReadonlySet<string>;
  readonly alternatives: ReadonlySet<string>;
  readonly relatives: ReadonlySet<string>;
  readonly tolls: Phrases<Toll>;
  readonly tollLinks: ReadonlySet<string>;
  /** Between "deaths" and their number: "put deaths at 97". */
  readonly putLinks: ReadonlySet<string>;
  readonly rises: ReadonlySet<string>;
  readonly include: Phrases<true>;
  /** "among them", after the parts. */
  readonly includeAfter: Phrases<true>;
  /** "of them"; with a measure: "of the dead". */
  readonly ofThem: Phrases<string>;
  /** "61 on the government side": before and behind the side. */
  readonly onSide: Phrases<true>;
  readonly sideNoun: string;
  /** "five or six" */
  readonly rangeOr: string;
  /** "mostly", "more than half of them": bounds a part without a number. */
  readonly shares: Phrases<string>;
  /** The first word of "most of the 255", and how it is printed. */
  readonly shareHeads: ReadonlyMap<string, string>;
  readonly allOfThem: Phrases<true>;
  readonly cumulative: Phrases<true>;
  readonly speech: Phrases<Speech>;
  readonly accordingTo: Phrases<true>;
  readonly citing: Phrases<true>;
  /** Words by which a body of a longer name is called: "the Observatory". */
  readonly bodies: ReadonlySet<string>;
  readonly speakers: ReadonlySet<string>;
  readonly clauses: ReadonlySet<string>;
  readonly hedges: Phrases<string>;
  readonly articles: ReadonlySet<string>;
  /** Before a number that names a thing: "Base 46", "Article 3". */
  readonly numbered: ReadonlySet<string>;
  /** A word as it is compared in names: "Russia's" and "Russian" are one. */
  readonly stem: (word: string) => string;
  /** A point behind them does not end a sentence. */
  readonly abbreviations: ReadonlySet<string>;
}
