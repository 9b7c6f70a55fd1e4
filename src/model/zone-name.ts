import { situation } from './situation.ts';

/** Whether this names an IANA time zone as situations take it: Asia/Damascus. */
export const isZone = (name: string): boolean => situation.shape.zone.safeParse(name).success;
