import { crc32 } from 'node:zlib';
import { PREFIX, recordOfJson, statedCrc } from './frame.ts';
import type { LedgerRecord } from './ledger.ts';

/**
 * What is wrong with a line: `frame` no checksum field, `checksum` it does not fit (this line or its place is damaged),
 * `record` it fits but holds no record that may follow, `hole` zeros where text was never written, `unterminated` the file
 * ends inside the line, `unfinished` the append the line belongs to was never completed.
 */
export type FindingKind = 'frame' | 'checksum' | 'record' | 'hole' | 'unterminated' | 'unfinished';

export interface Finding {
  /** Where the line starts, in bytes from the start of the file. */
  readonly offset: number;
  /** Counted from 1. */
  readonly line: number;
  readonly kind: FindingKind;
  readonly bytes: number;
}

export interface Scan {
  /** `torn`: only the unacknowledged end of the file is missing and may be cut at `size`. `damaged`: nothing may be cut. */
  readonly verdict: 'sound' | 'torn' | 'damaged';
  /** The records that may be shown: of a damaged file all whose checksum is right, else those before `size`. */
  readonly records: LedgerRecord[];
  /** Where the next line goes, and the checksum it runs on from. Of use only when the file is not damaged. */
  readonly size: number;
  readonly crc: number;
  readonly findings: readonly Finding[];
}

const NEWLINE = 0x0a;
const SECTOR = 512;

/** Reads a stream's bytes block by block, in order. */
export interface Scanner {
  push(block: Buffer): void;
  end(): Scan;
}

export const scanner = (): Scanner => {
  const records: LedgerRecord[] = [];
  const findings: Finding[] = [];
  let rest: Buffer = Buffer.alloc(0);
  let offset = 0; // in the file, of the first byte of `rest`
  let line = 1;
  let crc = 0;
  let seq = 0;
  let damaged = false;
  let whole = { records: 0, size: 0, crc: 0, line: 1 }; // up to the last append that is complete

  const find = (kind: FindingKind, at: number, bytes: number) => findings.push({ offset: at, line, kind, bytes });

  const take = (block: Buffer, start: number, end: number, at: number): void => {
    const stated = statedCrc(block, start, end);
    const fits = stated >= 0 && crc32(block.subarray(start + PREFIX, end), crc) === stated;
    const found = fits ? recordOfJson(block.toString('utf8', start + PREFIX, end)) : undefined;
    const bytes = end - start + 1;
    // Past damage the chain goes on from what the line states: damaged text then costs one line, not the rest.
    if (stated >= 0) crc = stated;
    if (found !== undefined && found.record.seq > seq) {
      // A good line after a bad one: the bad one is no torn tail.
      damaged ||= findings.length > 0;
      records.push(found.record);
      seq = found.record.seq;
      if (found.more === 0) whole = { records: records.length, size: at + bytes, crc, line: line + 1 };
    } else if (hasHole(block.subarray(start, end), at)) {
      find('hole', at, bytes);
    } else {
      // Complete and without a hole: it may have been acknowledged, so it is never taken for a torn tail.
      damaged = true;
      find(stated < 0 ? 'frame' : fits ? 'record' : 'checksum', at, bytes);
    }
    line += 1;
  };

  return {
    push(block) {
      const bytes = rest.length === 0 ? block : Buffer.concat([rest, block]);
      let start = 0;
      for (;;) {
        const end = bytes.indexOf(NEWLINE, start);
        if (end < 0) break;
        take(bytes, start, end, offset + start);
        start = end + 1;
      }
      rest = bytes.subarray(start);
      offset += start;
    },
    end() {
      if (rest.length > 0) {
        // All of a record and one byte too many: its newline was overwritten. A write cut short cannot look like this.
        const body = rest.subarray(0, -1);
        const stated = rest.at(-1) === 0 ? -1 : statedCrc(body, 0, body.length);
        if (stated >= 0 && crc32(body.subarray(PREFIX), crc) === stated) damaged = true;
        find('unterminated', offset, rest.length);
      }
      if (damaged) return { verdict: 'damaged', records, size: offset + rest.length, crc, findings };
      if (records.length > whole.records) {
        const bytes = (findings[0]?.offset ?? offset) - whole.size;
        findings.unshift({ offset: whole.size, line: whole.line, kind: 'unfinished', bytes });
        records.length = whole.records;
      }
      const verdict = findings.length > 0 ? 'torn' : 'sound';
      return { verdict, records, size: whole.size, crc: whole.crc, findings };
    },
  };
};

/** Whether a sector's share of these bytes is all zero. JSON text has no zero byte, so that part was never written. */
const hasHole = (bytes: Uint8Array, at: number): boolean => {
  for (let start = 0; start < bytes.length; ) {
    const end = Math.min(bytes.length, start + SECTOR - ((at + start) % SECTOR));
    if (bytes.subarray(start, end).every((byte) => byte === 0)) return true;
    start = end;
  }
  return false;
};
