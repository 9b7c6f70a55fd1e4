import type { Asker, Shown } from '../asking/command.ts';
import type { Reading } from '../asking/reading.ts';
import { guardsOf, unanswered } from '../curation/guards.ts';
import { decide } from '../curation/records.ts';
import { demand } from '../desk/may.ts';
import { UserError } from '../errors.ts';
import type { Provenance } from '../model/record.ts';
import { REGISTRY_STREAM, situationStream } from '../model/record.ts';
import type { Picture } from '../picture/picture.ts';
import type { Opened } from './opened.ts';
import { allowProposal, isReady, openDraft, provenance } from './opened.ts';
import { recordedDocument, showDraft } from './show.ts';

/** Somebody else's change, or something a guard saw, came between the preview and the saving: the person looks again. */
class LookAgain extends Error {}

/**
 * Records an opened draft where readers see it: one durable append to the stream of its situation. It is decided anew from
 * what is known at that moment. Gives the seqs; done once, a second time gives those of the first.
 */
async function record(opened: Opened, reading: Reading, by: Provenance): Promise<readonly number[]> {
  const { desks, guild, draft, proposal, content, picture, now } = opened;
  const key = `draft/${guild}/${draft.id}`;
  const from = { author: draft.author, key };
  const decideNow = async () => {
    const registry = reading.archive.registry();
    const here = picture && (await reading.archive.picture(picture.situation.slug));
    const known = { picture: here ?? opened.known.picture, registry };
    const decided = decide(proposal, known, by);
    if ('refused' in decided) throw new LookAgain();
    if (unanswered(guardsOf(decided, known, now.toISOString()), content.overruled).length > 0) throw new LookAgain();
    return { decided, known };
  };
  const fresh = 'refused' in opened.decided ? [] : opened.decided.sources;
  if (fresh.length > 0) {
    // Before the report that cites it. A source of which nothing is told yet does no harm if the rest fails.
    const last = (await desks.records(REGISTRY_STREAM)).at(-1);
    const seqs = await desks.write(REGISTRY_STREAM, { ...from, key: `${key}/source` }, async () => {
      const { decided } = await decideNow();
      return { seq: reading.archive.registry().seq, at: last?.at ?? '', records: decided.sources };
    });
    if (!picture) return seqs;
  }
  if (!picture) return [];
  return desks.write(situationStream(picture.situation.slug), from, async () => {
    const { decided, known } = await decideNow();
    return { seq: known.picture.seq, at: known.picture.at, records: decided.records };
  });
}

/** The entries that these records touched. */
function touchedBy(picture: Picture, seqs: readonly number[]): readonly string[] {
  const ids = new Set<string>();
  for (const { seq, what } of picture.touches.since((seqs[0] ?? 0) - 1)) {
    if (seq > (seqs.at(-1) ?? 0)) break;
    if (typeof what === 'string') ids.add(what);
    else if ('link' in what) for (const end of [what.link.from, what.link.to]) ids.add(end);
  }
  return [...ids];
}

/** What a draft became if it was recorded before, and only that was lost. */
export async function recordedBefore({ desks, guild, draft }: Opened): Promise<readonly number[] | undefined> {
  const found = (await desks.chat(guild)).filter((r) => r.by.draft === draft.id && r.situation === draft.situation);
  return found.length > 0 ? found.map(({ seq }) => seq) : undefined;
}

async function finish(opened: Opened, reading: Reading, asker: Asker, extra: Partial<Provenance> = {}): Promise<Shown> {
  const { picture, desks, by, draft } = opened;
  let seqs: readonly number[] | undefined;
  try {
    seqs = await record(opened, reading, { ...provenance(opened), ...extra });
  } catch (thrown) {
    if (!(thrown instanceof LookAgain)) throw thrown;
    // Its own entry looks to the guards like the same event.
    seqs = await recordedBefore(opened);
    if (!seqs) return showDraft(await openDraft(draft.id, reading, asker), asker.user, true);
  }
  // Off the answer's way. If it fails the draft can be saved once more, which finds that it is recorded and comes here again.
  desks.applied(by, draft.id, seqs).catch(() => undefined);
  const after = picture && (await reading.archive.picture(picture.situation.slug));
  const known = { picture: after ?? opened.known.picture, registry: reading.archive.registry() };
  const before = extra.breaking === undefined ? 'Recorded: ' : 'Recorded without a second person: ';
  return {
    show: recordedDocument(opened, known, picture ? touchedBy(known.picture, seqs) : [], before),
    inPlace: true,
  };
}

/** Saves the asker's own draft: it is recorded, or waits for a reviewer where the desk wants that. */
export async function saveDraft(id: string, reading: Reading, asker: Asker): Promise<Shown> {
  const opened = await openDraft(id, reading, asker);
  const { draft, picture, proposal, is, desks, by } = opened;
  demand('draft.submit', asker, is, { author: draft.author, draft: draft.state });
  await allowProposal(proposal, picture, reading, asker);
  if (draft.state !== 'saved')
    throw new UserError(
      `Draft ${id} ${draft.state === 'rejected' ? 'was sent back: edit it first' : 'was saved already'}.`,
    );
  if (!isReady(opened) && !(await recordedBefore(opened))) return showDraft(opened, asker.user, true);
  if (!opened.waits) return finish(opened, reading, asker);
  await desks.submit(by, id);
  return showDraft(await openDraft(id, reading, asker), asker.user, true);
}

/** Approves somebody else's draft, which is recorded then; or finishes the recording of one that was approved. */
export async function approveDraft(id: string, reading: Reading, asker: Asker): Promise<Shown> {
  const opened = await openDraft(id, reading, asker);
  const { draft, is, desks, by, picture, proposal } = opened;
  const approved = draft.state === 'approved';
  demand('draft.approve', asker, is, { author: draft.author, draft: approved ? 'submitted' : draft.state });
  if (picture?.situation.status === 'closed') await allowProposal(proposal, picture, reading, asker);
  if (!approved) {
    // What somebody changed meanwhile is its author's to decide on.
    if (!isReady(opened)) return showDraft(opened, asker.user, true);
    await desks.approve(by, id);
  }
  const approvedBy = (approved ? draft.decided?.by : undefined) ?? asker.user;
  return finish(opened, reading, asker, {
    approvedBy,
    ...(draft.breaking !== undefined && { breaking: draft.breaking }),
  });
}

/** An admin lets his own draft pass without a second person; the record says so. */
export async function breakDraft(id: string, reason: string, reading: Reading, asker: Asker): Promise<Shown> {
  const opened = await openDraft(id, reading, asker);
  const { draft, is, desks, by, picture, proposal } = opened;
  demand('draft.override', asker, is, { author: draft.author, draft: draft.state });
  await allowProposal(proposal, picture, reading, asker);
  if (!isReady(opened)) return showDraft(opened, asker.user, true);
  await desks.approve(by, id, { breaking: reason });
  return finish(opened, reading, asker, { breaking: reason });
}
