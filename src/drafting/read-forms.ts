import type { Reading } from '../asking/asking.ts';
import { findSituation } from '../asking/asking.ts';
import type { Asker, ReadForm, Shown } from '../asking/command.ts';
import type { Filled } from '../asking/form.ts';
import { readLink } from '../curation/link.ts';
import type { Proposal, ReportFields } from '../curation/proposal.ts';
import { newSources } from '../curation/proposal.ts';
import type { Known } from '../curation/records.ts';
import { withSources } from '../curation/records.ts';
import { tidy } from '../curation/text.ts';
import { demand } from '../desk/may.ts';
import { UserError } from '../errors.ts';
import type { EntryCore, Report } from '../model/entry.ts';
import { ENTRY_KINDS, REASONS, SEVERITIES, STANCES, STATUSES } from '../model/entry.ts';
import { entryOf } from '../model/record.ts';
import type { Source } from '../model/source.ts';
import { SOURCE_KINDS, source as sourceSchema } from '../model/source.ts';
import { localDay } from '../model/time.ts';
import type { Picture } from '../picture/picture.ts';
import { kept, ownDraft } from './acts.ts';
import { checkedContent } from './content.ts';
import { EMPTY } from './empty.ts';
import {
  freeId,
  languageOf,
  lineIn,
  momentIn,
  neededIn,
  placeOrNone,
  shortEnough,
  sourceIn,
  spanIn,
} from './fields.ts';
import { figuresTyped, readText } from './figures.ts';
import type { Setting } from './filled.ts';
import {
  entryValues,
  eventIn,
  filledOnly,
  linkIn,
  moreIn,
  oneIn,
  partyOrNone,
  publishedIn,
  reportValues,
  saysIn,
  tellerIn,
  whyIn,
} from './filled.ts';
import type { Values } from './forms.ts';
import { withFigures } from './offered.ts';
import type { Opened } from './opened.ts';
import { benchOf, openDraft } from './opened.ts';
import { publishedOf } from './reports.ts';
import { breakDraft, saveDraft } from './save.ts';
import { showDraft } from './show.ts';

type Args = Readonly<Record<string, string>>;

/** Where a form is read: that of its draft, or of the situation that its command named. */
async function settingOf(
  filled: Filled,
  args: Args,
  reading: Reading,
  asker: Asker,
): Promise<Setting & { readonly opened?: Opened }> {
  const { guild } = benchOf(reading, asker);
  const now = reading.now();
  if (args['draft'] !== undefined) {
    const opened = await ownDraft(args['draft'], reading, asker);
    return { known: opened.known, desk: guild, now, opened };
  }
  const picture = await findSituation(args['situation'] ?? filled['situation']?.[0] ?? '', reading, asker);
  return { known: { picture, registry: reading.archive.registry() }, desk: guild, now };
}

/** A form's reader: a draft with another content, shown. */
const drafting =
  (
    make: (filled: Filled, args: Args, setting: Setting & { readonly opened?: Opened }) => Proposal | Promise<Proposal>,
    pasted?: (args: Args) => string | undefined,
  ) =>
  async (filled: Filled, args: Args, reading: Reading, asker: Asker): Promise<Shown> => {
    const setting = await settingOf(filled, args, reading, asker);
    const { opened } = setting;
    const proposal = await make(filled, args, setting);
    const text = opened ? opened.content.pasted : pasted?.(args);
    const content = checkedContent({
      proposal,
      ...(text !== undefined && { pasted: text }),
      overruled: opened?.content.overruled ?? [],
    });
    return kept(content, opened?.draft.id, reading, asker);
  };

const only = <K extends Proposal['kind']>(opened: Opened | undefined, ...kinds: readonly K[]) => {
  const proposal = opened?.proposal;
  if (proposal && (kinds as readonly string[]).includes(proposal.kind))
    return proposal as Extract<Proposal, { kind: K }>;
  throw new UserError('This form belongs to another draft.', 'Open the draft with /review show.');
};

const sourcesWith = (
  source: Source | undefined,
  before: readonly Source[],
  used: readonly (string | undefined)[],
): Source[] =>
  [...new Map([...before, ...(source ? [source] : [])].map((s) => [s.id, s])).values()].filter((s) =>
    used.includes(s.id),
  );

/** A setting in which the sources that a draft registers can be named already. */
const withNew = <S extends Setting>(setting: S, proposal: Proposal | undefined): S =>
  proposal
    ? { ...setting, known: { ...setting.known, registry: withSources(setting.known.registry, newSources(proposal)) } }
    : setting;

const instant = (date: Date): string => `${date.toISOString().slice(0, 19)}Z`;

/** When a report was published, if nobody says: with the message that was taken over, else today. */
const publishedBy = ({ published }: Args, { known, now }: Setting): string => {
  const { situation } = known.picture;
  return published === undefined ? localDay(instant(now), situation.zone) : momentIn(published, situation, now);
};

/** How the text says that this source says so, and who carried it. */
function sayingOf(
  text: string | undefined,
  originator: string,
  { known, desk }: Setting,
  published: string,
): Pick<ReportFields, 'stance' | 'publisher'> {
  if (text === undefined) return { stance: 'reports' };
  const said = readText(text, known, desk, published).attributions.find((a) => a.originator.source === originator);
  const publisher = said?.publisher?.source;
  return {
    stance: said?.stance ?? 'reports',
    ...(publisher !== undefined && publisher !== originator && { publisher }),
  };
}

const event = drafting(
  (filled, args, bare) => {
    const setting = withNew(bare, bare.opened?.proposal);
    const { originator, source, url, headline, occurred, place } = eventIn(filled, setting);
    if (bare.opened) {
      const proposal = only(bare.opened, 'entry.add');
      const [first, ...rest] = proposal.reports;
      const entry = filledOnly({ ...proposal.entry, headline, occurred, place });
      const reports = [
        filledOnly({ ...(first as ReportFields), originator, url }),
        ...rest.map((r) => filledOnly({ ...r, url })),
      ];
      const used = reports.flatMap((r) => [r.originator, r.publisher]);
      return { ...proposal, entry, reports, sources: sourcesWith(source, proposal.sources, used) };
    }
    const { text } = args;
    const published = publishedBy(args, setting);
    const where =
      place ??
      (args['menu'] === undefined || text === undefined
        ? undefined
        : readText(text, setting.known, setting.desk, published).place?.id);
    return {
      kind: 'entry.add',
      situation: setting.known.picture.situation.slug,
      entry: filledOnly({
        kind: pick(args['kind'], ENTRY_KINDS, 'event'),
        headline,
        occurred,
        place: where,
        parties: [],
        severity: pick(args['severity'], SEVERITIES, 'routine'),
        tags: [],
      }),
      reports: [
        filledOnly({
          originator,
          url,
          published,
          language: languageOf(text ?? headline),
          ...sayingOf(text, originator, setting, published),
          credibility: Number(pick(args['credibility'], ['1', '2', '3', '4', '5', '6'], '6')),
          figures: [],
        }),
      ],
      sources: source ? [source] : [],
    };
  },
  ({ text }) => text,
);

const pick = <T extends string>(value: string | undefined, all: readonly T[], otherwise: T): T =>
  all.find((one) => one === value) ?? otherwise;

const telling = drafting(
  (filled, args, bare) => {
    const setting = withNew(bare, bare.opened?.proposal);
    const { originator, source, url } = tellerIn(filled, setting);
    const fields = {
      originator,
      url,
      published: publishedIn(filled, setting),
      says: saysIn(filled),
      stance: oneIn(filled, 'stance', STANCES),
    };
    if (bare.opened) {
      const proposal = only(bare.opened, 'report.add');
      const report = filledOnly({ ...proposal.report, ...fields });
      return {
        ...proposal,
        report,
        sources: sourcesWith(source, proposal.sources, [originator, report.publisher]),
      };
    }
    return {
      kind: 'report.add',
      situation: setting.known.picture.situation.slug,
      id: args['entry'] ?? '',
      basis: Number(args['basis'] ?? 0),
      report: filledOnly({
        ...fields,
        language: languageOf(args['text'] ?? fields.says ?? ''),
        credibility: 6,
        figures: [],
      }),
      sources: source ? [source] : [],
    };
  },
  ({ text }) => text,
);

const details = drafting((filled, _args, setting) => {
  const proposal = only(setting.opened, 'entry.add');
  const [first, ...rest] = proposal.reports;
  const published = publishedIn(filled, setting);
  const report = {
    ...(first as ReportFields),
    published,
    stance: oneIn(filled, 'stance', STANCES),
    says: saysIn(filled),
  };
  const entry = {
    ...proposal.entry,
    severity: oneIn(filled, 'severity', SEVERITIES),
    kind: oneIn(filled, 'kind', ENTRY_KINDS),
  };
  return { ...proposal, entry, reports: [filledOnly(report), ...rest.map((r) => ({ ...r, published }))] };
});

const more = drafting((filled, _args, bare) => {
  const proposal = only(bare.opened, 'report.add');
  const { source, ...fields } = moreIn(filled, withNew(bare, proposal));
  const report = filledOnly({ ...proposal.report, ...fields });
  return {
    ...proposal,
    report,
    sources: sourcesWith(source, proposal.sources, [report.originator, report.publisher]),
  };
});

/** The entry or report as its form showed it: at the record that was the last when the form was opened. */
async function pictureAt(basis: number, known: Known, reading: Reading): Promise<Picture> {
  const { picture } = known;
  return (await reading.archive.picture(picture.situation.slug, { seq: basis })) ?? picture;
}

/** Only what was changed in the form: what it showed and got back is nobody's change. */
const changed = (filled: Filled, name: string, shown: Values): boolean =>
  lineIn(filled, name) !== (tidy(shown[name] ?? '') || undefined);

interface Patch {
  readonly set: Record<string, unknown>;
  readonly clear: string[];
}
const patchInto = (patch: Patch, name: string, value: unknown): void => {
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

const amend = amending({
  headline: (filled) => ['headline', neededIn(filled, 'headline', 'The headline', 200)],
  when: (filled, { known, now }) => [
    'occurred',
    spanIn(neededIn(filled, 'when', 'The time', 60), known.picture.situation, now),
  ],
  where: (filled, { known }) => ['place', placeOrNone(lineIn(filled, 'where'), known)],
});
const amendMore = amending({
  severity: (filled) => ['severity', oneIn(filled, 'severity', SEVERITIES)],
  kind: (filled) => ['kind', oneIn(filled, 'kind', ENTRY_KINDS)],
  detail: (filled) => {
    const text = lineIn(filled, 'detail');
    return ['detail', text === undefined ? undefined : shortEnough(text, 'The detail', 1000)];
  },
});
const amendStatus = amending({
  status: (filled) => {
    const status = oneIn(filled, 'status', ['computed', ...STATUSES]);
    return [
      'override',
      status === 'computed' ? undefined : { status, reason: neededIn(filled, 'because', 'Why the desk says so', 200) },
    ];
  },
});

const amendReport: ReadForm<Reading> = async (filled, args, reading, asker) => {
  const bare = await settingOf(filled, args, reading, asker);
  const before = bare.opened && only(bare.opened, 'report.amend');
  const setting = withNew(bare, before);
  const id = before?.id ?? args['report'] ?? '';
  const basis = before?.basis ?? Number(args['basis'] ?? 0);
  const then = await pictureAt(basis, setting.known, reading);
  const was: Report | undefined = then.entries.get(entryOf(id))?.reports.find((r) => r.report.id === id)?.report;
  if (!was) throw new UserError(`There is no report “${id.slice(0, 20)}”.`);
  const shown = reportValues(was, { ...setting.known, picture: then });
  const { figures } = before?.set ?? {};
  const patch: Patch = { set: figures ? { figures } : {}, clear: [] };
  let source: Source | undefined;
  if (changed(filled, 'who', shown)) {
    const named = sourceIn(neededIn(filled, 'who', 'Who says so', 140), setting.known, setting.desk);
    source = named.source;
    patchInto(patch, 'originator', named.id);
  }
  if (changed(filled, 'link', shown)) patchInto(patch, 'url', linkIn(filled));
  if (changed(filled, 'published', shown)) patchInto(patch, 'published', publishedIn(filled, setting));
  if (changed(filled, 'says', shown)) patchInto(patch, 'says', saysIn(filled));
  const proposal = {
    kind: 'report.amend',
    situation: setting.known.picture.situation.slug,
    id,
    basis,
    reason: oneIn(filled, 'reason', REASONS),
    ...(before?.note !== undefined && { note: before.note }),
    ...patch,
    sources: sourcesWith(source, before?.sources ?? [], [patch.set['originator'] as string | undefined]),
  } as Proposal;
  return kept(
    checkedContent({ proposal, overruled: bare.opened?.content.overruled ?? [] }),
    bare.opened?.draft.id,
    reading,
    asker,
  );
};

const why = drafting((filled, args, { opened, known }) => {
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

const figures: ReadForm<Reading> = async (filled, args, reading, asker) => {
  const opened = await ownDraft(args['draft'] ?? '', reading, asker);
  if (String(opened.draft.seq) !== args['seq'])
    throw new UserError('The draft was changed since this form was opened.', 'Press Figures again.');
  const line = (filled['more'] ?? []).join('\n');
  const typed = figuresTyped(line, opened.known, opened.guild, publishedOf(opened.proposal));
  const proposal = withFigures(opened, filled['taken'] ?? [], typed);
  return kept(checkedContent({ ...opened.content, proposal }), opened.draft.id, reading, asker);
};

const overrule: ReadForm<Reading> = async (filled, args, reading, asker) => {
  const id = args['draft'] ?? '';
  const { content, open } = await ownDraft(id, reading, asker);
  const reason = neededIn(filled, 'reason', 'The reason', 300);
  // Only what was shown: something that a guard sees since then asks anew.
  const shown = open.filter(({ guard, saw }) => (args['seen'] ?? '').includes(JSON.stringify({ guard, saw })));
  const overruled = [...content.overruled, ...shown.map(({ guard, saw }) => ({ guard, saw, reason }))];
  await kept({ ...content, overruled }, id, reading, asker);
  return saveDraft(id, reading, asker);
};

const reject: ReadForm<Reading> = async (filled, args, reading, asker) => {
  const id = args['draft'] ?? '';
  const { draft, is, desks, by } = await openDraft(id, reading, asker);
  demand('draft.reject', asker, is, { author: draft.author, draft: draft.state });
  await desks.reject(by, id, neededIn(filled, 'reason', 'The reason', 300));
  return showDraft(await openDraft(id, reading, asker), asker.user, true);
};

const breaking: ReadForm<Reading> = (filled, args, reading, asker) =>
  breakDraft(args['draft'] ?? '', neededIn(filled, 'reason', 'The reason', 300), reading, asker);

const source: ReadForm<Reading> = async (filled, args, reading, asker) => {
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

/** What reads the forms of drafts. */
export const DRAFT_FORMS: Readonly<Record<string, ReadForm<Reading>>> = {
  event,
  telling,
  details,
  more,
  figures,
  amend,
  'amend-more': amendMore,
  'amend-status': amendStatus,
  'amend-report': amendReport,
  why,
  overrule,
  reject,
  breaking,
  source,
};
