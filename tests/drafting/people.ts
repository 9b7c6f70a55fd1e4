import { commands } from '../../commands/index.ts';
import { readArgs } from '../../src/asking/args.ts';
import type { Acted, Asker, Shown, Target } from '../../src/asking/command.ts';
import type { Filled, Form } from '../../src/asking/form.ts';
import { isForm } from '../../src/asking/form.ts';
import type { Reading } from '../../src/asking/reading.ts';
import type { Document } from '../../src/briefing/document.ts';
import { openDesks } from '../../src/desk/desks.ts';
import type { Opened } from '../support/sample.ts';
import { NOW, openSample, readingOf } from '../support/sample.ts';

export const GUILD = '100000000000000001';
export const OTHER = '100000000000000002';
const ROLE = { editor: '200000000000000001', reviewer: '200000000000000002', admin: '200000000000000003' } as const;

export type Reply = Document | Form | Acted | Shown;

/** Somebody at the desk, who types commands, fills in forms and presses buttons, as the dispatcher passes them on. */
export interface Person {
  readonly asker: Asker;
  type(path: string, args?: Readonly<Record<string, string>>): Promise<Document | Form>;
  /** Sends a form: what it shows, with these values in place of it. */
  send(form: Form, values?: Readonly<Record<string, string | readonly string[]>>, key?: string): Promise<Acted | Shown>;
  press(reply: Reply, label: string | RegExp, key?: string): Promise<Acted | Shown | Form>;
  menu(target: Partial<Target>): Promise<Document | Form>;
  choices(
    path: string,
    option: string,
    typed: string,
    so?: Readonly<Record<string, unknown>>,
  ): Promise<readonly string[]>;
}

export interface Desk extends Opened {
  readonly reading: Reading;
  /** The same streams read anew, as after a restart. */
  restarted(): Promise<Desk>;
  person(user: string, role?: keyof typeof ROLE | 'none', where?: Partial<Asker>): Person;
}

export const documentOf = (reply: Reply): Document => {
  if (isForm(reply)) throw new Error(`a form came: ${reply.title}`);
  if ('say' in reply) throw new Error(`words came: ${reply.say}`);
  return 'show' in reply ? reply.show : reply;
};
export const formOf = (reply: Reply): Form => {
  if (isForm(reply)) return reply;
  throw new Error('no form came');
};
export const wordsOf = (reply: Reply): string => JSON.stringify(documentOf(reply));

const leaves = commands.flatMap((c) => c.leaves);
const owner = (name: string): { readonly owner: string; readonly own: string } => {
  const at = name.lastIndexOf(' ');
  return { owner: name.slice(0, at), own: name.slice(at + 1) };
};

/** What a form shows as it is opened. */
const shownIn = (form: Form): Filled =>
  Object.fromEntries(
    form.fields.map((field) => {
      if (field.kind === 'text') return [field.name, field.value === undefined ? [] : [field.value]];
      if (field.kind === 'one' || field.kind === 'some')
        return [field.name, field.options.filter((o) => o.chosen).map((o) => o.value)];
      return [field.name, []];
    }),
  );

let counted = 0;

export async function openDesk(
  now: string = NOW,
  review: 'off' | 'figures_and_major' | 'all' = 'off',
  opened?: Opened,
): Promise<Desk> {
  const store = opened ?? (await openSample(now));
  let clock = Date.parse(now);
  const desks = openDesks({ ledger: store.ledger, now: () => new Date((clock += 1000)) });
  const reading = readingOf(store.archive, { desks, now: () => new Date(clock), deskGuilds: new Set([GUILD]) });
  const admin = { guild: GUILD, author: 'admin' };
  await desks.setRoles(admin, { reader: [], editor: [ROLE.editor], reviewer: [ROLE.reviewer], admin: [ROLE.admin] });
  await desks.setSettings(admin, { ...(await desks.settings(GUILD)), review });
  const fresh = (): string => `key-${(counted += 1)}`;
  return {
    ...store,
    reading,
    restarted: async () => {
      const { openArchive } = await import('../../src/archive.ts');
      desks.close();
      return openDesk(new Date(clock + 60_000).toISOString(), review, {
        ledger: store.ledger,
        archive: await openArchive(store.ledger),
      });
    },
    person(user, role = 'editor', where = {}) {
      const asker: Asker = {
        user,
        guild: GUILD,
        channel: 'here',
        installed: true,
        manages: false,
        roles: role === 'none' ? [] : [ROLE[role]],
        ...where,
      };
      const at = (key = fresh()): Asker => ({ ...asker, key, alone: true });
      return {
        asker,
        async type(path, args = {}) {
          const leaf = leaves.find((l) => l.path === path);
          if (!leaf) throw new Error(`there is no /${path}`);
          return leaf.run(readArgs(leaf.options, args), reading, at());
        },
        async send(form, values = {}, key) {
          const { owner: path, own } = owner(form.form);
          const read = leaves.find((l) => l.path === path)?.forms?.[own];
          if (!read) throw new Error(`nobody reads ${form.form}`);
          const given = Object.fromEntries(
            Object.entries(values).map(([k, v]) => [k, typeof v === 'string' ? (v === '' ? [] : [v]) : v]),
          );
          return read({ ...shownIn(form), ...given }, form.args, reading, at(key));
        },
        async press(reply, label, key) {
          const found = documentOf(reply).acts?.find((a) =>
            typeof label === 'string' ? a.label === label : label.test(a.label),
          );
          if (!found)
            throw new Error(
              `no button ${String(label)}: ${documentOf(reply)
                .acts?.map((a) => a.label)
                .join(', ')}`,
            );
          const { owner: path, own } = owner(found.act);
          const act = leaves.find((l) => l.path === path)?.acts?.[own];
          if (!act) throw new Error(`nothing does ${found.act}`);
          return (typeof act === 'function' ? act : act.run)(found.args, reading, at(key));
        },
        async menu(target) {
          const run = commands.find((c) => c.menu)?.menu?.run;
          if (!run) throw new Error('there is no menu');
          return run(
            {
              id: '1',
              channel: 'here',
              guild: GUILD,
              author: { id: '9', name: 'n', bot: false },
              content: '',
              url: 'https://discord.com/channels/1/2/3',
              at: now,
              attachments: 0,
              ...target,
            },
            reading,
            at(),
          );
        },
        async choices(path, option, typed, so = {}) {
          const complete = leaves.find((l) => l.path === path)?.complete[option];
          if (!complete) throw new Error(`no choices for ${option}`);
          return (await complete(typed, so, reading, at())).map((c) => c.value);
        },
      };
    },
  };
}

/** The labels of a reply's buttons. */
export const labels = (reply: Reply): readonly string[] => (documentOf(reply).acts ?? []).map((a) => a.label);
