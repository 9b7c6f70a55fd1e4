import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { situationHistory } from '../../src/curated/history.ts';
import { loadCurated } from '../../src/curated/load.ts';
import { problemLine } from '../../src/curated/problem.ts';
import { leftOutLine, summary } from '../../src/curated/summary.ts';
import { validate } from '../../src/curated/validate.ts';
import { at, edited, entry, figureOf, ids, inDirectory, load, report, situation, sources, told } from './fixture.ts';

describe('loading the curated files', () => {
  it('serves a good store without a word', async () => {
    const curated = await load();
    expect(curated.problems).toEqual([]);
    expect(ids(curated)).toEqual(['E1', 'E2', 'E3']);
    expect(curated.situations[0]?.complete).toBe(true);
    expect(summary(curated)).toBe(
      'data: 3 sources, 1 situation, 3 entries, 3 reports, 0 figures; 0 errors, 0 warnings',
    );
  });

  it('names file, line, entry and field of a bad value, and serves the other entries', async () => {
    const file = edited(({ entries }) => Object.assign(at(entries, 1), { severity: 'majr' }));
    const curated = await load({ situation: file });
    expect(ids(curated)).toEqual(['E1', 'E3']);
    expect(curated.situations[0]?.complete).toBe(false);
    const line =
      JSON.stringify(file, null, 2)
        .split('\n')
        .findIndex((text) => text.includes('majr')) + 1;
    expect(curated.problems.map(problemLine)).toEqual([
      `situations/river-2024.json:${line}: E2 severity: must be one of "flash", "major", "routine", "background", but is "majr"; did you mean "major"?`,
    ]);
  });

  it('names a misspelt field and the missing one', async () => {
    const { originator: _, ...rest } = report('E2.1');
    const file = edited(({ entries }) =>
      Object.assign(at(entries, 1), { reports: [{ ...rest, orignator: 'monitor' }] }),
    );
    expect(told((await load({ situation: file })).problems)).toEqual([
      'error E2 reports[0].originator: is missing',
      'error E2 reports[0].orignator: there is no such field; did you mean "originator"?',
      'error E2 reports: no report is left without an error; the entry is left out',
    ]);
  });

  it('knows every id that the file has used, those of what is left out included', async () => {
    const file = edited(({ entries }) => {
      at(entries, 0).reports.push(report('E1.7'));
      Object.assign(at(entries, 1), { id: 'E12', severity: 'majr', reports: [{ id: 'E12.3' }] });
    });
    expect([...at((await load({ situation: file })).situations, 0).taken]).toEqual([
      ['E1', 7],
      ['E12', 3],
      ['E3', 1],
    ]);
  });

  it('leaves out the links of an entry that is left out', async () => {
    const file = edited(({ entries, links }) => {
      links.push({ from: 'E1', to: 'E2', type: 'contradicts' }, { from: 'E1', to: 'E3', type: 'same_as' });
      Object.assign(at(entries, 1), { headline: '' });
    });
    const curated = await load({ situation: file });
    expect(told(curated.problems)).toEqual(['error E2 headline: is empty; write it or take the field out']);
    expect(curated.situations[0]?.links.map(({ to }) => to)).toEqual(['E3']);
  });

  it('says line and column where a file is no JSON, and serves the other files', async () => {
    const other = edited(({ situation: head }) => Object.assign(head, { slug: 'hill-2024' }));
    const curated = await load({
      raw: {
        'situations/river-2024.json': '{\n  "situation": {},\n  "entries": [,]\n}',
        'situations/hill-2024.json': JSON.stringify(other),
      },
    });
    expect(curated.situations.map(({ slug }) => slug)).toEqual(['hill-2024']);
    expect(curated.problems.map(problemLine)).toEqual([
      'situations/river-2024.json:3: is no JSON: line 3, column 15: expected a value here: a text, a number, true, false, null, [ or {; until this is mended, the situation stays as the ledger has it (one that the ledger does not have is not served)',
    ]);
  });

  it.each(['null', '0', '[]', '"text"'])('does not take a file that holds %s for an empty situation', async (text) => {
    const curated = await load({ raw: { 'situations/river-2024.json': text } });
    expect(curated.situations).toEqual([]);
    expect(told(curated.problems)[0]).toMatch(/^error - : must be an object/);
  });

  it('says that a file is missing instead of serving nothing in silence', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'sitrep-curated-'));
    const curated = await loadCurated(join(dir, 'nowhere'));
    await rm(dir, { recursive: true });
    expect(curated.problems.map(problemLine)).toEqual([
      'sources.json: there is no such file in the data directory; is DATA_DIR right?',
      'situations: cannot be listed (ENOENT); it holds one file per situation',
    ]);
  });

  it('leaves out the whole file for an error in its head, and still names the errors of its entries', async () => {
    const file = edited(({ situation: head, entries }) => {
      Object.assign(head, { zone: 'Damascus' });
      Object.assign(at(entries, 0), { kind: 'evnt' });
    });
    const curated = await load({ situation: file });
    expect(curated.situations).toEqual([]);
    expect(told(curated.problems)).toEqual([
      'error - situation.zone: must be an IANA time zone such as Asia/Damascus',
      'error E1 kind: must be one of "event", "toll", "statement", "control", "humanitarian", "context", "assessment", "gap", but is "evnt"; did you mean "event"?',
    ]);
  });

  it('leaves situations alone when sources.json cannot be read', async () => {
    const curated = await load({ raw: { 'sources.json': '{' } });
    expect(curated.situations).toEqual([]);
    expect(curated.registry).toEqual({ parties: [], sources: [] });
    expect(curated.problems).toHaveLength(1);
  });

  it('leaves out the reports of a bad source and names both; the entry goes when none is left', async () => {
    const list = sources();
    Object.assign(at(list.sources, 2), { kind: 'agency' });
    const file = edited(({ entries }) => {
      at(entries, 0).reports.push(report('E1.2', { originator: 'wire' }));
      at(entries, 1).reports = [report('E2.1', { publisher: 'wire' })];
    });
    const curated = await load({ sources: list, situation: file });
    expect(curated.situations[0]?.entries.map(({ reports }) => reports.map(({ id }) => id))).toEqual([
      ['E1.1'],
      ['E3.1'],
    ]);
    expect(told(curated.problems).slice(1)).toEqual([
      'error E1 reports[1].originator: the source "wire" is left out because of its own error in sources.json; report E1.2 is left out',
      'error E2 reports[0].publisher: the source "wire" is left out because of its own error in sources.json; report E2.1 is left out',
      'error E2 reports: no report is left without an error; the entry is left out',
    ]);
    expect(curated.problems[0]).toMatchObject({ file: 'sources.json', entry: 'wire', field: 'kind' });
  });

  it('leaves out a report with a wrong figure, and only that one', async () => {
    const file = edited(({ entries }) => {
      at(entries, 0).reports = [
        report('E1.1', { figures: [figureOf()] }),
        report('E1.2', { figures: [figureOf(), figureOf({ qualifier: 'range', low: 9, high: 4 })] }),
        report('E1.3', { figures: [figureOf({ group: { side: 'northren' } })] }),
        report('E1.4', { figures: [figureOf({ asOf: '2024-11-31' })] }),
        report('E1.5', { published: '2024-11-28T10:00:00Z' }),
        report('E1.6'),
      ];
    });
    const curated = await load({ situation: file });
    expect(curated.situations[0]?.entries[0]?.reports.map(({ id }) => id)).toEqual(['E1.1', 'E1.6']);
    expect(ids(curated)).toEqual(['E1', 'E2', 'E3']);
    expect(curated.situations[0]?.complete).toBe(false);
    expect(curated.situations[0]?.leftOut).toEqual({
      entries: [],
      reports: ['E1.2', 'E1.4', 'E1.3', 'E1.5'],
      links: 0,
    });
    // Places are those of the file, however many reports before them are left out.
    expect(told(curated.problems)).toEqual([
      'error E1 reports[1].figures[1].qualifier: range needs low < high',
      'error E1 reports[3].figures[0].asOf: there is no such day or time in the calendar',
      expect.stringContaining('error E1 reports[2].figures[0].group.side: there is no side "northren"'),
      expect.stringContaining('error E1 reports[4].published: 2024-11-28T10:00:00Z is after it was recorded'),
    ]);
    expect(leftOutLine(curated)).toBe('data: 4 reports of E1 of river-2024 left out (4 errors); run npm run validate');
  });

  it('an error of the entry itself still leaves out the entry, and its reports are read to the end', async () => {
    const file = edited(({ entries }) => {
      const [first, second] = [at(entries, 0), at(entries, 1)];
      first.reports.push(report('E1.2', { figures: [figureOf({ low: 1, high: 0 })] }));
      Object.assign(first, { occurred: { from: '2024-11-31', precision: 'day' } });
      second.reports = [report('E9.1')];
    });
    const curated = await load({ situation: file });
    expect(ids(curated)).toEqual(['E3']);
    expect(told(curated.problems)).toEqual([
      'error E1 occurred.from: there is no such day or time in the calendar',
      expect.stringContaining('error E1 reports[1].figures[0].'),
      'error E2 reports[0].id: a report of E2 is named E2.1, E2.2, …',
      'error E2 reports: no report is left without an error; the entry is left out',
    ]);
    expect(leftOutLine(curated)).toBe(
      'data: entry E1, entry E2 of river-2024 left out (4 errors); run npm run validate',
    );
  });

  it('an entry whose first report is left out begins with the next, and its changes before that are its beginning', async () => {
    const file = edited(({ entries }) => {
      const first = at(entries, 0);
      first.reports = [
        report('E1.1', { figures: [figureOf({ group: { side: 'nobody' } })] }),
        report('E1.9', { figures: [figureOf({ low: -1 })] }),
        report('E1.2', { recorded: '2024-11-29T10:00:00Z' }),
      ];
      first.history = [
        { recorded: '2024-11-28T10:00:00Z', reason: 'our_error', was: { headline: 'At first' } },
        { recorded: '2024-11-30T10:00:00Z', reason: 'our_error', was: { headline: 'Then' } },
      ];
    });
    const curated = await load({ situation: file });
    expect(curated.situations[0]?.leftOut.reports).toEqual(['E1.9', 'E1.1']);
    const told1 = situationHistory(at(curated.situations, 0)).flatMap(({ at: moment, kind, body }) =>
      'entry' in body && body.entry.id === 'E1' ? [`${moment} ${kind} ${body.entry.headline}`] : [],
    );
    expect(told1).toEqual([
      '2024-11-29T10:00:00.000Z entry.added Then',
      '2024-11-30T10:00:00.000Z entry.amended What happened at E1',
    ]);
  });

  it('says which values a field may have that is missing', async () => {
    const file = edited(({ entries }) => {
      const { stance: _, ...said } = report('E1.1');
      const { qualifier: __, mode: ___, ...number } = figureOf();
      const { severity: ____, kind: _____, ...rest } = at(entries, 0);
      Object.assign(entries, { 0: { ...rest, reports: [{ ...said, figures: [number] }] } });
    });
    const said = told((await load({ situation: file })).problems).join('\n');
    expect(said).toContain('E1 kind: is missing; write one of "event", "toll",');
    expect(said).toContain('E1 severity: is missing; write one of "flash", "major", "routine", "background"');
    expect(said).toContain('reports[0].stance: is missing; write one of "reports", "claims",');
    expect(said).toContain('figures[0].qualifier: is missing; write one of "exact", "at_least",');
    expect(said).toContain('figures[0].mode: is missing; write one of "incident", "increment", "cumulative", "stock"');
  });

  it('says in one line what is left out, or nothing', async () => {
    expect(leftOutLine(await load())).toBeUndefined();
    const line = async (raw: Record<string, string>) => leftOutLine(await load({ raw }));
    expect(await line({ 'situations/river-2024.json': '{' })).toBe(
      'data: situations/river-2024.json left out (1 error); run npm run validate',
    );
    expect(await line({ 'sources.json': '{' })).toContain('data: sources.json');
  });

  it('leaves out a source whose party is not known', async () => {
    const list = sources();
    Object.assign(at(list.sources, 1), { party: 'nroth' });
    const curated = await load({ sources: list });
    expect(curated.registry.sources.map(({ id }) => id)).toEqual(['monitor', 'wire']);
    expect(curated.problems.map(problemLine)).toEqual([
      'sources.json:24: north-agency party: there is no party "nroth" in sources.json; did you mean "north"?',
    ]);
  });
});

describe('npm run validate', () => {
  const lines = async (files: Parameters<typeof load>[0]) => {
    const said: string[] = [];
    const good = await inDirectory(files ?? {}, (dir) => validate(dir, (line) => said.push(line)));
    return { good, said };
  };

  it('is content with warnings and not with errors', async () => {
    const doubtful = edited(({ entries }) => (at(at(entries, 0).reports, 0).publisher = 'monitor'));
    expect(await lines({ situation: doubtful })).toEqual({
      good: true,
      said: [
        expect.stringMatching(
          /^situations\/river-2024\.json:\d+: E1 reports\[0\]\.publisher: warning: is the originator/,
        ),
        'data: 3 sources, 1 situation, 3 entries, 3 reports, 0 figures; 0 errors, 1 warning',
      ],
    });
    const wrong = edited(({ entries }) => (at(entries, 0).place = 'frod'));
    const { good, said } = await lines({ situation: wrong });
    expect([good, said.at(-1)]).toEqual([
      false,
      'data: 3 sources, 1 situation, 2 entries, 2 reports, 0 figures; 1 error, 0 warnings',
    ]);
  });
});

/** Each kind of mistake: what was edited, and what is said about it. */
const MISTAKES: readonly (readonly [string, Parameters<typeof edited>[0], readonly string[]])[] = [
  [
    'two entries with one id',
    ({ entries }) => Object.assign(at(entries, 1), entry('E1')),
    [
      'error E1 id: the entry id "E1" is used 2 times; each needs its own',
      'error E1 id: the entry id "E1" is used 2 times; each needs its own',
    ],
  ],
  [
    'two reports with one id',
    ({ entries }) => at(entries, 0).reports.push(report('E1.1')),
    [
      'error E1 reports[0].id: the report id "E1.1" is used 2 times; each needs its own',
      'error E1 reports[1].id: the report id "E1.1" is used 2 times; each needs its own',
      'error E1 reports: no report is left without an error; the entry is left out',
    ],
  ],
  [
    'a report id of another entry',
    ({ entries }) => (at(entries, 0).reports = [report('E2.1')]),
    [
      'error E1 reports[0].id: a report of E1 is named E1.1, E1.2, …',
      'error E1 reports: no report is left without an error; the entry is left out',
    ],
  ],
  [
    'an entry without reports',
    ({ entries }) => (at(entries, 0).reports = []),
    ['error E1 reports: an entry needs at least one report: who says so?'],
  ],
  [
    'two places with one id',
    ({ situation: head }) => head.places?.push({ id: 'ford', name: 'Another ford', precision: 'near' }),
    [
      'error - situation.places[1].id: the place id "ford" is used 2 times; each needs its own',
      'error - situation.places[2].id: the place id "ford" is used 2 times; each needs its own',
    ],
  ],
  [
    'a slug that is not the file name',
    ({ situation: head }) => (head.slug = 'rivers-2024'),
    ['error - situation.slug: the slug "rivers-2024" and the file name do not agree; call the file rivers-2024.json'],
  ],
  [
    'a situation that ends before it starts',
    ({ situation: head }) => (head.end = '2024-11-01'),
    ['error - situation.end: 2024-11-01 is before the start, 2024-11-27'],
  ],
  [
    'places within each other',
    ({ situation: head }) => (at(head.places, 0).within = 'ford'),
    [
      'error - situation.places[0].within: "county" lies within itself by way of "ford"',
      'error - situation.places[1].within: "ford" lies within itself by way of "county"',
    ],
  ],
  [
    'half a coordinate',
    ({ situation: head }) => (at(head.places, 0).lat = 36),
    ['error - situation.places[0]: "county" has only one of lat and lon; write both or none'],
  ],
  [
    'an unknown party and an unknown side of the situation',
    ({ situation: head }) => (head.parties = [{ party: 'norht', side: 'nothern' }]),
    [
      'error - situation.parties[0].party: there is no party "norht" in sources.json; did you mean "north"?',
      'error - situation.parties[0].side: there is no side "nothern" in situations/river-2024.json; did you mean "northern"?',
    ],
  ],
  [
    'an unknown source',
    ({ entries }) => (at(at(entries, 0).reports, 0).originator = 'montior'),
    [
      'error E1 reports[0].originator: there is no source "montior" in sources.json; did you mean "monitor"?; report E1.1 is left out',
      'error E1 reports: no report is left without an error; the entry is left out',
    ],
  ],
  [
    'an unknown place',
    ({ entries }) => (at(entries, 0).place = 'frod'),
    ['error E1 place: there is no place "frod" in situations/river-2024.json; did you mean "ford"?'],
  ],
  [
    'an unknown party of an entry',
    ({ entries }) => (at(entries, 0).parties = [{ party: 'west', role: 'actor' }]),
    ['error E1 parties[0].party: there is no party "west" in sources.json'],
  ],
  [
    'a report published after it was recorded',
    ({ entries }) => (at(at(entries, 0).reports, 0).published = '2024-11-27T10:01:00Z'),
    [
      'error E1 reports[0].published: 2024-11-27T10:01:00Z is after it was recorded here (2024-11-27T10:00:00Z); nobody knows it before it is published',
      'error E1 reports: no report is left without an error; the entry is left out',
    ],
  ],
  [
    'an event of the future',
    ({ entries }) => (at(entries, 0).occurred = { from: '2024-12-27', precision: 'day' }),
    [
      'error E1 occurred.from: 2024-12-27 is more than a day after it was first recorded (2024-11-27T10:00:00Z); one of the two dates is wrong',
    ],
  ],
  [
    'an event long before the situation',
    ({ entries }) => (at(entries, 0).occurred = { from: '2023-11-27', precision: 'day' }),
    ['warning E1 occurred.from: 2023-11-27 is long before the situation starts (2024-11-27); is the year right?'],
  ],
  [
    'reports out of order',
    ({ entries }) => at(entries, 0).reports.unshift(report('E1.2', { recorded: '2024-11-28T10:00:00Z' })),
    [
      'warning E1 reports[1].recorded: 2024-11-27T10:00:00Z is before that of E1.2 above it; list reports in the order they were recorded',
    ],
  ],
  [
    'a report withdrawn before it was recorded',
    ({ entries }) =>
      at(entries, 0).reports.push(
        report('E1.2', { withdrawn: { recorded: '2024-11-26T10:00:00Z', reason: 'relay_error' } }),
      ),
    [
      'error E1 reports[1].withdrawn.recorded: 2024-11-26T10:00:00Z is before the report was recorded (2024-11-27T10:00:00Z)',
    ],
  ],
  [
    'a change before the entry was known, and one that changes nothing',
    ({ entries }) =>
      (at(entries, 0).history = [
        { recorded: '2024-11-27T10:00:00Z', reason: 'our_error', was: { headline: 'Before' } },
        { recorded: '2024-11-28T10:00:00Z', reason: 'our_error', was: {} },
      ]),
    [
      'error E1 history[0].recorded: 2024-11-27T10:00:00Z is not after the entry was first recorded (2024-11-27T10:00:00Z); it cannot have changed before',
      'error E1 history[1].was: names no field; write what read differently before this change',
    ],
  ],
  [
    'a long quotation',
    ({ entries }) => (at(at(entries, 0).reports, 0).quote = 'word '.repeat(26).trim()),
    [
      'error E1 reports[0].quote: at most 25 words may be quoted',
      'error E1 reports: no report is left without an error; the entry is left out',
    ],
  ],
  [
    'one text quoted at length by two reports',
    ({ entries }) =>
      (at(entries, 0).reports = ['E1.1', 'E1.2'].map((id) =>
        report(id, { url: 'https://monitor.example/1', quote: 'word '.repeat(15).trim() }),
      )),
    ['warning E1 reports[1].quote: this entry quotes 30 words of the same text; 25 at most'],
  ],
  [
    'a concession by nobody’s source, verified by one who does not verify, carried by itself',
    ({ entries }) => {
      at(entries, 0).reports = [
        report('E1.1', { stance: 'concedes' }),
        report('E1.2', { stance: 'verifies', publisher: 'monitor' }),
      ];
    },
    [
      'warning E1 reports[0].stance: only a party can concede, and monitor belongs to none; reports?',
      'warning E1 reports[1].publisher: is the originator itself; leave publisher out',
      'warning E1 reports[1].stance: monitor is not registered as one who verifies; reports, or set "verifies" in sources.json',
    ],
  ],
  [
    'links to nowhere, to itself, twice, and in a circle',
    ({ links }) =>
      links.push(
        { from: 'E1', to: 'E9', type: 'corrects' },
        { from: 'E1', to: 'E1', type: 'corrects' },
        { from: 'E1', to: 'E2', type: 'contradicts' },
        { from: 'E2', to: 'E1', type: 'contradicts' },
        { from: 'E2', to: 'E3', type: 'part_of' },
        { from: 'E3', to: 'E2', type: 'part_of', state: 'confirmed' },
      ),
    [
      'error - links[0].to: there is no entry E9 in this file',
      'error - links[1].to: E1 is linked to itself; name the other entry',
      'error - links[3]: E2 and E1 are already linked as contradicts; keep one of the two',
      'error - links[4]: E2 is part of itself by way of E3; take one of the part_of links out',
      'error - links[5].state: only a same_as link has a state; take it out of this part_of link',
      'error - links[5]: E3 is part of itself by way of E2; take one of the part_of links out',
    ],
  ],
];

describe('what the schema of one field cannot see', () => {
  it.each(MISTAKES)('%s', async (_, edit, said) => {
    expect(told((await load({ situation: edited(edit) })).problems)).toEqual(said);
  });

  it('two sources, two parties with one id: none of them is served', async () => {
    const list = sources();
    list.parties.push({ id: 'south', name: 'South again' });
    list.sources.push({ ...at(list.sources, 2), name: 'Another wire' });
    const curated = await load({ sources: list });
    expect(curated.problems.map(problemLine)).toEqual([
      'sources.json:8: south id: the party id "south" is used 2 times; each needs its own',
      'sources.json:12: south id: the party id "south" is used 2 times; each needs its own',
      'sources.json:32: wire id: the source id "wire" is used 2 times; each needs its own',
      'sources.json:39: wire id: the source id "wire" is used 2 times; each needs its own',
    ]);
    expect(curated.registry.sources.map(({ id }) => id)).toEqual(['monitor', 'north-agency']);
  });

  it('a kind of source that does not go with having a party, or with having none', async () => {
    const list = sources();
    Object.assign(at(list.sources, 0), { party: 'south' });
    Object.assign(at(list.sources, 1), { verifies: true });
    Object.assign(at(list.sources, 2), { kind: 'armed_group' });
    expect(told((await load({ sources: list })).problems)).toEqual([
      'warning monitor kind: belongs to the party "south", which does not go with kind monitor; state_media or party_media?',
      'warning north-agency verifies: belongs to the party "north", so its word cannot verify that party\'s claims',
      'warning wire party: a source of kind armed_group speaks for somebody: name its party',
    ]);
  });
});

const saidOf = async (...figures: ReturnType<typeof figureOf>[]): Promise<string[]> => {
  const file = situation();
  at(file.entries, 0).reports = [report('E1.1', { figures })];
  return told((await load({ situation: file })).problems)
    .filter((text) => !text.startsWith('error E1 reports: no report is left'))
    .map((text) => text.replace(' E1 reports[0].', ' '));
};

const part = (low: number, change = {}) =>
  figureOf({ low, high: low, part: { of: 'all', as: 'partition' }, ...change });

describe('figures of one report', () => {
  it('names the form that a qualifier needs', async () => {
    expect(await saidOf(figureOf({ qualifier: 'at_least' }))).toEqual([
      'error figures[0].qualifier: at_least needs low and no high (high: null)',
    ]);
  });

  it('refuses a figure of the future, and a scope that reaches into it is worth a look', async () => {
    expect(await saidOf(figureOf({ asOf: '2024-11-29', scope: { from: '2024-11-27', to: '2024-11-29' } }))).toEqual([
      'error figures[0].asOf: 2024-11-29 is later than the report was recorded (2024-11-27T10:00:00Z); a figure cannot be of the future',
      'warning figures[0].scope.to: 2024-11-29 is later than the report was recorded (2024-11-27T10:00:00Z); the scope ends with what is counted',
    ]);
  });

  it('warns of a scope of another year', async () => {
    expect(await saidOf(figureOf({ scope: { from: '2023-11-27', to: '2024-11-27' } }))).toEqual([
      'warning figures[0].scope.from: 2023-11-27 is long before the situation starts (2024-11-27); is the year right?',
    ]);
  });

  it('names an unknown side and an unknown area', async () => {
    const scope = { from: '2024-11-27', to: '2024-11-27', area: 'fort' };
    expect(await saidOf(figureOf({ scope, group: { side: 'northren' } }))).toEqual([
      'error figures[0].group.side: there is no side "northren" in situations/river-2024.json; did you mean "northern"?',
      'error figures[0].scope.area: there is no place "fort" in situations/river-2024.json; did you mean "ford"?',
    ]);
  });

  it('refuses a part of nothing, a part of itself, and two figures of one name', async () => {
    expect(await saidOf(figureOf({ part: { of: 'all', as: 'subset' } }))).toEqual([
      'error figures[0].part.of: no figure of this report is called "all"; give the whole that "id"',
    ]);
    const circle = [
      figureOf({ id: 'a', part: { of: 'b', as: 'subset' } }),
      figureOf({ id: 'b', part: { of: 'a', as: 'subset' } }),
    ];
    expect(await saidOf(...circle)).toEqual([
      'error figures[0].part.of: "b" is in turn a part of this figure; take one of the two out',
      'error figures[1].part.of: "a" is in turn a part of this figure; take one of the two out',
    ]);
    expect(await saidOf(figureOf({ id: 'a' }), figureOf({ id: 'a' }))).toEqual([
      'error figures[1].id: another figure of this report is already called "a"',
    ]);
  });

  it('refuses a subset larger than its whole, and doubts one larger than an open whole', async () => {
    const children = figureOf({ low: 11, high: 11, part: { of: 'all', as: 'subset' } });
    expect(await saidOf(figureOf({ id: 'all' }), children)).toEqual([
      'error figures[1].low: this subset is 11, more than its whole "all" (10)',
    ]);
    expect(await saidOf(figureOf({ id: 'all', qualifier: 'at_least', high: null }), children)).toEqual([
      'warning figures[1].low: this subset is 11, more than its whole "all" (at_least 10)',
    ]);
  });

  it('keeps a partition that does not add up and says so; a rest is no mistake', async () => {
    const whole = figureOf({ id: 'all', qualifier: 'at_least', low: 12, high: null });
    const others = { group: { status: 'civilian' } };
    expect(
      await saidOf(
        whole,
        part(3, { group: { status: 'combatant' } }),
        part(10, { qualifier: 'at_least', high: null, ...others }),
      ),
    ).toEqual([
      'warning figures[0]: inconsistent: its parts add up to 13, more than 12; kept as published (check the parts, or mark them as "subset")',
    ]);
    expect(await saidOf(whole, part(3, { group: { status: 'combatant' } }), part(5, others))).toEqual([]);
    // A rounded whole is contradicted by nothing.
    const about = figureOf({ id: 'all', qualifier: 'about' });
    expect(await saidOf(about, part(7, { group: { status: 'combatant' } }), part(8, others))).toEqual([]);
  });

  it('refuses two breakdowns of one figure, children among its parts, and parts of another measure', async () => {
    const whole = figureOf({ id: 'all' });
    const scope = { from: '2024-11-27', to: '2024-11-27', area: 'ford' };
    expect(
      await saidOf(
        whole,
        part(3, { group: { status: 'civilian' } }),
        part(7, { group: { status: 'combatant' } }),
        part(5, { scope }),
      ),
    ).toEqual([
      'error figures[3].part: may count the same people as figures[1], another part of "all"; a figure has one breakdown: mark the parts of a second one as "subset"',
      'warning figures[0]: inconsistent: its parts add up to 15, more than 10; kept as published (check the parts, or mark them as "subset")',
    ]);
    expect(await saidOf(whole, part(3, { group: { age: 'child' } }))).toEqual([
      'error figures[1].part.as: children and women are among the others, so that they do not add up with them; write "subset"',
    ]);
    expect(await saidOf(whole, part(3, { measure: 'injured' }))).toEqual([
      'error figures[1].measure: injured is no part of a number of killed; take "part" out',
    ]);
  });

  it.each([
    ['low above high', { qualifier: 'range', low: 9, high: 4 }, 'qualifier: range needs low < high'],
    ['a negative number', { low: -1, high: -1 }, 'low: must not be negative'],
    ['half a person', { low: 2.5, high: 2.5 }, 'low: must be a whole number, but is 2.5'],
    ['more than there are people', { low: 1e12, high: 1e12 }, 'low: is larger than any figure we record'],
    [
      '"at most" with a lower bound',
      { qualifier: 'at_most', low: 1, high: 9 },
      'qualifier: at_most needs high and no low (low: null; the lower bound is unknown, not 0)',
    ],
    [
      'a best number outside of its range',
      { qualifier: 'range', low: 1, high: 9, best: 10 },
      'best: must lie between low and high',
    ],
    ['a best number of no range', { best: 10 }, 'best: only a range has a best number; exact has none'],
    [
      'a scope that ends before it starts',
      { scope: { from: '2024-11-27', to: '2024-11-26' } },
      'scope.to: the scope ends before it starts',
    ],
    ['an as-of before the scope starts', { asOf: '2024-11-26' }, 'asOf: is before the scope of the figure starts'],
    [
      'unknown as 0',
      { qualifier: 'unknown', low: 0, high: 0 },
      'qualifier: unknown has low: null and high: null; unknown is never 0',
    ],
  ])('refuses %s, and names the field and what would be right', async (_, change, message) => {
    expect(await saidOf(figureOf(change as Parameters<typeof figureOf>[0]))).toContain(`error figures[0].${message}`);
  });
});
