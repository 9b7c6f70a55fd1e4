// What a toll chart is drawn from. Plain data: who draws it need not know how it was stored.

export type Bound = 'exact' | 'at_least' | 'more_than' | 'at_most' | 'about' | 'range';

export interface TollValue {
  /** The day ("2024-11-29") or instant at which its originator held it true; an instant stands where its written time says. */
  readonly asOf: string;
  readonly low: number | null;
  readonly high: number | null;
  readonly qualifier: Bound;
  /** The number in words with its qualifier, as it is to be printed: "at least 255". */
  readonly printed: string;
  readonly revisedDown?: boolean;
  /** First day of the count. */
  readonly from?: string;
}

export interface TollSeries {
  /** The id in Latin letters; printed where the fonts lack the letters of the label. */
  readonly originator: string;
  readonly label: string;
  /** In the order in which they supersede one another, the live one last. */
  readonly values: readonly TollValue[];
}

export interface CountedIncident {
  readonly from: string;
  readonly to: string;
  /** Both null: it has no number. */
  readonly low: number | null;
  readonly high: number | null;
  readonly label: string;
}

export interface TollChart {
  readonly title: string;
  /** "As known on 2 December 2024, 18:00". */
  readonly subtitle: string;
  /** What is counted: "People killed". */
  readonly measure: string;
  readonly series: readonly TollSeries[];
  readonly incidents?: readonly CountedIncident[];
  /** "These overlap and are not added." */
  readonly note?: string;
}

/** A picture as markup, and the same in words. */
export interface Picture {
  readonly svg: string;
  /** At most 1,024 characters. */
  readonly alt: string;
}

/** More lines than this are not drawn but counted in a note: nobody could tell them apart. */
export const MOST_SERIES = 16;

/** Where the line stands: the lower bound, or the upper one where only that was given; undefined without any number. */
export const anchorOf = ({
  low,
  high,
}: {
  readonly low: number | null;
  readonly high: number | null;
}): number | undefined => low ?? high ?? undefined;
