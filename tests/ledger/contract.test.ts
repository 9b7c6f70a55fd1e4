import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { Duplicate, ReadOnly } from '../../src/ledger/errors.ts';
import { openFileLedger } from '../../src/ledger/file-ledger.ts';
import { memoryLedger } from '../../src/ledger/memory-ledger.ts';
import { ledgerContract } from './contract.ts';
import { draft } from './drafts.ts';

const base = mkdtempSync(join(tmpdir(), 'sitrep-contract-'));
let count = 0;
afterAll(() => rmSync(base, { recursive: true, force: true }));

ledgerContract('the memory ledger', async () => memoryLedger());
ledgerContract('the file ledger', () => {
  count += 1;
  return openFileLedger({ dir: join(base, String(count)) });
});

test('the memory ledger goes on from streams that were read elsewhere: holes stay, damage is only read', async () => {
  const records = [1, 3].map((seq) => ({ seq, ...draft(`text ${seq}`, { key: `i${seq}` }) }));
  const ledger = memoryLedger(
    new Map([
      ['x', { records }],
      ['y', { records, refusal: 'damaged' }],
      ['z', { records: [] }],
    ]),
  );
  expect(await ledger.streams()).toEqual(['x', 'y']);
  expect((await ledger.read('x', 2)).map(({ seq }) => seq)).toEqual([3]);
  expect(await ledger.append('x', 3, [draft()])).toBe(4);
  await expect(ledger.append('x', 4, [draft('again', { key: 'i1' })])).rejects.toBeInstanceOf(Duplicate);
  await expect(ledger.append('y', 3, [draft()])).rejects.toBeInstanceOf(ReadOnly);
  expect(await ledger.head('y')).toBe(3);
});
