import { InteractionResponseType as Response } from 'discord-api-types/v10';
import { readArgs, type Values } from '../asking/args.ts';
import type { Asker, Command, Leaf, MenuLeaf } from '../asking/command.ts';
import { isForm } from '../asking/form.ts';
import { UserError } from '../errors.ts';
import { errorData, type Log } from '../log.ts';
import { createActs } from './acts.ts';
import type { Draw } from './answer.ts';
import { completeOption } from './complete.ts';
import { createCompose } from './compose.ts';
import { doingsOf } from './doings.ts';
import { createForms } from './forms.ts';
import { type Interaction, readInteraction } from './interaction.ts';
import { timing } from './limits.ts';
import type { Recorder } from './recorder.ts';
import { type Composed, createResponder, type Opened, type Way } from './respond.ts';
import { type Press, readButton, type StateMemory } from './state.ts';
import type { Wire } from './wire.ts';

export interface DispatchOptions<D> {
  readonly commands: readonly Command<D>[];
  readonly deps: D;
  readonly log: Log;
  readonly wire: Wire;
  readonly memory: StateMemory;
  /** Discord's clock, ms since 1970: the real one, also where the playground moves the bot's. */
  readonly now: () => number;
  readonly mention?: (path: string) => string | undefined;
  readonly deferAfterMs?: number;
  /** Without it, answers come without pictures. */
  readonly draw?: Draw;
  /** Without it, nothing is numbered and nothing kept. */
  readonly recorder?: Recorder | undefined;
}

export interface Dispatch {
  /** Answers one interaction as Discord sent it. Never rejects. */
  handle(raw: unknown): Promise<void>;
  /** Resolves when nothing is under way any more. */
  settled(): Promise<void>;
}

const PRIVATE_OPTION = 'private';
const FIRST = { page: 0, plain: false } as const;

/** So many interactions are remembered as handled: a connection that is resumed may bring some of them again. */
const REMEMBERED = 5_000;

type Of<K extends Interaction['kind']> = Extract<Interaction, { kind: K }>;

const asText = (args: Values): Record<string, string> =>
  Object.fromEntries(
    Object.entries(args).flatMap(([name, value]) => (name === PRIVATE_OPTION ? [] : [[name, String(value)] as const])),
  );

function leafOf<D>(leaves: ReadonlyMap<string, Leaf<D>>, path: string): Leaf<D> {
  const leaf = leaves.get(path);
  if (leaf !== undefined) return leaf;
  throw new UserError(`There is no command “/${path}” any more.`, 'Type / to see the commands that there are.');
}

/** Whether an interaction was seen before; from then on it was. */
function createSeen(): (id: string) => boolean {
  const ids = new Set<string>();
  return (id) => {
    if (ids.has(id)) return true;
    ids.add(id);
    const [oldest] = ids;
    if (ids.size > REMEMBERED && oldest !== undefined) ids.delete(oldest);
    return false;
  };
}

/** Everything that is asked of the bot goes through here: one way in, one way out, one place where errors end. */
export function createDispatch<D>(options: DispatchOptions<D>): Dispatch {
  const { deps, log, wire, memory, mention, recorder, draw, deferAfterMs = timing.deferAfterMs } = options;
  const leaves = new Map<string, Leaf<D>>(
    options.commands.flatMap((command) => command.leaves.map((leaf) => [leaf.path, leaf] as const)),
  );
  const menus = new Map<string, MenuLeaf<D>>(
    options.commands.flatMap(({ menu }) => (menu ? [[menu.path, menu] as const] : [])),
  );
  const doings = doingsOf(options.commands);
  const { respond, refuse } = createResponder({ wire, log, mention, deferAfterMs });
  const compose = createCompose({ recorder, memory, mention, draw });
  const forms = createForms<D>({ forms: doings.forms, memory, log, mention });
  const acts = createActs<D>({ acts: doings.acts, wire, compose, open: forms.open });
  const underWay = new Set<Promise<void>>();
  const seen = createSeen();

  async function ask(
    leaf: Leaf<D>,
    args: Values,
    asker: Asker,
    press: Pick<Press, 'page' | 'plain'> & { readonly key: string },
    again?: { readonly edition?: number },
  ): Promise<Composed | Opened> {
    const told = await leaf.run(args, deps, asker);
    if (isForm(told)) return forms.open(told);
    return compose(told, { request: { path: leaf.path, args: asText(args) }, ...press }, asker, again);
  }

  async function onCommand({ address, asker, path, values }: Of<'command'>): Promise<void> {
    const leaf = leaves.get(path);
    const way: Way = leaf?.ephemeral === true || values[PRIVATE_OPTION] === true ? 'private' : 'public';
    await respond(address, way, { command: path }, async () => {
      const known = leafOf(leaves, path);
      const alone = way === 'private' || asker.guild === null;
      return ask(known, readArgs(known.options, values), { ...asker, alone }, { ...FIRST, key: address.id });
    });
  }

  async function onMenu({ address, asker, path, target }: Of<'menu'>): Promise<void> {
    await respond(address, 'private', { menu: path }, async () => {
      const menu = menus.get(path);
      if (!menu) throw new UserError(`There is no “${path}” any more.`, 'Type / to see the commands that there are.');
      const alone = { ...asker, alone: true };
      const told = await menu.run(target, deps, alone);
      if (isForm(told)) return forms.open(told);
      return compose(told, { request: { path, args: {} }, ...FIRST, key: address.id }, alone);
    });
  }

  async function onButton(pressed: Of<'button'>): Promise<void> {
    const { address, asker, customId, ephemeral, owner } = pressed;
    if (forms.leadsBack(customId)) {
      await respond(address, 'beside', { button: 'form' }, () => forms.again(customId, asker.user));
      return;
    }
    // Read first: which way the answer goes depends on it. What fails here is told in the answer.
    const read = await readButton(customId, memory).catch((thrown: unknown) => ({ thrown }));
    if ('thrown' in read) {
      await refuse(address, read.thrown, { button: 'unreadable' });
      return;
    }
    const press = read;
    const about = { command: press.path, button: press.kind };
    if (press.kind === 'act') {
      await respond(address, 'beside', about, () => acts.act(pressed, press, deps));
      return;
    }
    const mine = ephemeral || owner === asker.user;
    // Who did not ask for a public message gets a page of his own: one reader does not turn another's page.
    const shared =
      press.kind === 'turn' ? 'in place' : ephemeral || leaves.get(press.path)?.ephemeral ? 'private' : 'public';
    const way: Way = mine ? shared : 'private';
    await respond(address, way, about, async () => {
      const leaf = leafOf(leaves, press.path);
      const { pin, registry, head, page, plain, edition } = press;
      const again = {
        ...asker,
        alone: way === 'private' || ephemeral || asker.guild === null,
        ...(pin !== undefined && { pin }),
        ...(registry !== undefined && { registry }),
        ...(head !== undefined && { head }),
      };
      // In place of its page another page stays the same edition; a copy for somebody else is an edition of his own.
      const same = way === 'in place' ? { ...(edition !== undefined && { edition }) } : undefined;
      return ask(leaf, readArgs(leaf.options, press.args), again, { page, plain, key: address.id }, same);
    });
  }

  async function onForm(sent: Of<'form'>): Promise<void> {
    const way = sent.from === undefined ? 'private' : 'beside';
    await respond(sent.address, way, { form: sent.customId }, () => forms.read(sent, deps, acts.reply));
  }

  async function onComplete(asked: Of<'complete'>): Promise<void> {
    const choices = await completeOption(leaves.get(asked.path), asked, deps, log);
    await wire.callback(asked.address, {
      type: Response.ApplicationCommandAutocompleteResult,
      data: { choices },
    });
  }

  async function answerTo(interaction: Interaction): Promise<void> {
    switch (interaction.kind) {
      case 'command':
        return onCommand(interaction);
      case 'menu':
        return onMenu(interaction);
      case 'button':
        return onButton(interaction);
      case 'form':
        return onForm(interaction);
      case 'complete':
        return onComplete(interaction);
    }
  }

  async function route(raw: unknown): Promise<void> {
    const interaction = readInteraction(raw);
    if (interaction === undefined) {
      log.warn({}, 'An interaction of a kind that is not answered here');
      return;
    }
    const { address, kind } = interaction;
    const age = options.now() - address.createdAt;
    const about = { interaction: address.id, kind, ...('path' in interaction ? { command: interaction.path } : {}) };
    if (age > timing.staleAfterMs) {
      log.warn({ ...about, age }, 'An interaction came too late to be answered, and was dropped');
      return;
    }
    if (seen(address.id)) {
      log.warn(about, 'An interaction came twice, and is answered once');
      return;
    }
    const start = performance.now();
    await answerTo(interaction);
    if (kind !== 'complete') log.info({ ...about, ms: Math.round(performance.now() - start) }, 'Interaction handled');
  }

  return {
    handle(raw) {
      const run = route(raw)
        .catch((thrown: unknown) => log.error(errorData(thrown), 'An interaction could not be handled'))
        .finally(() => underWay.delete(run));
      underWay.add(run);
      return run;
    },
    async settled() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}
