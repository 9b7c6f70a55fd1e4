/** What a number counts. `people` measures take the noun of their group; the others bring their own. */
export interface Measure {
  readonly id: string;
  readonly people: boolean;
  /** After the noun: "255 people **killed**"; for things: "23 **air strikes**". */
  readonly phrase: string;
  readonly one?: string;
  /** What a user sees in a list of choices. */
  readonly label: string;
}

/** The measures with wording of their own. Another id is allowed: it prints as its words. */
export const MEASURES: readonly Measure[] = [
  { id: 'killed', people: true, phrase: 'killed', label: 'Killed' },
  { id: 'injured', people: true, phrase: 'injured', label: 'Injured' },
  { id: 'casualties', people: true, phrase: 'killed or injured', label: 'Killed or injured (casualties)' },
  { id: 'missing', people: true, phrase: 'missing', label: 'Missing' },
  { id: 'captured', people: true, phrase: 'captured', label: 'Captured' },
  { id: 'abducted', people: true, phrase: 'abducted', label: 'Abducted' },
  { id: 'detained', people: true, phrase: 'detained', label: 'Detained' },
  { id: 'freed', people: true, phrase: 'freed', label: 'Freed' },
  { id: 'displaced', people: true, phrase: 'displaced', label: 'Displaced' },
  { id: 'returned', people: true, phrase: 'returned', label: 'Returned' },
  { id: 'crossed_border', people: true, phrase: 'crossed the border', label: 'Crossed the border' },
  { id: 'affected', people: true, phrase: 'affected', label: 'Affected' },
  { id: 'population', people: true, phrase: 'living there', label: 'Population' },
  { id: 'strikes', people: false, phrase: 'air strikes', one: 'air strike', label: 'Air strikes' },
  { id: 'attacks', people: false, phrase: 'attacks', one: 'attack', label: 'Attacks' },
  { id: 'explosions', people: false, phrase: 'explosions', one: 'explosion', label: 'Explosions' },
  {
    id: 'settlements_captured',
    people: false,
    phrase: 'settlements captured',
    one: 'settlement captured',
    label: 'Settlements captured',
  },
  {
    id: 'districts_captured',
    people: false,
    phrase: 'districts captured',
    one: 'district captured',
    label: 'Districts captured',
  },
  {
    id: 'facilities_damaged',
    people: false,
    phrase: 'facilities damaged',
    one: 'facility damaged',
    label: 'Facilities damaged',
  },
  {
    id: 'facilities_suspended',
    people: false,
    phrase: 'facilities out of service',
    one: 'facility out of service',
    label: 'Facilities out of service',
  },
  {
    id: 'organisations_suspended',
    people: false,
    phrase: 'organisations that stopped work',
    one: 'organisation that stopped work',
    label: 'Organisations that stopped work',
  },
  {
    id: 'equipment_destroyed',
    people: false,
    phrase: 'pieces of equipment destroyed',
    one: 'piece of equipment destroyed',
    label: 'Equipment destroyed',
  },
  { id: 'area_km2', people: false, phrase: 'km² taken', label: 'Area taken (km²)' },
];

const BY_ID = new Map(MEASURES.map((m) => [m.id, m]));

/** The measure of an id; an unknown id reads as its own words. */
export function measureOf(id: string): Measure {
  const words = id.replaceAll('_', ' ');
  return BY_ID.get(id) ?? { id, people: false, phrase: words, label: words.charAt(0).toUpperCase() + words.slice(1) };
}
