import { appendFile, copyFile, readdir, readFile, rename, stat, truncate, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ReadOnly } from '../../src/ledger/errors.ts';
import { type FileLedgerOptions, openFileLedger } from '../../src/ledger/file-ledger.ts';
import { diskFiles } from '../../src/ledger/files.ts';
import { draft } from './drafts.ts';
import { tempDir } from './temp-dir.ts';

const now = () => new Date('2026-11-23T09:30:00.000Z');
const open = (dir: string, options: Partial<FileLedgerOptions> = {}) => openFileLedger({ dir, now, ...options });
const fileOf = (dir: string): string => join(dir, 'ledger', 's.jsonl');

/** A state folder whose stream `s` has three records, closed. */
const filled = async (): Promise<string> => {
  const dir = join(await tempDir(), 'state');
  const ledger = await open(dir);
  await ledger.append('s', 0, [draft('a', { key: 'i1' })]);
  await ledger.append('s', 1, [draft('b'), draft('c', { key: 'i3' })]);
  await ledger.close();
  return dir;
};

describe('on disk', () => {
  test('a stream is a file of lines: checksum, space, JSON', async () => {
    const dir = await filled();
    expect(await readFile(fileOf(dir), 'utf8')).toMatch(
      /^[0-9a-f]{8} \{"seq":1,"at":"[^"]+","author":"editor","kind":"noted","key":"i1","body":"a"\}\n[0-9a-f]{8} \{"seq":2.*"body":"b","more":1\}\n[0-9a-f]{8} \{"seq":3.*"body":"c"\}\n$/,
    );
  });

  test('folders and files are for the owner alone', async () => {
    const dir = await filled();
    const modes = await Promise.all(
      [dir, join(dir, 'ledger'), fileOf(dir)].map(async (path) => (await stat(path)).mode & 0o777),
    );
    expect(modes).toEqual([0o700, 0o700, 0o600]);
  });

  test('after a restart records, heads, keys and dates go on', async () => {
    const dir = await filled();
    const ledger = await open(dir);
    expect(ledger.problems()).toEqual([]);
    expect((await ledger.read('s')).map(({ body }) => body)).toEqual(['a', 'b', 'c']);
    expect(Object.keys((await ledger.read('s'))[1] ?? {})).not.toContain('more');
    await expect(ledger.append('s', 3, [draft('again', { key: 'i3' })])).rejects.toMatchObject({ seq: 3 });
    await expect(ledger.append('s', 3, [draft('x', { at: '2026-11-22T00:00:00.000Z' })])).rejects.toThrow(
      'cannot follow',
    );
    expect(await ledger.append('s', 3, [draft('d')])).toBe(4);
    await ledger.close();
    const again = await open(dir);
    expect(await again.head('s')).toBe(4);
    await again.close();
  });

  test('thousands of records in one append come back', async () => {
    const dir = join(await tempDir(), 'state');
    const ledger = await open(dir);
    expect(
      await ledger.append(
        's',
        0,
        Array.from({ length: 9_000 }, (_, index) => draft(`Köprü ${index} `.repeat(20))),
      ),
    ).toBe(9_000);
    const said = await ledger.read('s');
    await ledger.close();
    const again = await open(dir);
    expect(await again.read('s')).toEqual(said);
    await again.close();
  });

  test('files that are no streams are left alone', async () => {
    const dir = await filled();
    await writeFile(join(dir, 'ledger', 'notes.txt'), 'hello');
    await writeFile(join(dir, 'ledger', 's.jsonl.torn-x'), 'hello');
    const ledger = await open(dir);
    expect(await ledger.streams()).toEqual(['s']);
    await ledger.close();
  });
});

describe('a torn end', () => {
  test('is cut, kept under another name and told; writing goes on', async () => {
    const dir = await filled();
    const whole = await readFile(fileOf(dir));
    await truncate(fileOf(dir), whole.length - 7);
    const told: string[] = [];
    const ledger = await open(dir, { log: { warn: (_, text) => told.push(text), error: () => {} } });
    const secondLine = whole.indexOf(0x0a) + 1;
    expect(ledger.problems()).toMatchObject([
      {
        stream: 's',
        file: fileOf(dir),
        kind: 'torn',
        offset: secondLine,
        line: 2,
        copy: `${fileOf(dir)}.torn-20261123T093000000Z`,
      },
    ]);
    expect(told[0]).toContain('unfinished end');
    // The append of two records was never complete: not even its first record counts.
    expect((await ledger.read('s')).map(({ body }) => body)).toEqual(['a']);
    expect(await readFile(`${fileOf(dir)}.torn-20261123T093000000Z`)).toEqual(whole.subarray(secondLine, -7));
    expect(await ledger.append('s', 1, [draft('b')])).toBe(2);
    await ledger.close();
    const again = await open(dir);
    expect(again.problems()).toEqual([]);
    expect((await again.read('s')).map(({ body }) => body)).toEqual(['a', 'b']);
    await again.close();
  });

  test('never takes the place of an earlier copy', async () => {
    const dir = await filled();
    for (const rest of ['first', 'second']) {
      await appendFile(fileOf(dir), rest);
      await (await open(dir)).close();
    }
    expect((await readdir(join(dir, 'ledger'))).toSorted()).toEqual([
      's.jsonl',
      's.jsonl.torn-20261123T093000000Z',
      's.jsonl.torn-20261123T093000000Z-2',
    ]);
    expect(await readFile(`${fileOf(dir)}.torn-20261123T093000000Z-2`, 'utf8')).toBe('second');
  });
});

describe('damage', () => {
  test('in the middle stops writing to that stream, not reading, and leaves the file as it is', async () => {
    const dir = await filled();
    const other = await open(dir);
    await other.append('t', 0, [draft('sound')]);
    await other.close();
    const bytes = await readFile(fileOf(dir));
    const at = bytes.indexOf('"body":"b"');
    bytes[at + 8] = 0x58;
    await writeFile(fileOf(dir), bytes);
    const ledger = await open(dir);
    expect(ledger.problems()).toMatchObject([
      { stream: 's', kind: 'damaged', offset: bytes.indexOf(0x0a) + 1, line: 2 },
    ]);
    expect((await ledger.read('s')).map(({ seq }) => seq)).toEqual([1, 3]);
    expect((await ledger.read('s', 1)).map(({ seq }) => seq)).toEqual([3]);
    expect(await ledger.head('s')).toBe(3);
    const refused = ledger.append('s', 3, [draft('d')]);
    await expect(refused).rejects.toBeInstanceOf(ReadOnly);
    await expect(refused).rejects.toThrow(
      /stream s: not recorded, its file is damaged \(byte \d+, line 2: the checksum/,
    );
    expect(await ledger.append('t', 1, [draft('goes on')])).toBe(2);
    await ledger.close();
    expect(await readFile(fileOf(dir))).toEqual(bytes);
  });

  test('of a complete last record is not cut either', async () => {
    const dir = await filled();
    const bytes = await readFile(fileOf(dir));
    bytes[bytes.length - 4] = 0x58;
    await writeFile(fileOf(dir), bytes);
    const ledger = await open(dir);
    expect(ledger.problems()).toMatchObject([{ kind: 'damaged', line: 3 }]);
    await ledger.close();
    expect(await readFile(fileOf(dir))).toEqual(bytes);
  });
});

describe('the fence', () => {
  const change: [string, (file: string) => Promise<void>][] = [
    ['somebody appended to the file', (file) => appendFile(file, 'x')],
    ['somebody cut the file', (file) => truncate(file, 10)],
    ['the file is gone', (file) => unlink(file)],
    [
      'the file was exchanged for an equal one',
      async (file) => {
        await copyFile(file, `${file}.new`);
        await rename(`${file}.new`, file);
      },
    ],
  ];
  test.each(change)('when %s nothing is written any more', async (_, act) => {
    for (const hasWritten of [true, false]) {
      const dir = await filled();
      const ledger = await open(dir);
      let head = 3;
      if (hasWritten) head = await ledger.append('s', head, [draft('d')]);
      await act(fileOf(dir));
      const left = await readFile(fileOf(dir)).catch(() => undefined);
      await expect(ledger.append('s', head, [draft('e')])).rejects.toThrow('by somebody else');
      await expect(ledger.append('s', head, [draft('f')])).rejects.toBeInstanceOf(ReadOnly);
      expect(await readFile(fileOf(dir)).catch(() => undefined)).toEqual(left);
      expect(ledger.problems()).toMatchObject([{ stream: 's', kind: 'disk' }]);
      expect(await ledger.head('s')).toBe(head);
      await ledger.close();
    }
  });

  test('a file that appears where a new stream would be is not touched', async () => {
    const dir = await filled();
    const ledger = await open(dir);
    await writeFile(join(dir, 'ledger', 'new.jsonl'), '');
    await expect(ledger.append('new', 0, [draft('a')])).rejects.toBeInstanceOf(ReadOnly);
    await ledger.close();
  });
});

test('a file that cannot be read stops the start with its name, and the folder is free again', async () => {
  const dir = await filled();
  const failing = Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' });
  await expect(open(dir, { files: { ...diskFiles, open: () => Promise.reject(failing) } })).rejects.toThrow(
    `The ledger file ${fileOf(dir)} cannot be read: Error: EACCES`,
  );
  await (await open(dir)).close();
});

describe('where no folder can be made', () => {
  test.skipIf(process.platform !== 'linux')('it says so at once, also of a parent that takes none', async () => {
    await expect(open('/proc/x/y')).rejects.toThrow('The folder /proc/x cannot be made: /proc takes no folders.');
  });

  test('a file in the way is named', async () => {
    const dir = await tempDir();
    await writeFile(join(dir, 'file'), '');
    await expect(open(join(dir, 'file'))).rejects.toMatchObject({ code: 'ENOTDIR' });
  });
});
