import { partyIn } from '../asking/asking.ts';
import type { Filled } from '../asking/form.ts';
import type { Known } from '../briefing/tell.ts';
import { tidy } from '../curation/text.ts';
import { UserError } from '../errors.ts';
import type { EntryCore } from '../model/entry.ts';
import { PARTY_ROLES } from '../model/entry.ts';
import { lineIn } from './fields.ts';
import { oneIn, optional } from './filled.ts';

/** Lines “Name (role)”; a name alone is only mentioned. */
function partiesIn(filled: Filled, known: Known): EntryCore['parties'] {
  const lines = (filled['parties'] ?? []).join('\n').split(/[\n;]/);
  const all = lines.flatMap((written) => {
    const text = tidy(written).replace(/[,.]$/, '');
    if (text === '') return [];
    const [, name = text, role] = /^(.*?)\s*\(([^()]*)\)$/.exec(text) ?? [];
    const is = role === undefined ? 'mentioned' : PARTY_ROLES.find((one) => one === role.trim().toLowerCase());
    // A name may end with brackets of its own.
    if (is === undefined && /^[a-z ]+$/.test(role ?? ''))
      throw new UserError(
        `“${(role ?? '').slice(0, 40)}” is no role of a party.`,
        `Write ${PARTY_ROLES.join(', ')} in the brackets.`,
      );
    return [{ party: partyIn(known, is === undefined ? text : name), role: is ?? ('mentioned' as const) }];
  });
  return [...new Map(all.map((one) => [`${one.party} ${one.role}`, one])).values()];
}

function tagsIn(filled: Filled): string[] {
  const written = (lineIn(filled, 'tags') ?? '').toLowerCase().split(/[,;]/);
  const tags = written.map((tag) => tag.trim().replace(/^#/, '').replace(/\s+/g, '-')).filter((tag) => tag !== '');
  const bad = tags.find((tag) => !/^[a-z0-9][a-z0-9-]{0,39}$/.test(tag));
  if (bad !== undefined)
    throw new UserError(
      `“${bad.slice(0, 60)}” cannot be a tag.`,
      'Tags are words of a–z and digits, at most 40 of them, joined by hyphens.',
    );
  return [...new Set(tags)];
}

/** What an entry is about, each part read when it is asked for. */
export const aboutIn = {
  parties: partiesIn,
  category: (filled: Filled): string | undefined => optional(filled, 'category', 'The category', 40),
  tags: tagsIn,
  sensitive: (filled: Filled): true | undefined =>
    oneIn(filled, 'sensitive', ['no', 'yes']) === 'yes' ? true : undefined,
};
