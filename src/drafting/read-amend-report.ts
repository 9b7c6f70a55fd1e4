import type { ReadForm } from '../asking/command.ts';
import type { Filled } from '../asking/form.ts';
import type { Reading } from '../asking/reading.ts';
import type { Proposal } from '../curation/proposal.ts';
import { UserError } from '../errors.ts';
import { STANCES } from '../model/entry.ts';
import { entryOf } from '../model/record.ts';
import type { Source } from '../model/source.ts';
import { kept } from './acts.ts';
import { checkedContent } from './content.ts';
import { lineIn, neededIn, sourceIn } from './fields.ts';
import type { Setting } from './filled.ts';
import {
  credibilityIn,
  hedgeIn,
  languageIn,
  linkIn,
  oneIn,
  publishedIn,
  quoteIn,
  reportValues,
  saysIn,
  titleIn,
  whyIn,
} from './filled.ts';
import type { Patch } from './read-amend.ts';
import { changed, patchInto, pictureAt } from './read-amend.ts';
import { only, settingOf, sourcesWith, withNew } from './read-setting.ts';

/** A field of the report, its value, and the source that comes with it where it names a new one. */
type Read = readonly [field: string, value: unknown, source?: Source | undefined];
type Fields = Readonly<Record<string, (filled: Filled, setting: Setting) => Read>>;

const FIELD: Readonly<Record<string, string>> = { who: 'originator', link: 'url' };

/** Reads a form by which a report is amended: only what was changed in it. */
const amending =
  (fields: Fields): ReadForm<Reading> =>
  async (filled, args, reading, asker) => {
    const bare = await settingOf(filled, args, reading, asker);
    const before = bare.opened && only(bare.opened, 'report.amend');
    const setting = withNew(bare, before);
    const id = before?.id ?? args['report'] ?? '';
    const basis = before?.basis ?? Number(args['basis'] ?? 0);
    const then = await pictureAt(basis, setting.known, reading);
    const was = then.entries.get(entryOf(id))?.reports.find((r) => r.report.id === id)?.report;
    if (!was) throw new UserError(`There is no report “${id.slice(0, 20)}”.`);
    const shown = reportValues(was, { ...setting.known, picture: then });
    // What another form of this draft said stays, and so do its figures.
    const touched = new Set(Object.keys(fields).map((name) => FIELD[name] ?? name));
    const patch: Patch = {
      set: Object.fromEntries(Object.entries(before?.set ?? {}).filter(([name]) => !touched.has(name))),
      clear: (before?.clear ?? []).filter((name) => !touched.has(name)),
    };
    let fresh: Source | undefined;
    for (const [name, read] of Object.entries(fields)) {
      if (!changed(filled, name, shown)) continue;
      const [field, value, source] = read(filled, setting);
      fresh ??= source;
      patchInto(patch, field, value);
    }
    const used = [patch.set['originator'], patch.set['publisher']] as (string | undefined)[];
    const { reason, note = before?.note } = whyIn(filled);
    const proposal = {
      kind: 'report.amend',
      situation: setting.known.picture.situation.slug,
      id,
      basis,
      reason,
      ...(note !== undefined && { note }),
      ...patch,
      sources: sourcesWith(fresh, before?.sources ?? [], used),
    } as Proposal;
    return kept(
      checkedContent({ proposal, overruled: bare.opened?.content.overruled ?? [] }),
      bare.opened?.draft.id,
      reading,
      asker,
    );
  };

export const amendReport = amending({
  who: (filled, { known, desk }) => {
    const { id, source } = sourceIn(neededIn(filled, 'who', 'Who says so', 140), known, desk);
    return ['originator', id, source];
  },
  link: (filled) => ['url', linkIn(filled)],
  published: (filled, setting) => ['published', publishedIn(filled, setting)],
  says: (filled) => ['says', saysIn(filled)],
});
export const amendCarrier = amending({
  publisher: (filled, { known, desk }) => {
    const written = lineIn(filled, 'publisher');
    if (written === undefined) return ['publisher', undefined];
    const { id, source } = sourceIn(written, known, desk);
    return ['publisher', id, source];
  },
  quote: (filled) => ['quote', quoteIn(filled)],
  hedge: (filled) => ['hedge', hedgeIn(filled)],
  credibility: (filled) => ['credibility', credibilityIn(filled)],
});
export const amendStance = amending({
  stance: (filled) => ['stance', oneIn(filled, 'stance', STANCES)],
  title: (filled) => ['title', titleIn(filled)],
  language: (filled) => ['language', languageIn(filled)],
});
