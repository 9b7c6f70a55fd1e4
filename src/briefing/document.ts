import type { Status } from '../model/entry.ts';

/** Where a line comes from: a report stored in the ledger. */
export interface Citation {
  readonly report: string;
  /** Short name of who says so, and of who carried it. */
  readonly originator: string;
  readonly publisher?: string;
  /** Day of publication, YYYY-MM-DD. */
  readonly published: string;
  readonly url?: string;
  /** The address is withheld: the characters that it took, so that what stands beside it is chosen as it was. */
  readonly linkRoom?: number;
}

export type Citations = readonly [Citation, ...Citation[]];

/** A printed number: a stored figure, or a total that can list its addends. `report`/`index` name the stored figure. */
export interface FigureRef {
  readonly report: string;
  readonly index: number;
}

/**
 * Running text in pieces. `text` comes from our own wording, `said` from the store (a person's or a file's words:
 * every renderer escapes it), `figure` is a qualified number and is never split or cut.
 */
export type Piece =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'said'; readonly text: string }
  | { readonly type: 'strong'; readonly text: string }
  | { readonly type: 'figure'; readonly text: string; readonly of: readonly [FigureRef, ...FigureRef[]] }
  /** A sum that can list its addends: the figures that are in it, each counted once. Never split or reworded. */
  | { readonly type: 'total'; readonly text: string; readonly of: readonly FigureRef[] }
  /** A moment: each reader sees it in his own zone where the medium can; `text` is the situation's zone. */
  | { readonly type: 'time'; readonly at: string; readonly text: string }
  /** Somebody or something of the server, which nobody is pinged by; `text` is for where Discord does not show it. */
  | { readonly type: 'mention'; readonly of: 'user' | 'role' | 'channel'; readonly id: string; readonly text: string }
  /** An address of ours, shown by its text. */
  | { readonly type: 'link'; readonly text: string; readonly url: string }
  /** A question to ask: a clickable mention on Discord, the typed line elsewhere. `line` is what a person would type after the slash. */
  | { readonly type: 'command'; readonly path: string; readonly line: string };

/** One statement. It cannot be made without saying where it comes from. */
export interface Line {
  readonly entry: string;
  readonly pieces: readonly Piece[];
  readonly citations: Citations;
  /** In words: colour is never the only signal. */
  readonly status?: Status;
  /** Lines that belong under it ("of them 26 children", earlier values). */
  readonly under?: readonly Line[];
}

export interface Section {
  /** Stable name, for tests and for the order: `bottom-line`, `events`, `figures`, … */
  readonly id: string;
  readonly heading?: string;
  readonly lines: readonly Line[];
  /** Our own words about the lines or about their absence; holds no claim and no figure. */
  readonly notes?: readonly string[];
  /** Rows that state nothing about the world (a list of situations, of commands) and so need no citation; shown before the notes. */
  readonly rows?: readonly (readonly Piece[])[];
}

/** A question that the reader can ask next with one press. */
export interface Follow {
  readonly label: string;
  readonly command: string;
  readonly args: Readonly<Record<string, string>>;
}

/** Something that pressing a button does, besides asking: `act` is the leaf's path and the act's name, "catchup read". */
export interface Act {
  readonly label: string;
  readonly act: string;
  readonly args: Readonly<Record<string, string>>;
  readonly style?: 'primary' | 'danger' | 'success';
  /** It stands after the questions that can be asked next. */
  readonly last?: true;
}

/** An SVG of ours, made from figures of the document; a medium that shows pixels renders it. */
export interface Drawing {
  /** File name without extension. */
  readonly name: string;
  readonly svg: string;
  /** At most 1024 characters. */
  readonly alt: string;
}

/** A text file that goes with the answer. */
export interface TextFile {
  /** Name with extension. */
  readonly name: string;
  readonly text: string;
}

/** What is told. The same prefix of the ledger and the same request give the same document, byte for byte. */
export interface Document {
  readonly kind:
    | 'brief'
    | 'changes'
    | 'timeline'
    | 'sources'
    | 'entry'
    | 'history'
    | 'casualties'
    | 'map'
    | 'situations'
    | 'help'
    | 'catchup'
    | 'why'
    | 'export'
    | 'draft'
    | 'review'
    | 'desk'
    | 'log'
    | 'digest'
    | 'source';
  readonly title: string;
  /** Under the title: as-of, window, what is covered. Our own words. */
  readonly subtitle: readonly string[];
  readonly sections: readonly Section[];
  readonly footer: readonly string[];
  /** A picture for those who would rather look; `alt` says in words what it shows. */
  readonly drawing?: Drawing;
  readonly file?: TextFile;
  readonly follows?: readonly Follow[];
  readonly acts?: readonly Act[];
  /** The question that brings its other pages, where the one that was asked did something: turning a page must not do it again. */
  readonly again?: { readonly path: string; readonly args: Readonly<Record<string, string>> };
  /** Which prefix of which stream it was composed from; absent where it spans situations. */
  readonly basis?: {
    readonly situation: string;
    readonly seq: number;
    /** The same of the stream of sources. */
    readonly registry?: number;
    /** On a look back: the head of the situation's stream, from which it says what has been corrected since. */
    readonly head?: number;
    /** Where the window of changes begins: what was recorded after this is in it. */
    readonly since?: number;
    /** Arguments to ask with for another page of this very document, and the question where it is not the one asked. */
    readonly args?: Readonly<Record<string, string>>;
    readonly path?: string;
    /** The number under which it was shown before: this is that edition once more, and no new one. */
    readonly edition?: number;
    /** Of an answer that spans situations: each by itself. */
    readonly parts?: readonly Part[];
    /** Corrections of earlier answers that this one tells, by name: once it arrived they are owed no more. */
    readonly owed?: readonly string[];
  };
}

/** What an answer that spans situations tells of one of them. */
export interface Part {
  readonly situation: string;
  readonly seq: number;
  readonly since: number;
  /** Ids of the sections that are about it. */
  readonly sections: readonly string[];
  /** Arguments that bring this part by itself. */
  readonly args: Readonly<Record<string, string>>;
}

/** A document with the number under which it is shown. */
export const numbered = (document: Document, number: number): Document => ({
  ...document,
  subtitle: [
    `Briefing B${number}.${document.subtitle[0] === undefined ? '' : ` ${document.subtitle[0]}`}`,
    ...document.subtitle.slice(1),
  ],
});

/** What stands under a line that cites one report, and comes from that report, need not cite it again. */
export function ownCitations(line: Line, parent: Line | undefined): readonly Citation[] {
  const above = parent?.citations.length === 1 ? parent.citations[0].report : undefined;
  return line.citations.filter((c) => c.report !== above);
}

/** How an entry stands, in the words of every medium: colour is never the only signal. */
export const STATUS_WORDS: Readonly<Record<Status, string>> = {
  confirmed: 'confirmed',
  corroborated: 'corroborated',
  single_source: 'single source',
  contested: 'contested',
  retracted: 'retracted',
};
