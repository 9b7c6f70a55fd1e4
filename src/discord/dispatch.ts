import { MessageFlags, InteractionResponseType as Response } from 'discord-api-types/v10';
import { readArgs, type Values } from '../asking/args.ts';
import type { Asker, Command, Leaf } from '../asking/command.ts';
import { UserError } from '../errors.ts';
import { errorData, type Log } from '../log.ts';
import { type Answer, answer, type Draw } from './answer.ts';
import { completeOption } from './complete.ts';
import { explain } from './explain.ts';
import { type Address, type Interaction, readInteraction } from './interaction.ts';
import { timing } from './limits.ts';
import type { MessageBody } from './message.ts';
import { notice } from './plain.ts';
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
}

export interface Dispatch {
  /** Answers one interaction as Discord sent it. Never rejects. */
  handle(raw: unknown): Promise<void>;
  /** Resolves when nothing is under way any more. */
  settled(): Promise<void>;
}

/** Where the answer appears: as a new message, for all or for one; or in place of the message whose button was pressed. */
type Way = 'public' | 'private' | 'in place';

const PRIVATE_OPTION = 'private';

type Of<K extends Interaction['kind']> = Extract<Interaction, { kind: K }>;

const asText = (args: Values): Record<string, string> =>
  Object.fromEntries(
    Object.entries(args).flatMap(([name, value]) => (name === PRIVATE_OPTION ? [] : [[name, String(value)] as const])),
  );

const onlyForAsker = (body: MessageBody): MessageBody => ({ ...body, flags: body.flags | MessageFlags.Ephemeral });

function leafOf<D>(leaves: ReadonlyMap<string, Leaf<D>>, path: string): Leaf<D> {
  const leaf = leaves.get(path);
  if (leaf !== undefined) return leaf;
  throw new UserError(`There is no command “/${path}” any more.`, 'Type / to see the commands that there are.');
}

/** Everything that is asked of the bot goes through here: one way in, one way out, one place where errors end. */
export function createDispatch<D>(options: DispatchOptions<D>): Dispatch {
  const { deps, log, wire, memory, mention, deferAfterMs = timing.deferAfterMs } = options;
  const leaves = new Map<string, Leaf<D>>(
    options.commands.flatMap((command) => command.leaves.map((leaf) => [leaf.path, leaf] as const)),
  );
  const underWay = new Set<Promise<void>>();

  /** The one error boundary: what went wrong, as a notice. */
  const apology = (thrown: unknown, about: object): Answer => {
    const body = notice(explain(thrown, about, { log, mention }));
    return { body, fallback: () => Promise.resolve(body) };
  };

  async function deliverError(to: Address, { body }: Answer, way: Way, deferred: boolean): Promise<void> {
    if (!deferred) await wire.callback(to, { type: Response.ChannelMessageWithSource, data: onlyForAsker(body) });
    else if (way === 'in place') await wire.followUp(to, onlyForAsker(body));
    else await wire.edit(to, body);
  }

  /** A message once sent with components V2 cannot go back, so in place of it the plain page is a message of its own. */
  async function deliverPlain(to: Address, body: MessageBody, way: Way, deferred: boolean): Promise<void> {
    const data = way === 'public' ? body : onlyForAsker(body);
    if (!deferred) await wire.callback(to, { type: Response.ChannelMessageWithSource, data });
    else if (way === 'in place') await wire.followUp(to, data);
    else await wire.edit(to, body);
  }

  async function deliver(to: Address, { body, fallback }: Answer, way: Way, deferred: boolean): Promise<void> {
    const type = way === 'in place' ? Response.UpdateMessage : Response.ChannelMessageWithSource;
    const data = way === 'private' ? onlyForAsker(body) : body;
    const outcome = deferred ? await wire.edit(to, body) : await wire.callback(to, { type, data });
    if (outcome === 'refused') await deliverPlain(to, await fallback(), way, deferred);
  }

  async function defer(to: Address, way: Way): Promise<boolean> {
    const flags = way === 'private' ? MessageFlags.Ephemeral : 0;
    const outcome =
      way === 'in place'
        ? await wire.callback(to, { type: Response.DeferredMessageUpdate })
        : await wire.callback(to, { type: Response.DeferredChannelMessageWithSource, data: { flags } });
    return outcome === 'sent';
  }

  /** Does the work and sends what comes of it; says "thinking" first where the work takes long. */
  async function respond(to: Address, way: Way, about: object, work: () => Promise<Answer>): Promise<void> {
    const running = work().then(
      (done) => ({ done, failed: false }),
      (thrown: unknown) => ({ done: apology(thrown, about), failed: true }),
    );
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(resolve, deferAfterMs, 'late');
    });
    const quick = await Promise.race([running, late]);
    clearTimeout(timer);
    const deferred = quick === 'late';
    if (deferred && !(await defer(to, way))) return;
    const { done, failed } = await running;
    if (failed) await deliverError(to, done, way, deferred);
    else await deliver(to, done, way, deferred);
  }

  async function compose(leaf: Leaf<D>, args: Values, asker: Asker, press: Pick<Press, 'page' | 'plain'>) {
    const document = await leaf.run(args, deps, asker);
    const request = { path: leaf.path, args: asText(args) };
    return answer(document, { request, ...press }, { memory, mention, draw: options.draw });
  }

  async function onCommand({ address, asker, path, values }: Of<'command'>): Promise<void> {
    const leaf = leaves.get(path);
    const way: Way = leaf?.ephemeral === true || values[PRIVATE_OPTION] === true ? 'private' : 'public';
    await respond(address, way, { command: path }, async () => {
      const known = leafOf(leaves, path);
      return compose(known, readArgs(known.options, values), asker, { page: 0, plain: false });
    });
  }

  async function onButton({ address, asker, customId, ephemeral, owner }: Of<'button'>): Promise<void> {
    // Read first: which way the answer goes depends on it. What fails here is told in the answer.
    const read = await readButton(customId, memory).catch((thrown: unknown) => ({ thrown }));
    if ('thrown' in read) {
      await deliverError(address, apology(read.thrown, { button: 'unreadable' }), 'private', false);
      return;
    }
    const press = read;
    const mine = ephemeral || owner === asker.user;
    // Who did not ask for a public message gets a page of his own: one reader does not turn another's page.
    const shared =
      press.kind === 'turn' ? 'in place' : ephemeral || leaves.get(press.path)?.ephemeral ? 'private' : 'public';
    const way: Way = mine ? shared : 'private';
    await respond(address, way, { command: press.path, button: press.kind }, async () => {
      const leaf = leafOf(leaves, press.path);
      const again = press.pin === undefined ? asker : { ...asker, pin: press.pin };
      return compose(leaf, readArgs(leaf.options, press.args), again, press);
    });
  }

  async function onComplete(asked: Of<'complete'>): Promise<void> {
    const choices = await completeOption(leaves.get(asked.path), asked, deps, log);
    await wire.callback(asked.address, {
      type: Response.ApplicationCommandAutocompleteResult,
      data: { choices },
    });
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
    const start = performance.now();
    if (interaction.kind === 'command') await onCommand(interaction);
    else if (interaction.kind === 'button') await onButton(interaction);
    else await onComplete(interaction);
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
