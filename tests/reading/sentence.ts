/**
 * A text and the figures that a careful person would take from it, one a line:
 *
 *     measure | quantity as it is printed | group | mode | originator | part
 *
 * Group: `civilian`, `combatant`, `child`, `female`, `male`, `@side`, `"role"`, or `-` for everybody. Originator: a source
 * id, `?name` (lower case) of one that is not in the registry, `-` for nobody. Part only where it is one: `subset` or
 * `partition`. All are read as published on Friday 29 November 2024, 18:00 UTC, in the sample situation.
 */
export type Sentence = readonly [text: string, ...figures: string[]];
