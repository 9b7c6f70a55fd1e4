import type { Shown } from '../asking/command.ts';
import type { Act, Document, Follow, Piece, Section } from '../briefing/document.ts';
import type { Known } from '../briefing/tell.ts';
import { entryLine, namer, said, text } from '../briefing/tell.ts';
import { changesSince, composePreview, gist } from '../curation/preview.ts';
import { isOfSituation } from '../curation/proposal.ts';
import { entryOf } from '../model/record.ts';
import type { Candidate } from './figures.ts';
import { candidateWords, figuresIn } from './figures.ts';
import type { Opened } from './opened.ts';
import { isStuck } from './opened.ts';
import { publishedOf, reportsOf } from './reports.ts';

/** The leaf that shows drafts: it carries all their buttons and forms. */
export const DRAFTS = 'review show';

export const mention = (id: string): Piece => ({ type: 'mention', of: 'user', id, text: `user ${id}` });

const rejected = ({ draft: { decided } }: Opened): string =>
  `It was sent back${decided?.reason === undefined ? '.' : `: ${decided.reason}`}`;

function stateWords(opened: Opened, user: string): readonly string[] {
  const { draft, waits, picture } = opened;
  const zone = picture?.situation.zone;
  const times = zone === undefined ? [] : [`Times are those of ${zone}.`];
  switch (draft.state) {
    case 'saved':
    case 'rejected':
      if (draft.author !== user) return [rejected(opened), 'Its author can change it, and send it anew.', ...times];
      return [
        ...(draft.state === 'rejected' ? [rejected(opened)] : []),
        'Only you see this. Nothing is recorded before you save it.',
        ...(waits ? ['By the rule of this desk a second person looks at it before readers see it.'] : []),
        ...times,
      ];
    case 'submitted':
      return ['It waits for a reviewer. Readers do not see it yet.', ...times];
    case 'approved':
      return [
        isStuck(opened)
          ? 'It was approved, and cannot be recorded as it is: a reviewer can send it back to its author.'
          : 'It was approved, and is being recorded.',
        ...times,
      ];
    case 'applied':
      return ['It has been recorded.'];
    case 'discarded':
      return ['It was discarded.'];
  }
}

const act = (label: string, name: string, id: string, style?: Act['style']): Act => ({
  label,
  act: `${DRAFTS} ${name}`,
  args: { draft: id },
  ...(style && { style }),
});

/** What the asker can do with it now. Each is asked anew when it is pressed. */
function actsOf(opened: Opened, user: string, left: boolean): readonly Act[] {
  const { draft, open, decided, waits, is, proposal } = opened;
  const { id, state } = draft;
  const mine = draft.author === user;
  const admin = is === 'admin';
  const refused = 'refused' in decided ? decided.refused : undefined;
  if (state === 'approved' && is !== 'editor')
    return [
      // What is recorded, and only not noted as such, looks to the guards like the same event.
      act('Finish recording', 'approve', id, 'success'),
      ...(isStuck(opened) && !mine ? [act('Reject …', 'reject', id, 'danger')] : []),
    ];
  if (state === 'submitted' && !mine)
    return is === 'editor' ? [] : [act('Approve', 'approve', id, 'success'), act('Reject …', 'reject', id, 'danger')];
  if (state === 'submitted')
    return [...(admin ? [act('Publish now …', 'breaking', id)] : []), act('Discard', 'discard', id, 'danger')];
  if (!mine || (state !== 'saved' && state !== 'rejected')) return [];
  const offer = open.find((f) => f.offer !== undefined)?.offer;
  const save = waits ? 'Send for review' : 'Save';
  return [
    ...(refused?.why === 'changed' && isOfSituation(proposal)
      ? [act('Keep mine on top of it', 'rebase', id, 'primary')]
      : []),
    ...(refused ? [] : [open.length > 0 ? act(`${save} anyway …`, 'overrule', id) : act(save, 'save', id, 'success')]),
    ...(refused || offer === undefined
      ? []
      : [{ ...act(`Add it to ${offer} as a report`, 'move', id, 'primary'), args: { draft: id, entry: offer } }]),
    ...(proposal.kind === 'link.add' ? [] : [act('Edit', 'edit', id)]),
    ...(reportsOf(proposal) ? [act('Figures', 'figures', id, left ? 'primary' : undefined)] : []),
    ...(proposal.kind === 'entry.add'
      ? [act('Details', 'details', id), act('Parties, tags', 'about', id), act('Carrier, quote', 'more', id)]
      : []),
    ...(proposal.kind === 'report.add' ? [act('Details', 'more', id)] : []),
    ...(refused || !waits || !admin || open.length > 0 ? [] : [act('Publish now …', 'breaking', id)]),
    act('Cancel', 'discard', id, 'danger'),
  ];
}

/** Figures in the pasted text that were not taken over. */
function unread({ content, known, guild, proposal, draft }: Opened): readonly Candidate[] {
  const { pasted } = content;
  if (pasted === undefined || draft.state === 'submitted') return [];
  const taken = new Set(
    (reportsOf(proposal) ?? []).flatMap((r) =>
      (r.figures ?? []).map(({ measure, low, high, word }) => JSON.stringify({ measure, low, high, word })),
    ),
  );
  return figuresIn(pasted, known, guild, publishedOf(proposal)).filter(
    ({ figure: { measure, low, high, word } }) => !taken.has(JSON.stringify({ measure, low, high, word })),
  );
}

const leftOut = (left: readonly Candidate[], known: Known): readonly Section[] =>
  left.length === 0
    ? []
    : [
        {
          id: 'read',
          heading: 'Read in the text, not taken over',
          lines: [],
          rows: left.slice(0, 12).map((c): readonly Piece[] => [said(candidateWords(c, known))]),
          notes: ['“Figures” takes them over, each as you choose.'],
        },
      ];

function meanwhile({ known, proposal, decided }: Opened): readonly (readonly Piece[])[] {
  if (
    !('refused' in decided) ||
    decided.refused.why !== 'changed' ||
    !isOfSituation(proposal) ||
    !('basis' in proposal)
  )
    return [];
  const ids = 'link' in proposal ? [proposal.link.from, proposal.link.to] : [entryOf(`${proposal.id}.`)];
  return ids.flatMap((id) => {
    const state = known.picture.entries.get(id);
    return state ? changesSince(known, state, proposal.basis) : [];
  });
}

/** The preview of a draft with its buttons. */
export function draftDocument(opened: Opened, user: string): Document {
  const { draft, proposal, known, picture, decided, findings, content, now } = opened;
  const refused = 'refused' in decided ? decided.refused : undefined;
  const made = 'refused' in decided ? { records: [], sources: [] } : decided;
  const left = unread(opened);
  const done = draft.state === 'applied' || draft.state === 'discarded';
  const from: readonly (readonly Piece[])[] = draft.author === user ? [] : [[text('By '), mention(draft.author)]];
  const document = composePreview(
    picture ? known : { registry: known.registry },
    { ...(done ? { records: [], sources: [] } : made), author: draft.author, at: now.toISOString() },
    {
      draft: draft.id,
      proposal,
      findings: done ? [] : findings,
      overruled: content.overruled,
      meanwhile: meanwhile(opened),
      ...(refused && !done && { refused: [refused.say, refused.hint].filter((s) => s !== undefined).join(' ') }),
      state: stateWords(opened, user),
      more: done
        ? []
        : [...(from.length > 0 ? [{ id: 'author', lines: [], rows: from }] : []), ...leftOut(left, known)],
    },
  );
  return { ...document, acts: actsOf(opened, user, left.length > 0) };
}

export const showDraft = (opened: Opened, user: string, inPlace = false): Shown => ({
  show: draftDocument(opened, user),
  again: { path: DRAFTS, args: { draft: opened.draft.id } },
  ...(inPlace && { inPlace }),
});

/** What was recorded, as it is told from now on. */
export function recordedDocument(opened: Opened, known: Known, ids: readonly string[], before: string): Document {
  const { draft, proposal, picture } = opened;
  const name = namer(known);
  const follows: readonly Follow[] = ids.slice(0, 1).flatMap((entry) => {
    const args = { situation: known.picture.situation.slug, entry };
    return [
      { label: `Entry ${entry}`, command: 'entry show', args },
      { label: 'History', command: 'entry history', args },
    ];
  });
  return {
    kind: 'draft',
    title: `${picture?.situation.title ?? 'Sources'}: recorded${ids.length > 0 ? ` as ${ids.join(', ')}` : ''}`,
    subtitle: [`${before}${gist(proposal)} (draft ${draft.id}).`],
    sections: [
      {
        id: 'line',
        lines: ids.flatMap((id) => {
          const state = known.picture.entries.get(id);
          return state ? [entryLine(known, state, name)] : [];
        }),
        ...(ids.length === 0 && { notes: ['It holds from now on.'] }),
      },
    ],
    footer: [],
    ...(follows.length > 0 && { follows }),
  };
}
