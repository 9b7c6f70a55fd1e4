import { crc32 } from 'node:zlib';
import type { LedgerRecord } from './ledger.ts';

// A line is `<8 lower-case hex> <JSON>\n`. The checksum runs on from the line before, so that a line lost, doubled or moved
// shows at its place. A record that is followed by others of the same append also carries `"more":<how many>`: after a
// power cut an append is there as a whole or not at all.

/** Bytes before the JSON: eight digits and a space. */
export const PREFIX = 9;
const SPACE = 0x20;

/** The line of a piece of JSON and the checksum the next line runs on from. */
export const frame = (json: string, previous: number): [line: string, crc: number] => {
  const crc = crc32(json, previous);
  return [`${crc.toString(16).padStart(8, '0')} ${json}\n`, crc];
};

/** The JSON of a record, with a note that `more` records of the same append are behind it. */
export const withMore = (json: string, more: number): string =>
  more === 0 ? json : `${json.slice(0, -1)},"more":${more}}`;

/** The checksum a line states, or -1 when the field is not exactly eight lower-case digits and a space. */
export const statedCrc = (bytes: Uint8Array, start: number, end: number): number => {
  if (end - start < PREFIX || bytes[start + 8] !== SPACE) return -1;
  let value = 0;
  for (let at = start; at < start + 8; at += 1) {
    const digit = hexDigit(bytes[at] ?? 0);
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
};

const hexDigit = (byte: number): number =>
  byte >= 0x30 && byte <= 0x39 ? byte - 0x30 : byte >= 0x61 && byte <= 0x66 ? byte - 0x57 : -1;

/** What a line says once its checksum is right: the record, how many of its append follow, or undefined for foreign JSON. */
export const recordOfJson = (json: string): { record: LedgerRecord; more: number } | undefined => {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    return undefined;
  }
  if (!isStored(parsed)) return undefined;
  if (parsed.more === undefined) return { record: parsed, more: 0 };
  const { more, ...record } = parsed;
  return { record, more };
};

// By hand, not with a schema: this runs for every line of every stream at start.
const isStored = (value: unknown): value is LedgerRecord & { more?: number } => {
  if (typeof value !== 'object' || value === null) return false;
  const { seq, at, author, kind, key, more }: Partial<Record<string, unknown>> = { ...value };
  return (
    Number.isSafeInteger(seq) &&
    typeof at === 'string' &&
    typeof author === 'string' &&
    typeof kind === 'string' &&
    (key === undefined || typeof key === 'string') &&
    (more === undefined || (Number.isSafeInteger(more) && Number(more) > 0))
  );
};
