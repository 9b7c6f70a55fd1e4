import { findSituation, readable } from '../asking/asking.ts';
import type { Asker } from '../asking/command.ts';
import { allow, standingAt } from '../asking/desk.ts';
import type { Reading } from '../asking/reading.ts';
import type { Known } from '../briefing/tell.ts';
import type { Finding } from '../curation/guards.ts';
import { guardsOf, unanswered } from '../curation/guards.ts';
import type { Proposal } from '../curation/proposal.ts';
import { isOfSituation } from '../curation/proposal.ts';
import type { Decided } from '../curation/records.ts';
import { decide } from '../curation/records.ts';
import { waits } from '../curation/review.ts';
import type { By, Desks } from '../desk/desks.ts';
import { noDraft } from '../desk/desks.ts';
import type { About, Action, Standing } from '../desk/may.ts';
import { demand } from '../desk/may.ts';
import type { Draft } from '../desk/record.ts';
import { UserError } from '../errors.ts';
import type { Provenance } from '../model/record.ts';
import type { Situation } from '../model/situation.ts';
import type { Picture } from '../picture/picture.ts';
import type { Content } from './content.ts';
import { contentOf } from './content.ts';
import { EMPTY } from './empty.ts';

const ACTION: Readonly<Record<Proposal['kind'], Action>> = {
  'entry.add': 'entry.add',
  'report.add': 'entry.report',
  'entry.amend': 'entry.amend',
  'report.amend': 'entry.amend',
  'entry.retract': 'entry.retract',
  'report.withdraw': 'entry.retract',
  'entry.restore': 'entry.restore',
  'report.restore': 'entry.restore',
  'link.add': 'entry.link',
  'link.remove': 'entry.link',
  'source.add': 'source.add',
  'source.amend': 'source.amend',
};

/** Where a person of a desk works: its guild, and who does it. */
export interface Bench {
  readonly desks: Desks;
  readonly guild: string;
  readonly by: By;
}

/** Throws UserError where nobody can curate: in a direct message, in the console. */
export function benchOf({ desks }: Reading, asker: Asker): Bench {
  const { guild, user, key } = asker;
  if (guild === null || !desks)
    throw new UserError('Nothing can be recorded here.', 'Use the command in the server of the desk.');
  return { desks, guild, by: { guild, author: user, key } };
}

/** What a source belongs to: those of the curated files to the desks that own these. */
const ownerOf = (proposal: Proposal, guild: string): Pick<Situation, 'desk' | 'status'> => {
  if (proposal.kind !== 'source.amend') return { desk: guild, status: 'active' };
  const { desk } = proposal.was;
  return { ...(desk !== undefined && { desk }), status: 'active' };
};

/** Passes where the asker may propose this now. */
export async function allowProposal(
  proposal: Proposal,
  picture: Picture | undefined,
  reading: Reading,
  asker: Asker,
  about?: About,
): Promise<void> {
  const owner = picture?.situation ?? ownerOf(proposal, asker.guild ?? '');
  await allow(ACTION[proposal.kind], owner, reading, asker, about);
}

/** A draft with all that bears on it at this moment. */
export interface Opened extends Bench {
  readonly draft: Draft;
  readonly content: Content;
  readonly proposal: Proposal;
  /** Undefined where it is about sources. */
  readonly picture: Picture | undefined;
  readonly known: Known;
  readonly is: Standing;
  /** As it would be recorded now. */
  readonly decided: Decided;
  readonly findings: readonly Finding[];
  /** Findings without a reason. */
  readonly open: readonly Finding[];
  /** Whether the rule of the desk asks for a second person. */
  readonly waits: boolean;
  readonly now: Date;
}

/** Whether it can be recorded as it is; else the preview says why not. */
export const isReady = ({ decided, open }: Pick<Opened, 'decided' | 'open'>): boolean =>
  !('refused' in decided) && open.length === 0;

/** It was approved, and what came in between does not let it be recorded: somebody sends it back. */
export const isStuck = (opened: Opened): boolean => opened.draft.state === 'approved' && !isReady(opened);

export function provenance({ guild, draft, content }: Pick<Opened, 'guild' | 'draft' | 'content'>): Provenance {
  return { desk: guild, draft: draft.id, ...(content.overruled.length > 0 && { overruled: content.overruled }) };
}

/** A draft, for one who may see it now: its author, and once it was sent the editors of the desk. Others learn nothing of it. */
export async function openDraft(id: string, reading: Reading, asker: Asker): Promise<Opened> {
  const bench = benchOf(reading, asker);
  // Who is no editor here hears the same of a draft that is there and of one that is not.
  await allow('draft.list', { desk: bench.guild, status: 'active' }, reading, asker);
  const draft = await bench.desks.draft(bench.guild, id);
  const isMine = draft?.author === asker.user;
  if (!draft || (!isMine && (draft.state === 'saved' || draft.state === 'discarded'))) throw noDraft(id);
  // Nor may a draft tell that there is a situation that the asker may not read.
  if (draft.situation !== null && !(await isReadable(draft.situation, reading, asker))) throw noDraft(id);
  return openedWith(draft, contentOf(draft), bench, reading, asker);
}

const isReadable = async (slug: string, reading: Reading, asker: Asker): Promise<boolean> =>
  (await readable(reading, asker)).some(({ situation }) => situation.slug === slug);

export async function openedWith(
  draft: Draft,
  content: Content,
  bench: Bench,
  reading: Reading,
  asker: Asker,
): Promise<Opened> {
  const { proposal } = content;
  const picture = isOfSituation(proposal) ? await findSituation(proposal.situation, reading, asker) : undefined;
  const registry = reading.archive.registry();
  const known = { picture: picture ?? EMPTY, registry };
  const is = await standingAt(picture?.situation ?? ownerOf(proposal, bench.guild), reading, asker);
  demand('draft.list', asker, is);
  const { review } = await bench.desks.settings(bench.guild);
  const decided = decide(proposal, known, provenance({ guild: bench.guild, draft, content }));
  const now = reading.now();
  const findings = 'refused' in decided ? [] : guardsOf(decided, known, now.toISOString());
  return {
    ...bench,
    draft,
    content,
    proposal,
    picture,
    known,
    is,
    decided,
    findings,
    open: unanswered(findings, content.overruled),
    waits: waits(proposal, review, picture),
    now,
  };
}

/** Stores the content of a draft, a new one or with `id` that of one which its author has not sent; gives it opened. */
export async function keep(content: Content, id: string | undefined, reading: Reading, asker: Asker): Promise<Opened> {
  const bench = benchOf(reading, asker);
  const { proposal } = content;
  const picture = isOfSituation(proposal) ? await findSituation(proposal.situation, reading, asker) : undefined;
  await allowProposal(proposal, picture, reading, asker);
  const draft = await bench.desks.saveDraft(bench.by, {
    ...(id !== undefined && { id }),
    situation: picture?.situation.slug ?? null,
    content,
  });
  return openedWith(draft, contentOf(draft), bench, reading, asker);
}
