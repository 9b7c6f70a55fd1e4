import { readable } from '../asking/asking.ts';
import type { Asker } from '../asking/command.ts';
import { allow } from '../asking/desk.ts';
import type { Reading } from '../asking/reading.ts';
import type { Document, Piece } from '../briefing/document.ts';
import { said, strong, text } from '../briefing/tell.ts';
import { figureWords } from '../curation/diff.ts';
import { differencesOf, gist } from '../curation/preview.ts';
import { isOfSituation, newSources } from '../curation/proposal.ts';
import { decide, withSources } from '../curation/records.ts';
import type { Draft } from '../desk/record.ts';
import { shortName } from '../picture/registry.ts';
import { contentOf } from './content.ts';
import { EMPTY } from './empty.ts';
import { benchOf } from './opened.ts';
import { reportsOf } from './reports.ts';
import { DRAFTS, mention } from './show.ts';

interface Listed {
  readonly id: string;
  readonly gist: string;
  readonly draft: Draft;
}

const gistOf = (draft: Draft): string => {
  try {
    return gist(contentOf(draft).proposal);
  } catch {
    return 'of another version';
  }
};

/** Drafts that the asker may see here: what waits, and his own; none of a situation that he may not read. */
export async function draftsFor(reading: Reading, asker: Asker): Promise<readonly Listed[]> {
  const { desks, guild } = benchOf(reading, asker);
  await allow('draft.list', { desk: guild, status: 'active' }, reading, asker);
  const slugs = new Set((await readable(reading, asker)).map((p) => p.situation.slug));
  const all = await desks.drafts(guild, 'saved', 'submitted', 'approved', 'rejected');
  return all
    .filter((d) => d.situation === null || slugs.has(d.situation))
    .filter((d) => d.state === 'submitted' || d.state === 'approved' || d.author === asker.user)
    .map((draft) => ({ id: draft.id, gist: gistOf(draft), draft }));
}

const MOST_DIFFERENCES = 6;
const MOST_BUTTONS = 10;

async function rowsOf({ draft, id, gist: words }: Listed, reading: Reading): Promise<readonly (readonly Piece[])[]> {
  const head: readonly Piece[] = [
    strong(id),
    text(` ${draft.situation === null ? '' : `${draft.situation}: `}`),
    said(words),
    text(', by '),
    mention(draft.author),
    text(' — '),
    { type: 'command', path: DRAFTS, line: `${DRAFTS} draft:${id}` },
  ];
  const back: readonly (readonly Piece[])[] =
    draft.state === 'rejected' && draft.decided?.reason !== undefined
      ? [[strong('Sent back'), text(': '), said(draft.decided.reason)]]
      : [];
  try {
    const { proposal } = contentOf(draft);
    const picture = isOfSituation(proposal) ? await reading.archive.picture(proposal.situation) : EMPTY;
    const known = { picture: picture ?? EMPTY, registry: reading.archive.registry() };
    const decided = decide(proposal, known);
    if ('refused' in decided) return [head, ...back, [text('↳ '), said(decided.refused.say)]];
    const told = reportsOf(proposal) ?? [];
    const figures = told.flatMap((r) => (r.figures ?? []).map((f) => [text('↳ '), said(figureWords(f, known))]));
    if (proposal.kind === 'entry.add')
      return [head, ...back, [text('↳ '), said(proposal.entry.headline)], ...figures.slice(0, MOST_DIFFERENCES)];
    if (proposal.kind === 'report.add') {
      const { originator, says } = proposal.report;
      const who = shortName(withSources(known.registry, newSources(proposal)), originator);
      const line = [text('↳ '), strong(who), ...(says === undefined ? [] : [text(': '), said(says)])];
      return [head, ...back, line, ...figures.slice(0, MOST_DIFFERENCES)];
    }
    const diff = differencesOf(known, { ...decided, author: draft.author, at: draft.changed });
    return [
      head,
      ...back,
      ...diff
        .slice(0, MOST_DIFFERENCES)
        .map(({ field, old, is }): readonly Piece[] => [
          text(`↳ ${field}: `),
          ...(old === undefined ? [] : [said(old), text(' → ')]),
          is === undefined ? text('(taken out)') : said(is),
        ]),
    ];
  } catch {
    return [head];
  }
}

/** What waits for a reviewer with old → new, and the asker's own drafts. */
export async function composeWaiting(reading: Reading, asker: Asker): Promise<Document> {
  const all = await draftsFor(reading, asker);
  const part = async (id: string, heading: string, some: readonly Listed[]) => ({
    id,
    heading: `${heading} (${some.length})`,
    lines: [],
    rows: (await Promise.all(some.map((one) => rowsOf(one, reading)))).flat(),
  });
  const waiting = all.filter((l) => l.draft.state === 'submitted' || l.draft.state === 'approved');
  const own = all.filter((l) => l.draft.state === 'saved' || l.draft.state === 'rejected');
  const sections = [
    ...(waiting.length > 0 ? [await part('waiting', 'Waiting for a reviewer', waiting)] : []),
    ...(own.length > 0 ? [await part('own', 'Your drafts', own)] : []),
  ];
  return {
    kind: 'review',
    title: 'Review',
    subtitle: ['Drafts are seen by editors of this desk alone. The reviewer is not the author.'],
    sections:
      sections.length > 0 ? sections : [{ id: 'empty', lines: [], notes: ['Nothing waits, and you have no drafts.'] }],
    footer: [],
    // Nothing is approved unseen: each opens with its buttons.
    follows: [...waiting, ...own].slice(0, MOST_BUTTONS).map(({ id }) => ({
      label: `Open ${id}`,
      command: DRAFTS,
      args: { draft: id },
    })),
  };
}
