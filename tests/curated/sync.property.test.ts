import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Curated } from '../../src/curated/load.ts';
import { readSituation } from '../../src/curated/read-situation.ts';
import { readSources } from '../../src/curated/read-sources.ts';
import { syncCurated } from '../../src/curated/sync.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { memoryLedger } from '../../src/ledger/memory-ledger.ts';
import { CURATED } from '../../src/model/record.ts';
import { fold, liveReports } from '../../src/picture/picture.ts';
import { type EntryText, entry, report, type SituationText, situation, sources } from './fixture.ts';
import { STREAM, situationRecords } from './records.ts';

/** The fixture as if it had been loaded, without going by way of the disk. */
function curatedOf(file: SituationText): Curated {
  const registry = readSources(sources());
  const { value, findings } = readSituation(file, 'situations/river-2024.json', registry.value?.names);
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  if (!value || !registry.value) throw new Error('the generated file is not valid');
  return { registry: registry.value, situations: [value], problems: [] };
}

const hour = (h: number): string => new Date(Date.parse('2024-11-27T10:00:00Z') + h * 3_600_000).toISOString();
const someHour = fc.integer({ min: 0, max: 20 });
const word = fc.constantFrom('one', 'two', 'three');

const arbitraryReport = (id: string) =>
  fc
    .record({ recorded: someHour, withdrawn: fc.option(someHour), credibility: fc.integer({ min: 1, max: 2 }) })
    .map(({ recorded, withdrawn, credibility }) =>
      report(id, {
        recorded: hour(recorded),
        credibility,
        ...(withdrawn !== null && { withdrawn: { recorded: hour(recorded + withdrawn), reason: 'relay_error' } }),
      }),
    );

const arbitraryEntry = (id: string): fc.Arbitrary<EntryText> =>
  fc
    .record({
      headline: word,
      reports: fc
        .tuple(...[1, 2, 3].map((n) => arbitraryReport(`${id}.${n}`)))
        .chain((all) => fc.subarray(all, { minLength: 1 })),
      history: fc.uniqueArray(fc.tuple(fc.integer({ min: 21, max: 30 }), word), { maxLength: 2, selector: ([h]) => h }),
      retracted: fc.option(fc.integer({ min: 21, max: 30 }), { freq: 4 }),
    })
    .map(({ headline, reports, history, retracted }) =>
      entry(id, {
        headline,
        reports,
        history: history.map(([h, was]) => ({ recorded: hour(h), reason: 'our_error', was: { headline: was } })),
        ...(retracted !== null && { retracted: { recorded: hour(retracted), reason: 'duplicate' } }),
      }),
    );

const arbitraryFile: fc.Arbitrary<SituationText> = fc
  .record({
    entries: fc.tuple(...[1, 2, 3, 4, 10].map((n) => arbitraryEntry(`E${n}`))).chain((all) => fc.shuffledSubarray(all)),
    title: word,
    state: fc.constantFrom('suggested' as const, 'confirmed' as const),
    linked: fc.boolean(),
  })
  .map(({ entries, title, state, linked }) => {
    const file = situation();
    const [a, b] = entries;
    return {
      ...file,
      situation: { ...file.situation, title },
      entries,
      links: linked && a && b ? [{ from: a.id, to: b.id, type: 'same_as', state }] : [],
    };
  });

/** What the file says when all of it is due: entry → headline and live reports; retracted ones are not in it. */
const standing = ({ situation: head, entries, links }: SituationText) => ({
  title: head.title,
  entries: Object.fromEntries(
    entries
      .filter(({ retracted }) => retracted === undefined)
      .map(({ id, headline, reports }) => [
        id,
        [
          headline,
          ...reports
            .filter(({ withdrawn }) => !withdrawn)
            .map((r) => `${r.id} ${r.credibility}`)
            .toSorted(),
        ],
      ]),
  ),
  links: links.map(({ from, to, state }) => [from, to, state]),
});

/** The same of the ledger, from what the sync wrote alone. */
async function standingIn(ledger: Ledger) {
  const ours = (await ledger.read(STREAM)).filter(({ author }) => author === CURATED);
  const picture = fold(situationRecords(ours));
  return {
    title: picture?.situation.title,
    entries: Object.fromEntries(
      [...(picture?.entries ?? [])]
        .filter(([, { retracted }]) => retracted === undefined)
        .map(([id, state]) => [
          id,
          [
            state.entry.headline,
            ...liveReports(state)
              .map((r) => `${r.id} ${r.credibility}`)
              .toSorted(),
          ],
        ]),
    ),
    links: picture?.links.map(({ link: { from, to, state } }) => [from, to, state]),
  };
}

/** What the sync wrote, without the time at which it came. */
const kinds = async (from: Ledger) =>
  (await from.read(STREAM)).filter(({ author }) => author === CURATED).map(({ kind, body }) => ({ kind, body }));

describe('syncing whatever is edited', { timeout: 60_000 }, () => {
  it('what the sync wrote says what the file says, and a second sync writes nothing', async () => {
    const edits = fc.array(fc.record({ file: arbitraryFile, chat: fc.boolean() }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(edits, fc.boolean(), async (steps, replay) => {
        const ledger = memoryLedger();
        for (const [day, { file, chat }] of steps.entries()) {
          const now = `2024-12-0${day + 1}T00:00:00.000Z`;
          const request = { ledger, curated: curatedOf(file), now, replay };
          expect((await syncCurated(request)).failed).toEqual([]);
          expect(await standingIn(ledger)).toEqual(standing(file));
          const id = file.entries[0]?.id;
          const body = { entry: { id, headline: 'edited in chat' }, reason: 'our_error' };
          if (chat && id !== undefined)
            await ledger.append(STREAM, await ledger.head(STREAM), [
              { at: now, author: 'discord:7', kind: 'entry.amended', body },
            ]);
          const head = await ledger.head(STREAM);
          const again = await syncCurated(request);
          expect(again.situations[0]).toMatchObject({ records: 0, added: 0, amended: 0, retracted: 0, collisions: [] });
          expect([await ledger.head(STREAM), again.registry]).toEqual([head, 0]);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('a replay in steps writes the records of a load at once', async () => {
    const moments = fc.array(fc.integer({ min: -3, max: 60 }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(arbitraryFile, moments, async (file, hours) => {
        const curated = curatedOf(file);
        const [stepped, atOnce] = [memoryLedger(), memoryLedger()];
        for (const h of [...hours.toSorted((a, b) => a - b), 61])
          await syncCurated({ ledger: stepped, curated, now: hour(h), replay: true });
        await syncCurated({ ledger: atOnce, curated, now: hour(61) });
        for (const stream of [STREAM, 'sources'])
          expect(JSON.stringify(await stepped.read(stream))).toBe(JSON.stringify(await atOnce.read(stream)));
      }),
      { numRuns: 60 },
    );
  });

  it('a replay goes on between the records of chat, and time never runs backwards', async () => {
    await fc.assert(
      fc.asyncProperty(
        arbitraryFile,
        fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 5 }),
        async (file, hours) => {
          const curated = curatedOf(file);
          const ledger = memoryLedger();
          for (const h of [...hours.toSorted((a, b) => a - b), 61]) {
            await syncCurated({ ledger, curated, now: hour(h), replay: true });
            const head = await ledger.head(STREAM);
            const body = { id: 'E99', reason: 'our_error' };
            // Chat is a while ahead of what is synced next: what was due meanwhile comes after it.
            if (head > 0)
              await ledger.append(STREAM, head, [
                { at: hour(h + 5), author: 'discord:7', kind: 'entry.retracted', body },
              ]);
          }
          const atOnce = memoryLedger();
          await syncCurated({ ledger: atOnce, curated, now: hour(61) });
          expect(await kinds(ledger)).toEqual(await kinds(atOnce));
        },
      ),
    );
  });
});
