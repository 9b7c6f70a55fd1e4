import type { Act, Command, Doings, ReadForm } from '../asking/command.ts';
import { PATH } from './state.ts';

/** The leaf, or the command of a menu, to which an act or a form belongs. */
export interface Owner {
  readonly path: string;
  /** Names of its options. */
  readonly options: readonly string[];
}

export interface Doing<D> extends Owner {
  readonly act: Act<D>;
  /** Also for those who did not ask for the message. */
  readonly anyone: boolean;
}

export interface Reading<D> extends Owner {
  readonly read: ReadForm<D>;
}

/** All that buttons do and all that reads forms, by "path name". Throws Error for a name that no button could carry. */
export function doingsOf<D>(commands: readonly Command<D>[]): {
  readonly acts: ReadonlyMap<string, Doing<D>>;
  readonly forms: ReadonlyMap<string, Reading<D>>;
} {
  const acts = new Map<string, Doing<D>>();
  const forms = new Map<string, Reading<D>>();
  const named = (path: string, name: string, known: ReadonlyMap<string, unknown>): string => {
    const full = `${path} ${name}`;
    if (!PATH.test(full))
      throw new Error(`“${full}” is no name for an act or a form: letters, digits, “-” and “_” are`);
    if (known.has(full)) throw new Error(`There are two acts or two forms “${full}”`);
    return full;
  };
  const add = (owner: Owner, { acts: own = {}, forms: read = {} }: Doings<D>): void => {
    for (const [name, act] of Object.entries(own)) {
      const doing = typeof act === 'function' ? { act, anyone: false } : { act: act.run, anyone: act.anyone };
      acts.set(named(owner.path, name, acts), { ...owner, ...doing });
    }
    for (const [name, reader] of Object.entries(read))
      forms.set(named(owner.path, name, forms), { ...owner, read: reader });
  };
  for (const { leaves, menu } of commands) {
    for (const leaf of leaves) add({ path: leaf.path, options: leaf.options.map(({ name }) => name) }, leaf);
    if (menu) add({ path: menu.path, options: [] }, menu);
  }
  return { acts, forms };
}
