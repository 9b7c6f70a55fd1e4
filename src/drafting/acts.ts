import type { Act, Asker, Shown } from '../asking/command.ts';
import type { Form } from '../asking/form.ts';
import type { Reading } from '../asking/reading.ts';
import { isOfSituation, newSources } from '../curation/proposal.ts';
import { basisOf } from '../curation/records.ts';
import { demand } from '../desk/may.ts';
import { UserError } from '../errors.ts';
import { entryOf } from '../model/record.ts';
import type { Content } from './content.ts';
import { candidateWords, figuresIn } from './figures.ts';
import { entryValues, reportValues, sourceValues } from './filled.ts';
import {
  aboutForm,
  amendAboutForm,
  amendCarrierForm,
  amendForm,
  amendMoreForm,
  amendReportForm,
  amendStanceForm,
  amendStatusForm,
  detailsForm,
  eventForm,
  figuresForm,
  moreForm,
  overruleForm,
  reasonForm,
  sourceForm,
  tellingForm,
  whyForm,
} from './forms.ts';
import { figureChoices } from './offered.ts';
import type { Opened } from './opened.ts';
import { isStuck, keep, openDraft } from './opened.ts';
import { publishedOf, reportsOf } from './reports.ts';
import { approveDraft, saveDraft } from './save.ts';
import { showDraft } from './show.ts';

/** A draft that the asker may still change: his own, and not sent. */
export async function ownDraft(id: string, reading: Reading, asker: Asker): Promise<Opened> {
  const opened = await openDraft(id, reading, asker);
  const { draft, is } = opened;
  demand('draft.edit', asker, is, { author: draft.author, draft: draft.state });
  if (draft.state === 'saved' || draft.state === 'rejected') return opened;
  throw new UserError(
    `Draft ${id} can no longer be changed: it ${draft.state === 'submitted' ? 'waits for a reviewer' : `was ${draft.state}`}.`,
  );
}

const idIn = ({ draft }: Readonly<Record<string, string>>): string => {
  if (draft !== undefined) return draft;
  throw new UserError('This button names no draft.', 'Open the draft with /review show.');
};

/** The form of what a draft proposes, filled with what it says. */
function editForm({ proposal, known, draft }: Opened): Form {
  const args = { draft: draft.id };
  const fresh = newSources(proposal);
  switch (proposal.kind) {
    case 'entry.add': {
      const [first] = proposal.reports;
      return eventForm(args, {
        ...entryValues(proposal.entry, known),
        ...(first && reportValues(first, known, fresh)),
      });
    }
    case 'report.add':
      return tellingForm(args, reportValues(proposal.report, known, fresh));
    case 'entry.amend': {
      const now = known.picture.entries.get(proposal.id)?.entry;
      const cleared = Object.fromEntries(proposal.clear.map((name) => [name, undefined]));
      const values = {
        ...(now && entryValues({ ...now, ...proposal.set, ...cleared } as typeof now, known)),
        reason: proposal.reason,
        note: proposal.note,
      };
      const touched = new Set([...Object.keys(proposal.set), ...proposal.clear]);
      if (touched.has('override')) return amendStatusForm(args, values);
      if (['parties', 'category', 'tags', 'sensitive'].some((name) => touched.has(name)))
        return amendAboutForm(args, values);
      return ['severity', 'kind', 'detail'].some((name) => touched.has(name))
        ? amendMoreForm(args, values)
        : amendForm(args, values);
    }
    case 'report.amend': {
      const now = known.picture.entries
        .get(entryOf(proposal.id))
        ?.reports.find((r) => r.report.id === proposal.id)?.report;
      const cleared = Object.fromEntries(proposal.clear.map((name) => [name, undefined]));
      const values = now && reportValues({ ...now, ...proposal.set, ...cleared } as typeof now, known, fresh);
      const all = { ...values, reason: proposal.reason, note: proposal.note };
      const touched = new Set<string>([...Object.keys(proposal.set), ...proposal.clear]);
      if (['publisher', 'quote', 'hedge', 'credibility'].some((name) => touched.has(name)))
        return amendCarrierForm(args, all);
      return ['stance', 'title', 'language'].some((name) => touched.has(name))
        ? amendStanceForm(args, all)
        : amendReportForm(args, all);
    }
    case 'source.add':
    case 'source.amend':
      return sourceForm(args, sourceValues(proposal.source, known));
    case 'link.add':
      throw new UserError(
        'A link has nothing to edit.',
        'Discard this draft, and link the entries anew with /entry link.',
      );
    default:
      return whyForm(args, { reason: proposal.reason, note: proposal.note }, 'Why?');
  }
}

/** Stores another content of a draft and shows it in place of what stood there. */
export async function kept(content: Content, id: string | undefined, reading: Reading, asker: Asker): Promise<Shown> {
  return showDraft(await keep(content, id, reading, asker), asker.user, id !== undefined);
}

const act =
  (
    run: (id: string, reading: Reading, asker: Asker, args: Readonly<Record<string, string>>) => Promise<Shown | Form>,
  ): Act<Reading> =>
  (args, reading, asker) =>
    run(idIn(args), reading, asker, args);

/** What the buttons of a draft do. Each asks anew who may, and what the draft is by now. */
export const DRAFT_ACTS: Readonly<Record<string, Act<Reading>>> = {
  save: act(saveDraft),
  approve: act(approveDraft),
  edit: act(async (id, reading, asker) => editForm(await ownDraft(id, reading, asker))),
  details: act(async (id, reading, asker) => {
    const { proposal, known } = await ownDraft(id, reading, asker);
    const fresh = newSources(proposal);
    if (proposal.kind === 'entry.add') {
      const [first] = proposal.reports;
      return detailsForm(
        { draft: id },
        { ...entryValues(proposal.entry, known), ...(first && reportValues(first, known, fresh)) },
      );
    }
    // Buttons of earlier messages.
    if (proposal.kind === 'report.add') return moreForm({ draft: id }, reportValues(proposal.report, known, fresh));
    throw new UserError('This draft has no details of its own.', 'Use Edit.');
  }),
  more: act(async (id, reading, asker) => {
    const { proposal, known } = await ownDraft(id, reading, asker);
    const report =
      proposal.kind === 'entry.add'
        ? proposal.reports[0]
        : proposal.kind === 'report.add'
          ? proposal.report
          : undefined;
    if (!report) throw new UserError('This draft tells nothing new.', 'Use Edit.');
    return moreForm({ draft: id }, reportValues(report, known, newSources(proposal)));
  }),
  about: act(async (id, reading, asker) => {
    const { proposal, known } = await ownDraft(id, reading, asker);
    if (proposal.kind !== 'entry.add') throw new UserError('This draft is no new entry.', 'Use Edit.');
    return aboutForm({ draft: id }, entryValues(proposal.entry, known));
  }),
  figures: act(async (id, reading, asker) => {
    const opened = await ownDraft(id, reading, asker);
    if (!reportsOf(opened.proposal)) throw new UserError('This draft holds no report, and so no figures.');
    const options = figureChoices(opened);
    const { content, known, guild, proposal } = opened;
    const read = content.pasted === undefined ? [] : figuresIn(content.pasted, known, guild, publishedOf(proposal));
    const words =
      read.length > options.length
        ? read
            .slice(options.length)
            .map((c) => candidateWords(c, known))
            .join('\n')
        : undefined;
    return figuresForm({ draft: id, seq: String(opened.draft.seq) }, options, words?.slice(0, 1000));
  }),
  overrule: act(async (id, reading, asker) => {
    const { open } = await ownDraft(id, reading, asker);
    if (open.length === 0) return showDraft(await openDraft(id, reading, asker), asker.user, true);
    const seen = JSON.stringify(open.map(({ guard, saw }) => ({ guard, saw })));
    return overruleForm(
      { draft: id, seen: seen.slice(0, 6000) },
      open.map(({ saw }) => saw),
    );
  }),
  rebase: act(async (id, reading, asker) => {
    const { content, proposal, picture } = await ownDraft(id, reading, asker);
    if (!isOfSituation(proposal) || !('basis' in proposal) || !picture)
      throw new UserError('This draft stands on nothing that could change.');
    return kept({ ...content, proposal: { ...proposal, basis: basisOf(picture, proposal) } }, id, reading, asker);
  }),
  move: act(async (id, reading, asker, { entry = '' }) => {
    const { content, proposal, picture } = await ownDraft(id, reading, asker);
    const state = picture?.entries.get(entry);
    const [first] = proposal.kind === 'entry.add' ? proposal.reports : [];
    if (proposal.kind !== 'entry.add' || !state || !first)
      throw new UserError(`There is no entry “${entry.slice(0, 20)}” to which it could be added.`);
    const { situation, sources } = proposal;
    const report = { ...first, says: first.says ?? proposal.entry.headline };
    const moved = { kind: 'report.add' as const, situation, id: entry, basis: state.changed.seq, report, sources };
    return kept({ ...content, proposal: moved, overruled: [] }, id, reading, asker);
  }),
  discard: act(async (id, reading, asker) => {
    const { draft, is, desks, by } = await openDraft(id, reading, asker);
    demand('draft.discard', asker, is, { author: draft.author, draft: draft.state });
    await desks.discard(by, id);
    return showDraft(await openDraft(id, reading, asker), asker.user, true);
  }),
  reject: act(async (id, reading, asker) => {
    const opened = await openDraft(id, reading, asker);
    const { draft, is } = opened;
    demand('draft.reject', asker, is, { author: draft.author, draft: isStuck(opened) ? 'submitted' : draft.state });
    return reasonForm('reject', { draft: id });
  }),
  breaking: act(async (id, reading, asker) => {
    const { draft, is } = await openDraft(id, reading, asker);
    demand('draft.override', asker, is, { author: draft.author, draft: draft.state });
    return reasonForm('breaking', { draft: id });
  }),
};
