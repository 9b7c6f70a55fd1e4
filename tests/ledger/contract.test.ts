import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { openFileLedger } from '../../src/ledger/file-ledger.ts';
import { memoryLedger } from '../../src/ledger/memory-ledger.ts';
import { ledgerContract } from './contract.ts';

const base = mkdtempSync(join(tmpdir(), 'sitrep-contract-'));
let count = 0;
afterAll(() => rmSync(base, { recursive: true, force: true }));

ledgerContract('the memory ledger', async () => memoryLedger());
ledgerContract('the file ledger', () => {
  count += 1;
  return openFileLedger({ dir: join(base, String(count)) });
});
