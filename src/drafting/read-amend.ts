import type { ReadForm } from '../asking/command.ts';
import type { Filled } from '../asking/form.ts';
import type { Reading } from '../asking/reading.ts';
import type { Known } from '../briefing/tell.ts';
import type { Proposal } from '../curation/proposal.ts';
import { tidy } from '../curation/text.ts';
import { UserError } from '../errors.ts';
import type { EntryCore } from '../model/entry.ts';
import { ENTRY_KINDS, SEVERITIES, STATUSES } from '../model/entry.ts';
import type { Picture } from '../picture/picture.ts';
import { aboutIn } from './about.ts';
import { kept } from './acts.ts';
import { checkedContent } from './content.ts';
import { lineIn, neededIn, placeOrNone, spanIn } from './fields.ts';
import type { Setting } from './filled.ts';
import { detailIn, entryValues, oneIn, whyIn } from './filled.ts';
import type { Values } from './form-fields.ts';
import { drafting, only, pick, settingOf } from './read-setting.ts';

/** The situation as a form showed it: at the record that was the last when the form was opened. */
export async function pictureAt(basis: number, known: Known, reading: Reading): Promise<Picture> {
  const { picture } = known;
  return (await reading.archive.picture(picture.situation.slug, { seq: basis })) ?? picture;
}

/** Only what was changed in the form: what it showed and got back is nobody's change. */
export const changed = (filled: Filled, name: string, shown: Values): boolean =>
  lineIn(filled, name) !== (tidy(shown[name] ?? '') || undefined);

export interface Patch {
  readonly set: Record<string, unknown>;
  readonly clear: string[];
}
export const patchInto = (patch: Patch, name: string, value: unknown): void => {
  if (value === undefined) patch.clear.push(name);
  else patch.set[name] = value;
};

type AmendEntry = Extract<Proposal, { kind: 'entry.amend' }>;
type Fields = Readonly<
  Record<string, (filled: Filled, setting: Setting, was: EntryCore) => readonly [field: string, value: unknown]>
>;

const amending =
  (fields: Fields): ReadForm<Reading> =>
  async (filled, args, reading, asker) => {
    const setting = await settingOf(filled, args, reading, asker);
    const before = setting.opened && only(setting.opened, 'entry.amend');
    const id = before?.id ?? args['entry'] ?? '';
    const basis = before?.basis ?? Number(args['basis'] ?? 0);
    const then = await pictureAt(basis, setting.known, reading);
    const was = then.entries.get(id)?.entry;
    if (!was) throw new UserError(`There is no entry “${id.slice(0, 20)}”.`);
    const shown = entryValues(was, { ...setting.known, picture: then });
    // What another form of this draft said stays.
    const touched = new Set(Object.keys(fields).map((name) => FIELD[name] ?? name));
    const patch: Patch = {
      set: Object.fromEntries(Object.entries(before?.set ?? {}).filter(([name]) => !touched.has(name))),
      clear: (before?.clear ?? []).filter((name) => !touched.has(name)),
    };
    for (const [name, read] of Object.entries(fields)) {
      if (!changed(filled, name, shown) && !(name === 'status' && changed(filled, 'because', shown))) continue;
      const [field, value] = read(filled, setting, was);
      patchInto(patch, field, value);
    }
    const proposal = {
      kind: 'entry.amend',
      situation: setting.known.picture.situation.slug,
      id,
      basis,
      ...whyIn(filled),
      ...patch,
    } as AmendEntry;
    if (Object.keys(patch.set).length === 0 && patch.clear.length === 0)
      throw new UserError(`Nothing of ${id} was changed in the form.`, 'Change what should read differently.');
    const { content } = setting.opened ?? {};
    return kept(
      checkedContent({ proposal, overruled: content?.overruled ?? [] }),
      setting.opened?.draft.id,
      reading,
      asker,
    );
  };

const FIELD: Readonly<Record<string, string>> = { when: 'occurred', where: 'place', status: 'override' };

export const amend = amending({
  headline: (filled) => ['headline', neededIn(filled, 'headline', 'The headline', 200)],
  when: (filled, { known, now }) => [
    'occurred',
    spanIn(neededIn(filled, 'when', 'The time', 60), known.picture.situation, now),
  ],
  where: (filled, { known }) => ['place', placeOrNone(lineIn(filled, 'where'), known)],
});
export const amendMore = amending({
  severity: (filled) => ['severity', oneIn(filled, 'severity', SEVERITIES)],
  kind: (filled) => ['kind', oneIn(filled, 'kind', ENTRY_KINDS)],
  detail: (filled) => ['detail', detailIn(filled)],
});
export const amendAbout = amending({
  parties: (filled, { known }) => ['parties', aboutIn.parties(filled, known)],
  category: (filled) => ['category', aboutIn.category(filled)],
  tags: (filled) => ['tags', aboutIn.tags(filled)],
  sensitive: (filled) => ['sensitive', aboutIn.sensitive(filled)],
});
export const amendStatus = amending({
  status: (filled) => {
    const status = oneIn(filled, 'status', ['computed', ...STATUSES]);
    return [
      'override',
      status === 'computed' ? undefined : { status, reason: neededIn(filled, 'because', 'Why the desk says so', 200) },
    ];
  },
});

export const why = drafting((filled, args, { opened, known }) => {
  if (opened) {
    const { proposal } = opened;
    if (!('reason' in proposal)) throw new UserError('This form belongs to another draft.');
    const { note: _note, ...rest } = proposal;
    return { ...rest, ...whyIn(filled) };
  }
  const kinds = ['entry.retract', 'entry.restore', 'report.withdraw', 'report.restore'] as const;
  const kind = pick(args['kind'], kinds, 'entry.retract');
  return {
    kind,
    situation: known.picture.situation.slug,
    id: args['id'] ?? '',
    basis: Number(args['basis'] ?? 0),
    ...whyIn(filled),
  };
});
