import type { Asker } from '../asking/command.ts';
import type { Document } from '../briefing/document.ts';
import type { Request } from './state.ts';

/** A document that is about to be shown. */
export interface Showing {
  readonly document: Document;
  /** The question that brings it again. */
  readonly request: Request;
  readonly asker: Asker;
  /** Only the asker will see it. */
  readonly private: boolean;
  /** What makes it this very showing, also if it is tried again: the interaction. */
  readonly key: string;
}

/** A showing under way. */
export interface Sending {
  /** The number that stands on the document; undefined for one that has none. */
  readonly number?: number | undefined;
  /** It arrived, in these messages; empty where they cannot be reached any more (seen by one person only). Never rejects. */
  shown(messages: readonly string[]): Promise<void>;
  /** It did not. Never rejects. */
  lost(why: string): Promise<void>;
}

/** Keeps what was shown to whom. Undefined for what is no briefing, and where it cannot be kept: it is then shown without a number. */
export interface Recorder {
  begin(showing: Showing): Promise<Sending | undefined>;
}
