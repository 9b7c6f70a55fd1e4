/** How closely a place is known, as the store says it. */
export type PlacePrecision = 'exact' | 'near' | 'adm2' | 'adm1' | 'region' | 'country' | 'sea_air';

export type Weight = 'flash' | 'major' | 'routine' | 'background';

export interface MapPlace {
  readonly name: string;
  /** Degrees, WGS 84. */
  readonly lat: number;
  readonly lon: number;
  readonly precision: PlacePrecision;
  /** The gravest of its entries. */
  readonly severity: Weight;
  /** How many entries stand for it. */
  readonly entries: number;
}

export interface SituationMap {
  readonly title: string;
  /** "27 Nov to 2 Dec 2024, as known on …". */
  readonly subtitle: string;
  /** The most important first: names are set in this order while there is room. */
  readonly places: readonly MapPlace[];
  /** Entries that have no point, because their place has no coordinates or is a whole country. */
  readonly unplaced: number;
  readonly note?: string;
}

/** The radius within which a place of this precision lies, in kilometres; nothing is drawn finer than this. */
export const RADIUS_KM: Readonly<Record<PlacePrecision, number>> = {
  exact: 0,
  near: 25,
  adm2: 40,
  adm1: 90,
  region: 150,
  country: 400,
  sea_air: 100,
};
