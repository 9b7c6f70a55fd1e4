import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PAGE = 'src/playground/page';

interface File {
  readonly path: string;
  readonly text: string;
  /** What it imports: paths from the root for files of the house, names for packages. */
  readonly imports: readonly string[];
}

const IMPORT =
  /(?:^|[\s;])(?:import|export)\s[^'"`;]*?from\s*['"]([^'"]+)['"]|(?:^|[\s;])import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g;

function readFile(path: string): File {
  const text = readFileSync(join(ROOT, path), 'utf8');
  const named = [...text.matchAll(IMPORT)].map((m) => m[1] ?? m[2] ?? m[3] ?? '');
  const imports = named.map((name) =>
    name.startsWith('.') ? relative(ROOT, resolve(ROOT, dirname(path), name)) : name,
  );
  return { path, text, imports };
}

const FILES: readonly File[] = ['src', 'commands'].flatMap((top) =>
  readdirSync(join(ROOT, top), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFile(join(top, name))),
);

/** The room that a file is in: a folder of src, or a file that stands in the hall. */
function roomOf(path: string): string {
  const [top = '', second = ''] = path.split('/');
  return top === 'src' ? second : top;
}
const inRoom = (room: string): readonly File[] => FILES.filter((f) => roomOf(f.path) === room);
const isHouse = (name: string): boolean => /^(?:src|commands)\//.test(name);
/** `zod` of `zod`, `@date-fns/tz` of `@date-fns/tz/x`, `node:` of `node:fs`. */
const packageOf = (name: string): string =>
  name.startsWith('node:')
    ? 'node:'
    : name
        .split('/')
        .slice(0, name.startsWith('@') ? 2 : 1)
        .join('/');

interface Rule {
  /** Rooms that it may know besides itself. */
  readonly rooms: readonly string[];
  readonly packages: readonly string[];
}

/** Who may know whom. A room that is not listed here may not exist. */
const RULES: Readonly<Record<string, Rule>> = {
  model: { rooms: [], packages: ['zod'] },
  picture: { rooms: ['model'], packages: ['date-fns'] },
  briefing: { rooms: ['picture', 'model'], packages: ['date-fns', '@date-fns/tz'] },
  reading: { rooms: ['model'], packages: [] },
  // What moderators may do, decided: from a proposal and what is known to records or a refusal.
  curation: { rooms: ['briefing', 'picture', 'model', 'errors.ts'], packages: ['zod'] },
  // Drafts, from forms to records: joins what is decided with the desk that keeps them.
  drafting: {
    rooms: [
      'curation',
      'reading',
      'asking',
      'desk',
      'editions',
      'briefing',
      'picture',
      'model',
      'nearest.ts',
      'errors.ts',
    ],
    packages: ['zod'],
  },
  ledger: { rooms: ['errors.ts'], packages: ['node:', 'lowdb', 'zod'] },
  curated: { rooms: ['ledger', 'model', 'nearest.ts', 'errors.ts'], packages: ['node:', 'lowdb', 'zod'] },
  corrections: {
    rooms: ['editions', 'ledger', 'briefing', 'picture', 'model'],
    packages: ['node:'],
  },
  gates: {
    rooms: ['corrections', 'editions', 'curated', 'ledger', 'briefing', 'picture', 'model'],
    packages: [],
  },
  editions: { rooms: ['ledger', 'briefing', 'picture', 'model', 'errors.ts', 'log.ts'], packages: ['node:', 'zod'] },
  desk: { rooms: ['ledger', 'briefing', 'picture', 'model', 'errors.ts'], packages: ['node:', 'zod'] },
  digests: {
    rooms: ['archive.ts', 'editions', 'ledger', 'briefing', 'picture', 'model', 'nearest.ts', 'errors.ts', 'log.ts'],
    packages: ['node:', 'node-cron', 'zod'],
  },
  asking: {
    rooms: ['digests', 'archive.ts', 'desk', 'editions', 'briefing', 'picture', 'model', 'errors.ts'],
    packages: ['discord-api-types'],
  },
  commands: {
    rooms: [
      'curation',
      'drafting',
      'digests',
      'asking',
      'desk',
      'briefing',
      'picture',
      'model',
      'graphics',
      'editions',
      'exchange',
      'errors.ts',
    ],
    packages: ['discord-api-types'],
  },
  graphics: {
    rooms: ['briefing', 'picture', 'model'],
    packages: [
      'node:',
      'date-fns',
      '@date-fns/tz',
      '@resvg/resvg-js',
      'd3-geo',
      'topojson-client',
      'topojson-specification',
      'world-atlas',
    ],
  },
  exchange: { rooms: ['briefing', 'model'], packages: [] },
  discord: {
    rooms: ['digests', 'corrections', 'asking', 'briefing', 'graphics', 'model', 'errors.ts', 'log.ts'],
    packages: ['discord.js', 'discord-api-types', 'zod', 'node:'],
  },
  playground: {
    rooms: ['errors.ts'],
    packages: ['node:', 'ws', 'zod', 'discord-api-types', 'lit'],
  },
  console: {
    rooms: ['commands', 'asking', 'briefing', 'editions', 'exchange', 'archive.ts', 'curated', 'ledger', 'errors.ts'],
    packages: ['node:', 'discord-api-types'],
  },
  'archive.ts': { rooms: ['ledger', 'picture', 'model'], packages: [] },
  'config.ts': { rooms: ['errors.ts', 'log.ts'], packages: ['zod'] },
  'errors.ts': { rooms: [], packages: [] },
  'nearest.ts': { rooms: [], packages: [] },
  'log.ts': { rooms: [], packages: ['pino'] },
  'start.ts': { rooms: ['config.ts', 'nearest.ts', 'errors.ts'], packages: ['node:'] },
  'store.ts': { rooms: ['archive.ts', 'curated', 'ledger', 'errors.ts', 'log.ts'], packages: ['node:'] },
  'button-memory.ts': { rooms: ['ledger', 'discord'], packages: ['node:'] },
  'carrying.ts': { rooms: ['archive.ts', 'corrections', 'ledger', 'model', 'log.ts'], packages: [] },
  'digest-watch.ts': {
    rooms: ['archive.ts', 'briefing', 'digesting.ts', 'discord', 'errors.ts', 'ledger', 'log.ts'],
    packages: ['node:'],
  },
  'digesting.ts': {
    rooms: ['archive.ts', 'briefing', 'desk', 'digests', 'discord', 'drafting', 'ledger', 'log.ts', 'model'],
    packages: [],
  },
  'desk-watch.ts': {
    rooms: ['archive.ts', 'briefing', 'corrections', 'desk', 'discord', 'ledger', 'log.ts', 'mirroring.ts'],
    packages: [],
  },
  'mirroring.ts': {
    rooms: ['archive.ts', 'asking', 'desk', 'ledger', 'briefing', 'model', 'log.ts'],
    packages: ['node:'],
  },
  'recorder.ts': { rooms: ['archive.ts', 'briefing', 'discord', 'editions', 'log.ts'], packages: [] },
  'digest-marks.ts': { rooms: ['digests', 'model', 'replay-clock.ts'], packages: [] },
  'replay-clock.ts': { rooms: ['curated', 'model'], packages: [] },
};
/** Programs: they join rooms, and nobody imports them. */
const isMain = (path: string): boolean => /(?:^|[/-])main\.ts$/.test(path);
/** The programs that may join everything; another one joins its own room and the start. */
const JOINERS = ['src/main.ts', 'src/deploy-main.ts', 'src/playground-main.ts', 'src/console/main.ts'];

const walls = (files: readonly File[], rule: Rule): readonly string[] =>
  files.flatMap(({ path, imports }) =>
    imports
      .filter((name) =>
        isHouse(name)
          ? roomOf(name) !== roomOf(path) && !rule.rooms.includes(roomOf(name))
          : !rule.packages.includes(packageOf(name)),
      )
      .map((name) => `${path} imports ${name}`),
  );

describe('who may know whom', () => {
  test.each(Object.entries(RULES))('%s', (room, rule) => {
    expect(
      walls(
        inRoom(room).filter((f) => !isMain(f.path)),
        rule,
      ),
    ).toEqual([]);
  });

  test('every room has its rule', () => {
    const rooms = new Set(FILES.filter((f) => !isMain(f.path)).map((f) => roomOf(f.path)));
    expect([...rooms].filter((room) => !(room in RULES))).toEqual([]);
  });

  test('a program of a room joins that room and the start only; four join the house', () => {
    for (const file of FILES.filter((f) => isMain(f.path) && !JOINERS.includes(f.path) && !f.path.startsWith(PAGE))) {
      const rule = RULES[roomOf(file.path)] ?? { rooms: [], packages: [] };
      expect(walls([file], { ...rule, rooms: [...rule.rooms, 'start.ts'] })).toEqual([]);
    }
  });

  test('programs are imported by programs only', () => {
    const found = FILES.filter((f) => !isMain(f.path)).flatMap((f) =>
      f.imports.filter((name) => isHouse(name) && isMain(name)).map((name) => `${f.path} imports ${name}`),
    );
    expect(found.filter((line) => !line.startsWith(PAGE))).toEqual([]);
  });

  test('what Discord shows is a document: it knows no ledger, no picture, no store', () => {
    const wrong = inRoom('discord').flatMap((f) =>
      f.imports.filter((name) => ['ledger', 'curated', 'picture', 'archive.ts', 'playground'].includes(roomOf(name))),
    );
    expect(wrong).toEqual([]);
  });

  test('the chat page runs in a browser: it knows nothing of Node and nothing outside its folder', () => {
    const wrong = FILES.filter((f) => f.path.startsWith(`${PAGE}/`)).flatMap((f) =>
      f.imports
        .filter((name) => name.startsWith('node:') || (isHouse(name) && !name.startsWith(`${PAGE}/`)))
        .filter((name) => name !== 'src/playground/page-wire.ts')
        .map((name) => `${f.path} imports ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  test('rooms stand in no circle', () => {
    const graph = new Map<string, Set<string>>();
    for (const { path, imports } of FILES.filter((f) => !isMain(f.path)))
      for (const name of imports.filter(isHouse)) {
        const [from, to] = [roomOf(path), roomOf(name)];
        if (from !== to) graph.set(from, (graph.get(from) ?? new Set()).add(to));
      }
    const circles: string[] = [];
    const walk = (room: string, way: readonly string[]): void => {
      if (way.includes(room)) circles.push([...way.slice(way.indexOf(room)), room].join(' → '));
      else for (const next of graph.get(room) ?? []) walk(next, [...way, room]);
    };
    for (const room of graph.keys()) walk(room, []);
    expect(circles).toEqual([]);
  });
});

/** Code without comments and without the insides of strings, for words that must not be in it. */
const codeOf = (text: string): string =>
  text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(?<![:'"`\\])\/\/.*$/gm, '')
    .replace(/'(?:[^'\\\n]|\\.)*'/g, "''");

describe('pure rooms', () => {
  const forbidden: readonly [string, RegExp][] = [
    ['the clock', /\bnew Date\(\s*\)|\bDate\.now\b|\bperformance\.now\b/],
    ['chance', /\bMath\.random\b|\brandomUUID\b/],
    ['waiting', /\bawait\b|\basync\b|\bPromise\b|\bsetTimeout\b/],
    ['the process', /\bprocess\b|\bconsole\b|\bglobalThis\b/],
  ];
  test.each(['model', 'picture', 'briefing', 'curation', 'exchange', 'reading'])(
    '%s knows no clock, no chance, no waiting, no process',
    (room) => {
      const found = inRoom(room).flatMap(({ path, text }) =>
        forbidden.filter(([, form]) => form.test(codeOf(text))).map(([what]) => `${path}: ${what}`),
      );
      expect(inRoom(room).length).toBeGreaterThan(0);
      expect(found).toEqual([]);
    },
  );
});

test('the environment is read in one place', () => {
  const found = FILES.filter((f) => /\bprocess\.env\b|\bloadEnvFile\b/.test(codeOf(f.text))).map((f) => f.path);
  expect(found).toEqual(['src/start.ts']);
  expect(codeOf(readFile('src/start.ts').text).match(/process\.env\b/g)).toHaveLength(1);
});

describe('these tests see what they forbid', () => {
  const file = (path: string, text: string): File => ({
    path,
    text,
    imports: [...text.matchAll(IMPORT)].map((m) => m[1] ?? m[2] ?? m[3] ?? ''),
  });

  test.each([
    "import { a } from 'discord.js';",
    "import type { a } from 'discord.js';",
    "export { a } from 'discord.js';",
    "export * from 'discord.js';",
    "import 'discord.js';",
    "const a = await import('discord.js');",
    "import {\n  a,\n  b,\n} from 'discord.js';",
    'import a, { type B } from "discord.js";',
  ])('%s', (text) => {
    expect(walls([file('src/briefing/x.ts', text)], RULES['briefing'] as Rule)).toEqual([
      'src/briefing/x.ts imports discord.js',
    ]);
  });

  test('more files than a handful were read', () => {
    expect(FILES.length).toBeGreaterThan(150);
    expect(FILES.flatMap((f) => f.imports).filter((name) => isHouse(name)).length).toBeGreaterThan(300);
  });
});
