import { describe, expect, test } from 'vitest';
import { frame } from '../../src/ledger/frame.ts';
import type { LedgerRecord } from '../../src/ledger/ledger.ts';
import { scanner } from '../../src/ledger/scan.ts';
import { scan, verify } from '../../src/ledger/verify.ts';
import { sampleLines } from './lines.ts';

const { lines, records } = sampleLines();
const file = Buffer.from(lines.join(''));
const startOf = (index: number): number => Buffer.byteLength(lines.slice(0, index).join(''));
/** After which of the records an append ends. */
const WHOLE = [0, 1, 4, 5, 7];

/** Nothing wrong is ever read: every record is one that was written, in order. */
const expectTrue = (read: readonly LedgerRecord[]): void => {
  let last = 0;
  for (const record of read) {
    expect(record.seq).toBeGreaterThan(last);
    last = record.seq;
    expect(record).toEqual(records[record.seq - 1]);
  }
};

describe('the line format', () => {
  test('chains its checksums as written down', () => {
    const [first, a] = frame('{"seq":1,"text":"Köprü kapalı"}', 0);
    const [second, b] = frame('{"seq":2,"text":"bridge open"}', a);
    const [third] = frame('{"seq":3}', b);
    expect([first, second, third]).toEqual([
      'b36ff977 {"seq":1,"text":"Köprü kapalı"}\n',
      'bafbdf79 {"seq":2,"text":"bridge open"}\n',
      'c9aa91e1 {"seq":3}\n',
    ]);
  });

  test.each(['B36FF977 ', 'b36ff977\t', ' b36ff97 ', '0xb36ff9 ', 'b36ff977x'])(
    'takes no checksum like "%s"',
    (prefix) => {
      const changed = Buffer.from(lines.join('').replace(/^.{9}/, prefix));
      expect(verify(changed)[0]).toMatchObject({ offset: 0, line: 1, kind: 'frame' });
    },
  );
});

describe('scanning a stream', () => {
  test('an empty file and a sound file have nothing to report', () => {
    expect(scan(Buffer.alloc(0))).toMatchObject({ verdict: 'sound', records: [], size: 0, crc: 0 });
    expect(scan(file)).toMatchObject({ verdict: 'sound', records, size: file.length, findings: [] });
  });

  test('however the bytes arrive, the answer is the same', () => {
    const damaged = Buffer.from(file);
    damaged[startOf(2) + 40] = 0x21;
    for (const whole of [file, file.subarray(0, -5), damaged]) {
      for (const size of [1, 7, 64, 511]) {
        const scanning = scanner();
        for (let at = 0; at < whole.length; at += size) scanning.push(whole.subarray(at, at + size));
        expect(scanning.end()).toEqual(scan(whole));
      }
    }
  });

  test('cut at any byte, it keeps exactly the appends that are complete', () => {
    for (let cut = 0; cut < file.length; cut += 1) {
      const found = scan(file.subarray(0, cut));
      const complete = lines.filter((_, index) => startOf(index + 1) <= cut).length;
      const kept = WHOLE.filter((count) => count <= complete).at(-1) ?? 0;
      expect(found.records).toEqual(records.slice(0, kept));
      expect(found.verdict).toBe(cut === startOf(kept) ? 'sound' : 'torn');
      expect(found.size).toBe(startOf(kept));
    }
  });

  test('cut at any byte and filled up with zeros, it keeps exactly the same', () => {
    for (let cut = 0; cut < file.length; cut += 1) {
      const zeros = Buffer.concat([file.subarray(0, cut), Buffer.alloc(700)]);
      expect(scan(zeros)).toMatchObject({ verdict: 'torn', records: scan(file.subarray(0, cut)).records });
    }
  });

  test('no flipped bit goes unnoticed, and none of what may be acknowledged is cut', () => {
    for (let bit = 0; bit < file.length * 8; bit += 1) {
      const flipped = Buffer.from(file);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const found = scan(flipped);
      if (found.verdict !== 'damaged') throw new Error(`bit ${bit} is taken for ${found.verdict}`);
      expectTrue(found.records);
      expect(found.records.length).toBeGreaterThanOrEqual(records.length - 3);
    }
  });

  test('a line lost anywhere but at the end, doubled or swapped shows at its place', () => {
    for (let index = 0; index < lines.length; index += 1) {
      const doubled = scan(Buffer.from(lines.toSpliced(index, 0, lines[index] ?? '').join('')));
      expect(doubled).toMatchObject({ verdict: 'damaged', records });
      expect(doubled.findings).toMatchObject([{ line: index + 2, offset: startOf(index + 1), kind: 'checksum' }]);
      if (index === lines.length - 1) continue;
      const lost = scan(Buffer.from(lines.toSpliced(index, 1).join('')));
      expect(lost).toMatchObject({ verdict: 'damaged', findings: [{ line: index + 1, offset: startOf(index) }] });
      expectTrue(lost.records);
      const swapped = scan(Buffer.from(lines.toSpliced(index, 2, lines[index + 1] ?? '', lines[index] ?? '').join('')));
      expect(swapped.verdict).toBe('damaged');
      expect(swapped.findings[0]).toMatchObject({ line: index + 1, offset: startOf(index) });
      expectTrue(swapped.records);
    }
  });

  test('damaged text costs one record, a damaged checksum two', () => {
    const text = Buffer.from(file);
    text[startOf(2) + 60] = 0x21;
    expect(scan(text).records.map(({ seq }) => seq)).toEqual([1, 2, 4, 5, 6, 7]);
    const checksum = Buffer.from(file);
    checksum.write('00000000', startOf(2));
    expect(scan(checksum).records.map(({ seq }) => seq)).toEqual([1, 2, 5, 6, 7]);
  });

  test('a complete bad last line is damage, unless a sector of it is zero', () => {
    const [line] = frame(JSON.stringify({ ...records[0], seq: 8, body: 'x'.repeat(1500) }), scan(file).crc);
    const long = Buffer.concat([file, Buffer.from(line)]);
    const sector = Math.ceil(file.length / 512) * 512;
    const zeroed = (from: number, to: number): Buffer => Buffer.from(long).fill(0, from, to);
    expect(scan(long).verdict).toBe('sound');
    expect(scan(zeroed(sector + 1, sector + 512)).verdict).toBe('damaged');
    expect(scan(zeroed(sector, sector + 512))).toMatchObject({
      verdict: 'torn',
      records,
      size: file.length,
      findings: [{ kind: 'hole', offset: file.length, line: 8 }],
    });
  });

  test('foreign JSON under a right checksum is damage, and so is a number that does not rise', () => {
    const [foreign] = frame('{"hello":"world"}', scan(file).crc);
    expect(verify(Buffer.concat([file, Buffer.from(foreign)]))).toMatchObject([{ kind: 'record', line: 8 }]);
    const [stale] = frame(JSON.stringify(records[2]), scan(file).crc);
    expect(verify(Buffer.concat([file, Buffer.from(stale)]))).toMatchObject([{ kind: 'record', line: 8 }]);
  });
});
