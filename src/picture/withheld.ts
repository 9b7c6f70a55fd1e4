import type { EntryCore, Report } from '../model/entry.ts';
import type { Recorded, SituationRecord } from '../model/record.ts';
import { entryOf } from '../model/record.ts';
import { localDay } from '../model/time.ts';
import { Layered } from './layered.ts';
import type { EntryState, Mark, Picture, Version } from './picture.ts';

// What was taken back for privacy is told no more: not in a look back, not in a history, not in a briefing that is shown
// once more. The words are taken out of every picture before anybody composes from it; numbers, sources and times stay.

/** Words of one entry that must not be told any more, and since when. */
interface Taken {
  readonly words: ReadonlySet<string>;
  /** Reports whose addresses lead to those words; `all` of them where the entry itself was taken back. */
  readonly links: ReadonlySet<string> | 'all';
  readonly at: string;
}

/** By entry. The same object as long as nothing else was taken. */
export type Takings = ReadonlyMap<string, Taken>;

const wordsOfEntry = ({ headline, detail }: EntryCore): readonly (string | undefined)[] => [headline, detail];
const wordsOfReport = ({ says, quote, title }: Report): readonly (string | undefined)[] => [says, quote, title];

/** The entries about which one of these records says that it was for privacy. */
export function privateIn(records: Iterable<Recorded<SituationRecord>>): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const { kind, body } of records) {
    if (!('reason' in body) || body.reason !== 'privacy') continue;
    if (kind === 'entry.amended') ids.add(body.entry.id);
    else if (kind === 'entry.retracted') ids.add(body.id);
    else if (kind === 'report.withdrawn') ids.add(entryOf(body.id));
    else if (kind === 'report.amended') ids.add(entryOf(body.report.id));
  }
  return ids;
}

/** All that a version says, field by field: under `E1 0` what the entry was called, under `E1.2 1` what a report quoted. */
function* saidIn({ what }: Version): Generator<readonly [field: string, words: string]> {
  const entries = 'entry' in what ? [what.entry] : what.kind === 'entry.amended' ? [what.before, what.after] : [];
  const reports =
    'reports' in what
      ? what.reports
      : 'report' in what
        ? [what.report]
        : what.kind === 'report.amended'
          ? [what.before, what.after]
          : [];
  const told = [
    ...entries.map((e) => [e.id, wordsOfEntry(e)] as const),
    ...reports.map((r) => [r.id, wordsOfReport(r)] as const),
  ];
  for (const [id, all] of told)
    for (const [at, words] of all.entries()) if (words !== undefined) yield [`${id} ${at}`, words];
}

/** What has to be taken out of all that is known of an entry; undefined where nothing has. */
function takenFrom(state: EntryState): Taken | undefined {
  const words = new Set<string>();
  const links = new Set<string>();
  let last: Mark | undefined;
  const said = new Map<string, Set<string>>();
  for (const version of state.versions) {
    for (const [field, text] of saidIn(version)) said.set(field, (said.get(field) ?? new Set()).add(text));
    const { what, reason } = version;
    if (reason !== 'privacy' || (what.kind !== 'entry.amended' && what.kind !== 'report.amended')) continue;
    // What the field was called before, ever; the new words stand.
    const now =
      what.kind === 'entry.amended'
        ? ([what.after.id, wordsOfEntry(what.after)] as const)
        : ([what.after.id, wordsOfReport(what.after)] as const);
    for (const [at, text] of now[1].entries())
      for (const old of said.get(`${now[0]} ${at}`) ?? [])
        if (old !== text) {
          words.add(old);
          last = version;
        }
  }
  const whole = state.retracted?.reason === 'privacy' ? state.retracted : undefined;
  if (whole) for (const all of said.values()) for (const text of all) words.add(text);
  for (const { report, withdrawn } of state.reports) {
    if (withdrawn?.reason !== 'privacy') continue;
    links.add(report.id);
    last = withdrawn;
    for (const [field, all] of said) if (field.startsWith(`${report.id} `)) for (const text of all) words.add(text);
  }
  const mark = whole ?? last;
  return mark && { words, links: whole ? 'all' : links, at: mark.at };
}

/** What is taken out of a situation as it is known now. `ids`: every entry of which something ever was. */
export function takingsIn(now: Picture, ids: ReadonlySet<string>): Takings {
  const takings = new Map<string, Taken>();
  for (const id of ids) {
    const state = now.entries.get(id);
    const taken = state && takenFrom(state);
    if (taken) takings.set(id, taken);
  }
  return takings;
}

const BAR = '█';

/** A bar as long as what stood there, so that what stands beside it stays as it was; it says what it is where it can. */
function barred(words: string, day: string): string {
  const marks = [`[withheld ${day}: privacy] `, '[withheld: privacy] ', '[withheld] '];
  const mark = marks.find((m) => m.length < words.length) ?? '';
  return mark + BAR.repeat(Math.max(1, words.length - mark.length));
}

const rooms = new WeakMap<Report, number>();
/** How many characters the address took that is withheld of this report; 0 where none is. */
export const linkRoomOf = (report: Report): number => rooms.get(report) ?? 0;

function withheldState(state: EntryState, { words, links, at }: Taken, zone: string): EntryState {
  const day = localDay(at, zone);
  const hide = (text: string): string => (words.has(text) ? barred(text, day) : text);
  const entry = (core: EntryCore): EntryCore => ({
    ...core,
    headline: hide(core.headline),
    ...(core.detail !== undefined && { detail: hide(core.detail) }),
  });
  const report = (told: Report): Report => {
    const { url, ...rest } = told;
    const linked = links !== 'all' && !links.has(told.id);
    const made: Report = {
      ...rest,
      ...(url !== undefined && linked && { url }),
      ...(told.says !== undefined && { says: hide(told.says) }),
      ...(told.quote !== undefined && { quote: hide(told.quote) }),
      ...(told.title !== undefined && { title: hide(told.title) }),
    };
    if (url !== undefined && !linked) rooms.set(made, url.length);
    return made;
  };
  const what = (done: Version['what']): Version['what'] => {
    switch (done.kind) {
      case 'entry.added':
        return { ...done, entry: entry(done.entry), reports: done.reports.map(report) };
      case 'entry.amended':
        return { ...done, before: entry(done.before), after: entry(done.after) };
      case 'report.added':
      case 'report.withdrawn':
      case 'report.restored':
        return { ...done, report: report(done.report) };
      case 'report.amended':
        return { ...done, before: report(done.before), after: report(done.after) };
      default:
        return done;
    }
  };
  return {
    ...state,
    entry: entry(state.entry),
    reports: state.reports.map((r) => ({ ...r, report: report(r.report) })),
    versions: state.versions.map((v) => ({ ...v, what: what(v.what) })),
  };
}

/** The picture of any moment without what is taken out of it. Itself where nothing is. */
export function withheld(picture: Picture, takings: Takings): Picture {
  const was = new Map<string, EntryState>();
  for (const [id, taken] of takings) {
    const state = picture.entries.get(id);
    if (state) was.set(id, withheldState(state, taken, picture.situation.zone));
  }
  if (was.size === 0) return picture;
  const { entries } = picture;
  const all = entries instanceof Layered ? (entries as Layered<EntryState>) : new Layered(entries);
  return { ...picture, entries: all.before(was, new Set()) };
}
