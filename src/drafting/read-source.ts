import type { ReadForm } from '../asking/command.ts';
import type { Reading } from '../asking/reading.ts';
import { readLink } from '../curation/link.ts';
import type { Proposal } from '../curation/proposal.ts';
import { tidy } from '../curation/text.ts';
import type { Source } from '../model/source.ts';
import { SOURCE_KINDS, source as sourceSchema } from '../model/source.ts';
import { kept, ownDraft } from './acts.ts';
import { checkedContent } from './content.ts';
import { EMPTY } from './empty.ts';
import { freeId, lineIn, neededIn, shortEnough } from './fields.ts';
import { filledOnly, oneIn, partyOrNone } from './filled.ts';
import { benchOf } from './opened.ts';

import type { Args } from './read-setting.ts';

export const source: ReadForm<Reading> = async (filled, args, reading, asker) => {
  const { guild } = benchOf(reading, asker);
  const opened = args['draft'] === undefined ? undefined : await ownDraft(args['draft'], reading, asker);
  const before =
    opened?.proposal.kind === 'source.add' || opened?.proposal.kind === 'source.amend' ? opened.proposal : undefined;
  const registry = reading.archive.registry();
  const known = { registry };
  const was =
    before?.kind === 'source.amend'
      ? before.was
      : args['was'] === undefined
        ? undefined
        : sourceSchema.parse(JSON.parse(args['was']));
  const base = before?.source ?? was;
  const name = neededIn(filled, 'name', 'The name', 120);
  const about = lineIn(filled, 'about');
  const made = filledOnly({
    ...(base ?? { id: freeId(name, known), verifies: false, languages: [], desk: guild }),
    name,
    about: about === undefined ? undefined : shortEnough(about, 'What it is', 160),
    kind: oneIn(filled, 'kind', SOURCE_KINDS),
    party: partyOrNone(filled, { ...known, picture: EMPTY }),
    reliability: oneIn(filled, 'reliability', ['A', 'B', 'C', 'D', 'E', 'F']),
    ...optionsOf(args),
  }) as Source;
  const proposal: Proposal = was ? { kind: 'source.amend', source: made, was } : { kind: 'source.add', source: made };
  return kept(checkedContent({ proposal, overruled: [] }), opened?.draft.id, reading, asker);
};

/** Fields of a source that were options of the command. */
function optionsOf(args: Args): Partial<Source> {
  const languages = args['languages']?.split(/[\s,]+/).filter((l) => l !== '');
  return {
    ...(args['short'] !== undefined && { short: shortEnough(tidy(args['short']), 'The short name', 40) }),
    ...(args['site'] !== undefined && { url: readLink(args['site']) }),
    ...(args['verifies'] !== undefined && { verifies: args['verifies'] === 'true' }),
    ...(languages && { languages }),
  };
}
