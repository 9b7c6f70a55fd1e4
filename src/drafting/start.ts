import { findSituation } from '../asking/asking.ts';
import type { Asker } from '../asking/command.ts';
import { allow } from '../asking/desk.ts';
import type { Form } from '../asking/form.ts';
import type { Reading } from '../asking/reading.ts';
import type { Known } from '../briefing/tell.ts';
import { warm } from '../curation/guard-duplicates.ts';
import type { Action } from '../desk/may.ts';
import { UserError } from '../errors.ts';
import { entryOf } from '../model/record.ts';
import type { EntryState, ReportState } from '../picture/picture.ts';
import { bareHeadline } from '../reading/english/bare.ts';
import { momentText, spanText } from './fields.ts';
import { readText } from './figures.ts';
import type { Setting } from './filled.ts';
import { entryValues, reportValues, sourceValues } from './filled.ts';
import {
  amendAboutForm,
  amendCarrierForm,
  amendForm,
  amendMoreForm,
  amendReportForm,
  amendStanceForm,
  amendStatusForm,
  eventForm,
  sourceForm,
  tellingForm,
  whyForm,
} from './forms.ts';
import { benchOf } from './opened.ts';

type Args = Readonly<Record<string, string>>;

/** A situation in which the asker may do something now, as it is known. */
export async function settingIn(
  slug: string,
  action: Action,
  reading: Reading,
  asker: Asker,
): Promise<Setting & { readonly slug: string }> {
  const { guild } = benchOf(reading, asker);
  const picture = await findSituation(slug, reading, asker);
  await allow(action, picture.situation, reading, asker);
  return {
    known: { picture, registry: reading.archive.registry() },
    desk: guild,
    now: reading.now(),
    slug: picture.situation.slug,
  };
}

/** Options of a command as the arguments of its form: those that were given. */
export const given = (args: Readonly<Record<string, unknown>>): Args =>
  Object.fromEntries(
    Object.entries(args).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'boolean' ? [[name, `${value}`] as const] : [],
    ),
  );

/** What a form of a new entry shows of a text that was pasted: its first sentence, time, place, and who says so. */
export function valuesOf(pasted: string, { known, desk, now }: Setting, published: string = now.toISOString()) {
  const { headline, occurred, place, attributions, urls } = readText(pasted, known, desk, published);
  const { zone, places } = known.picture.situation;
  const told = attributions.find((a) => a.originator.source !== undefined);
  const source = told?.originator.source;
  // A claim keeps its words: who makes it is part of what is told.
  const name = told?.stance === 'reports' ? pasted.slice(told.span.start, told.span.end) : undefined;
  return {
    headline: headline === undefined || name === undefined ? headline : bareHeadline(headline, name),
    when: occurred && (occurred.to ?? occurred.from) >= occurred.from ? spanText(occurred, zone) : undefined,
    where: places.find((p) => p.id === place?.id)?.name,
    who: source === undefined ? undefined : known.registry.sources.get(source)?.name,
    link: urls[0],
  };
}

/** The form of a new entry: the common case in one modal. */
export async function startEntry(
  args: Readonly<Record<string, unknown>> & { readonly situation: string },
  reading: Reading,
  asker: Asker,
): Promise<Form> {
  const setting = await settingIn(args.situation, 'entry.add', reading, asker);
  warm(setting.known.picture);
  const { text, source, place } = given(args);
  const read = text === undefined ? {} : valuesOf(text, setting);
  const { sources } = setting.known.registry;
  const values = {
    ...read,
    ...(source !== undefined && { who: sources.get(source)?.name ?? source }),
    ...(place !== undefined && {
      where: setting.known.picture.situation.places.find((p) => p.id === place)?.name ?? place,
    }),
  };
  return eventForm({ ...given(args), situation: setting.slug }, values);
}

const stateIn = ({ picture }: Known, id: string): EntryState => {
  const state = picture.entries.get(id);
  if (state) return state;
  throw new UserError(
    `There is no entry “${id.slice(0, 20)}” in ${picture.situation.title}.`,
    'Choose one from the list while you type.',
  );
};

/** A report of "E17.2", which must be of the situation. */
export function reportIn(known: Known, written: string): ReportState {
  const id = written
    .trim()
    .toUpperCase()
    .replace(/^(?=\d)/, 'E');
  const told = known.picture.entries.get(entryOf(id))?.reports.find((r) => r.report.id === id);
  if (told) return told;
  throw new UserError(
    `There is no report “${written.slice(0, 20)}” in ${known.picture.situation.title}.`,
    'A report is named like E17.2; /entry show lists them.',
  );
}

/** Another telling of an entry. */
export async function startReport(
  args: Args & { readonly situation: string; readonly entry: string },
  reading: Reading,
  asker: Asker,
): Promise<Form> {
  const setting = await settingIn(args.situation, 'entry.report', reading, asker);
  warm(setting.known.picture);
  const state = stateIn(setting.known, args.entry);
  const { text, source } = args;
  const read = text === undefined ? { who: undefined, link: undefined } : valuesOf(text, setting);
  return tellingForm(
    { ...args, situation: setting.slug, basis: String(state.changed.seq) },
    {
      who: source === undefined ? read.who : (setting.known.registry.sources.get(source)?.name ?? source),
      link: read.link,
      published: momentText(`${setting.now.toISOString().slice(0, 16)}:00Z`, setting.known.picture.situation.zone),
      stance: 'reports',
    },
  );
}

/** What of an entry is amended; the last three of one of its reports. */
export type Part = 'wording' | 'filing' | 'about' | 'status' | 'report' | 'carrier' | 'stance';

const ENTRY_FORMS = { wording: amendForm, filing: amendMoreForm, about: amendAboutForm, status: amendStatusForm };
const REPORT_FORMS = { report: amendReportForm, carrier: amendCarrierForm, stance: amendStanceForm };
const isOfEntry = (part: Part): part is keyof typeof ENTRY_FORMS => Object.hasOwn(ENTRY_FORMS, part);

/** The report that is meant: the one that was named, else the only one. */
function oneReport(state: EntryState, named: string | undefined, known: Known): ReportState {
  if (named !== undefined) return reportIn(known, named);
  const [only, ...more] = state.reports;
  if (only && more.length === 0) return only;
  throw new UserError(
    `${state.entry.id} has ${state.reports.length} reports: which one is meant?`,
    'Choose it with the option report.',
  );
}

/** The form by which an entry, or one of its reports, is amended. */
export async function startAmend(
  args: {
    readonly situation: string;
    readonly entry: string;
    readonly part?: Part;
    readonly report?: string | undefined;
  },
  reading: Reading,
  asker: Asker,
): Promise<Form> {
  const { known, slug } = await settingIn(args.situation, 'entry.amend', reading, asker);
  const state = stateIn(known, args.entry);
  const basis = String(state.changed.seq);
  const part = args.part ?? (args.report === undefined ? 'wording' : 'report');
  if (isOfEntry(part)) {
    if (args.report !== undefined)
      throw new UserError('That part is of the entry, not of a report.', 'Leave one of the two options out.');
    const values = entryValues(state.entry, known);
    return ENTRY_FORMS[part]({ situation: slug, entry: state.entry.id, basis }, values);
  }
  const { report } = oneReport(state, args.report, known);
  return REPORT_FORMS[part]({ situation: slug, report: report.id, basis }, reportValues(report, known));
}

/** The form that asks why something is taken back or restored. `id`: an entry or a report. */
export async function startWhy(
  action: 'retract' | 'restore',
  args: { readonly situation: string; readonly entry: string; readonly report?: string | undefined },
  reading: Reading,
  asker: Asker,
): Promise<Form> {
  const { known, slug } = await settingIn(
    args.situation,
    action === 'retract' ? 'entry.retract' : 'entry.restore',
    reading,
    asker,
  );
  const id = args.report === undefined ? stateIn(known, args.entry).entry.id : reportIn(known, args.report).report.id;
  const { changed } = stateIn(known, entryOf(`${id}.`));
  const kind =
    args.report === undefined ? `entry.${action}` : action === 'retract' ? 'report.withdraw' : 'report.restore';
  return whyForm(
    { situation: slug, id, kind, basis: String(changed.seq) },
    {},
    `${action === 'retract' ? 'Take back' : 'Restore'} ${id}`,
  );
}

/** The form of a source: a new one, or with `source` of one that is there. */
export async function startSource(args: Args, reading: Reading, asker: Asker): Promise<Form> {
  const { guild } = benchOf(reading, asker);
  const registry = reading.archive.registry();
  const { source: id } = args;
  if (id === undefined) {
    await allow('source.add', { desk: guild, status: 'active' }, reading, asker);
    return sourceForm(args, {});
  }
  const was = registry.sources.get(id);
  // Another desk's source is not there for this one.
  if (!was || (was.desk !== undefined && was.desk !== guild))
    throw new UserError(`There is no source “${id.slice(0, 60)}”.`, 'Choose one from the list while you type.');
  await allow('source.amend', { ...(was.desk !== undefined && { desk: was.desk }), status: 'active' }, reading, asker);
  return sourceForm({ ...args, was: JSON.stringify(was) }, sourceValues(was, { registry }));
}
