import type { EntryCore, STANCES } from '../model/entry.ts';
import type { Figure } from '../model/figure.ts';
import type { Situation } from '../model/situation.ts';
import type { Party, Source } from '../model/source.ts';

export type Stance = (typeof STANCES)[number];

/** A place in the text: UTF-16 units, `end` behind the last. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Who is named: a source of the registry, or only a name. */
export type Voice =
  | { readonly source: string; readonly name: string }
  | { readonly source?: undefined; readonly name: string };

/** Somebody who is said to say something. */
export interface Attribution {
  readonly originator: Voice;
  /** Who carried it, where that is somebody else. */
  readonly publisher?: Voice;
  readonly stance: Stance;
  readonly span: Stretch;
}

/** From where in the text each part of a proposal was read. */
export interface Spans {
  readonly number: Stretch;
  readonly qualifier?: Stretch;
  readonly measure?: Stretch;
  readonly group?: Stretch;
  readonly scope?: Stretch;
  readonly originator?: Stretch;
}

/** A figure that a person may take over or leave. It holds to the model's schema. */
export interface Proposal {
  readonly figure: Figure;
  readonly originator?: Voice;
  readonly publisher?: Voice;
  readonly stance: Stance;
  /** "reportedly", "could not be verified" */
  readonly hedge?: string;
  readonly spans: Spans;
  /** Where it may be wrong, in words for people. */
  readonly doubts: readonly string[];
}

/** What was found in a text. Nothing of it is stored before a person agrees. */
export interface Reading {
  /** The first sentence, at most 200 characters; absent where the text has no word. */
  readonly headline?: string;
  readonly occurred?: EntryCore['occurred'];
  /** Id of the first place of the situation that is named, the narrowest where one holds another. */
  readonly place?: { readonly id: string; readonly span: Stretch };
  readonly attributions: readonly Attribution[];
  readonly figures: readonly Proposal[];
  readonly urls: readonly string[];
  /** Characters at the end of a long text that were not read. */
  readonly unread: number;
}

/** What a text is read by. */
export interface Context {
  readonly published: Date;
  readonly situation: Pick<Situation, 'zone' | 'start' | 'sides' | 'parties' | 'places' | 'country'>;
  /** The registry. */
  readonly sources: readonly Source[];
  readonly parties: readonly Party[];
  /** Code of the text's language; only `en` so far, and anything else is read as having no figures. */
  readonly language?: string;
}
