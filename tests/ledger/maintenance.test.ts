import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openFileLedger } from '../../src/ledger/file-ledger.ts';
import { diskFiles } from '../../src/ledger/files.ts';
import { repairState, verifyState } from '../../src/ledger/maintenance.ts';
import { draft } from './drafts.ts';
import { tempDir } from './temp-dir.ts';

const NOW = new Date('2026-11-23T09:30:00.000Z');

/** A state folder with a stream of five records and one of a single record; `damage` changes the bytes of the first. */
const state = async (damage?: (bytes: Buffer) => Buffer): Promise<{ dir: string; file: string }> => {
  const dir = await tempDir();
  const ledger = await openFileLedger({ dir });
  for (let head = 0; head < 5; head += 1) await ledger.append('situation/x', head, [draft(`text ${head + 1}`)]);
  await ledger.append('sources', 0, [draft()]);
  await ledger.close();
  const file = join(dir, 'ledger', 'situation%2fx.jsonl');
  if (damage !== undefined) await writeFile(file, damage(await readFile(file)));
  return { dir, file };
};

const garble =
  (text: string) =>
  (bytes: Buffer): Buffer => {
    bytes.write('#', bytes.indexOf(text) + 2);
    return bytes;
  };

test('verifying sound streams says how many records they hold', async () => {
  const { dir } = await state();
  expect(await verifyState(diskFiles, dir)).toEqual({
    lines: ['situation/x: 5 records, head 5, ok', 'sources: 1 record, head 1, ok'],
    exitCode: 0,
  });
});

test('verifying names byte and line of the damage, changes nothing, and may run beside the bot', async () => {
  const { dir, file } = await state(garble('text 3'));
  const before = await readFile(file);
  const ledger = await openFileLedger({ dir });
  const { lines, exitCode } = await verifyState(diskFiles, dir);
  await ledger.close();
  const offset = before.subarray(0, before.indexOf('te#t')).lastIndexOf(0x0a) + 1;
  expect(exitCode).toBe(1);
  expect(lines[0]).toBe(
    `situation/x: 4 records, head 5, DAMAGED: byte ${offset}, line 3: the checksum does not fit: this line was changed, or one before it was lost, doubled or moved; stop the bot and run npm run repair`,
  );
  expect(await readFile(file)).toEqual(before);
});

test('an unfinished end is a finding, with its size and what the next start does with it', async () => {
  const { dir, file } = await state((bytes) => bytes.subarray(0, -3));
  const { lines, exitCode } = await verifyState(diskFiles, dir);
  expect(exitCode).toBe(1);
  expect(lines[0]).toMatch(
    /^situation\/x: 4 records, head 4, then an UNFINISHED END of \d+ bytes from byte \d+, line 5; the next start of the bot keeps a copy of it, cuts it off, and writes again what of it is in the curated files$/,
  );
  expect(lines[1]).toBe('sources: 1 record, head 1, ok');
  expect((await readdir(join(dir, 'ledger'))).length).toBe(2);
  expect(file).toContain('situation');
});

test('a first load that was cut leaves nothing, and is not called ok', async () => {
  const dir = await tempDir();
  const ledger = await openFileLedger({ dir });
  await ledger.append(
    'situation/x',
    0,
    Array.from({ length: 50 }, (_, i) => draft(`text ${i + 1}`)),
  );
  await ledger.close();
  const file = join(dir, 'ledger', 'situation%2fx.jsonl');
  const bytes = (await readFile(file)).subarray(0, -100);
  await writeFile(file, bytes);
  const { lines, exitCode } = await verifyState(diskFiles, dir);
  expect(exitCode).toBe(1);
  expect(lines[0]).toContain(`0 records, head 0, then an UNFINISHED END of ${bytes.length} bytes from byte 0, line 1;`);
  expect(lines[0]).not.toMatch(/\bok\b/);
});

test('repairing keeps the valid records under their numbers, lists the lost and keeps the old file', async () => {
  const { dir, file } = await state(garble('text 3'));
  const damaged = await readFile(file);
  const { lines } = await repairState(diskFiles, dir, NOW);
  expect(lines).toEqual([
    'situation/x: kept 4 records; the file as it was is situation%2fx.jsonl.damaged-20261123T093000000Z',
    expect.stringMatching(/^ {2}lost: byte \d+, line 3: the checksum.*; it still shows seq 3, .*$/),
    '  missing: seq 3',
    '  what of this is in the curated files is written again at the next start, as of that moment',
  ]);
  expect(await readFile(`${file}.damaged-20261123T093000000Z`)).toEqual(damaged);
  expect(await verifyState(diskFiles, dir)).toEqual({
    lines: [
      'situation/x: 4 records, head 5, ok, but records that a repair could not keep are missing: seq 3',
      'sources: 1 record, head 1, ok',
    ],
    exitCode: 0,
  });
  expect((await repairState(diskFiles, dir, NOW)).lines).toEqual(['nothing to repair']);
  // The hole in the numbers is no damage, and writing goes on after it.
  const ledger = await openFileLedger({ dir });
  expect(ledger.problems()).toEqual([]);
  expect((await ledger.read('situation/x')).map(({ seq }) => seq)).toEqual([1, 2, 4, 5]);
  expect((await ledger.read('situation/x', 2)).map(({ seq }) => seq)).toEqual([4, 5]);
  expect((await ledger.read('situation/x', 3)).map(({ seq }) => seq)).toEqual([4, 5]);
  expect(await ledger.append('situation/x', 5, [draft('text 6')])).toBe(6);
  await ledger.close();
  expect((await readdir(join(dir, 'ledger'))).toSorted()).toEqual([
    'situation%2fx.jsonl',
    'situation%2fx.jsonl.damaged-20261123T093000000Z',
    'sources.jsonl',
  ]);
});

test.each([
  ['entry.added', { entry: { id: 'E7', headline: 'text 3' }, reports: [] }, 'entry.added, E7'],
  ['report.added', { report: { id: 'E7.2', originator: 'text 3' } }, 'report.added, E7.2'],
  ['link.added', { link: { from: 'E7', to: 'E9', note: 'text 3' } }, 'link.added, E7 to E9'],
])('a lost %s is named as far as its line still shows it', async (kind, body, shown) => {
  const dir = await tempDir();
  const ledger = await openFileLedger({ dir });
  const told = { ...draft(), kind, body };
  for (const [head, next] of [draft(), told, draft()].entries()) await ledger.append('situation/x', head, [next]);
  await ledger.close();
  const file = join(dir, 'ledger', 'situation%2fx.jsonl');
  await writeFile(file, garble('text 3')(await readFile(file)));
  const { lines } = await repairState(diskFiles, dir, NOW);
  expect(lines[1]).toContain(`; it still shows seq 2, ${told.at}, ${shown}`);
});
