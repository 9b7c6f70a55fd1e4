import { momentWords } from '../briefing/dates.ts';
import type { Document } from '../briefing/document.ts';
import { text } from '../briefing/tell.ts';
import type { LogItem } from '../desk/log.ts';
import { logItems, nameOf, person } from '../desk/log.ts';
import { UserError } from '../errors.ts';
import { findSituation } from './asking.ts';
import type { Asker, Choice } from './command.ts';
import { standingAt } from './desk.ts';
import { namesOf } from './names.ts';
import type { Reading } from './reading.ts';

export interface LogArgs {
  readonly person?: string;
  readonly kind?: string;
  readonly situation?: string;
  readonly entry?: string;
}

/** More are there to be filtered for, not to be leafed through. */
const MOST = 200;
const MOST_CHOICES = 25;

/** All that was done at the desk of the server in which somebody asks. Who may see it is asked by the caller. */
async function itemsOf({ desks, archive, logs = [] }: Reading, { guild }: Asker): Promise<readonly LogItem[]> {
  if (desks === undefined || guild === null) throw new UserError('There is no desk here.');
  const [{ events, drafts, disputes }, chat] = await Promise.all([desks.state(guild), desks.chat(guild)]);
  const slugs = [...chat, ...drafts.values(), ...disputes.values()].flatMap((one) => one.situation ?? []);
  const more = await Promise.all(logs.map((items) => items(guild)));
  return logItems(guild, events, chat, await namesOf(archive, slugs), 0, more.flat());
}

const KINDS: Readonly<Record<string, readonly string[]>> = {
  source: ['source', 'party'],
  desk: ['settings', 'roles'],
};

function wanted({ person: who, kind, entry }: LogArgs, slug: string | undefined): (item: LogItem) => boolean {
  const id = entry === undefined ? undefined : `E${entry.trim().replace(/^e/i, '')}`;
  const kinds = kind === undefined ? undefined : (KINDS[kind] ?? [kind]);
  return (item) =>
    (who === undefined || item.author === who) &&
    (kinds === undefined || kinds.includes(item.kind.slice(0, item.kind.indexOf('.')))) &&
    (slug === undefined || item.situation === slug) &&
    (id === undefined || item.entries.includes(id));
}

/** Who did what, when and why, the newest first. */
export async function logFor(args: LogArgs, reading: Reading, asker: Asker): Promise<Document> {
  const slug =
    args.situation === undefined ? undefined : (await findSituation(args.situation, reading, asker)).situation.slug;
  const zone = (await reading.desks?.settings(asker.guild ?? ''))?.zone ?? 'Etc/UTC';
  const all = (await itemsOf(reading, asker)).filter(wanted(args, slug)).toReversed();
  const shown = all.slice(0, MOST);
  const last = shown.find(({ undoable }) => undoable);
  return {
    kind: 'log',
    title: 'Log of the desk',
    subtitle:
      all.length === 0
        ? []
        : [`${all.length === 1 ? 'One thing was' : `${all.length} things were`} done, the newest first.`],
    sections: [
      shown.length === 0
        ? { id: 'empty', lines: [], notes: ['Nothing of that kind was done yet.'] }
        : {
            id: 'log',
            lines: [],
            rows: shown.map((item) => [
              { type: 'time' as const, at: item.at, text: momentWords(item.at, zone) },
              text(' '),
              person(item.author),
              text(' '),
              ...item.pieces,
              text(` · ${nameOf(item)}`),
            ]),
          },
    ],
    footer: [
      ...(all.length > MOST ? [`${all.length - MOST} older ones: filter by person, kind, situation or entry.`] : []),
      'What can be taken back is taken back with /desk undo and the name at the end of its line.',
    ],
    ...(last && {
      acts: [{ label: `Take back ${nameOf(last)}`, act: 'desk log undo', args: { record: nameOf(last) } }],
    }),
  };
}

/** Records that can be named to be taken back, the newest first. None for those who may not. */
export async function undoableFor(typed: string, reading: Reading, asker: Asker): Promise<readonly Choice[]> {
  const standing = await standingAt(undefined, reading, asker);
  if (standing !== 'reviewer' && standing !== 'admin') return [];
  const words = typed.trim().toLowerCase();
  const found: Choice[] = [];
  for (const item of (await itemsOf(reading, asker)).toReversed()) {
    if (found.length === MOST_CHOICES) break;
    const name = nameOf(item);
    const line = `${name} ${item.pieces.map((p) => ('text' in p ? p.text : '')).join('')}`;
    if (item.undoable && line.toLowerCase().includes(words)) found.push({ name: line.slice(0, 100), value: name });
  }
  return found;
}
