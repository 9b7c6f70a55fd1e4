import { MessageFlags, InteractionResponseType as Response } from 'discord-api-types/v10';
import { readArgs, type Values } from '../asking/args.ts';
import type { Act, Asker, Command, Leaf, Post } from '../asking/command.ts';
import type { Document } from '../briefing/document.ts';
import { UserError } from '../errors.ts';
import { errorData, type Log } from '../log.ts';
import { type Answer, answer, askedAgain, type Draw } from './answer.ts';
import { completeOption } from './complete.ts';
import { escapeText } from './escape.ts';
import { explain } from './explain.ts';
import { type Address, type Interaction, type Rights, readInteraction } from './interaction.ts';
import { timing } from './limits.ts';
import type { MessageBody } from './message.ts';
import { notice } from './plain.ts';
import { mayPost } from './post.ts';
import type { Recorder, Sending } from './recorder.ts';
import { type Press, type Request, readButton, type StateMemory } from './state.ts';
import type { Sent, Wire } from './wire.ts';

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

/** Where the answer appears: as a new message, for all or for one; or in place of the message whose button was pressed. */
type Way = 'public' | 'private' | 'in place';

const PRIVATE_OPTION = 'private';

/** An answer, and the record of its showing where it is a briefing. */
type Composed = Answer & { readonly sending?: Sending | undefined };

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
  const { deps, log, wire, memory, mention, recorder, deferAfterMs = timing.deferAfterMs } = options;
  const leaves = new Map<string, Leaf<D>>(
    options.commands.flatMap((command) => command.leaves.map((leaf) => [leaf.path, leaf] as const)),
  );
  const acts = new Map<string, Act<D>>(
    [...leaves.values()].flatMap(({ path, acts: own = {} }) =>
      Object.entries(own).map(([name, act]) => [`${path} ${name}`, act] as const),
    ),
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
  async function deliverPlain(to: Address, body: MessageBody, way: Way, deferred: boolean): Promise<Sent> {
    const data = way === 'public' ? body : onlyForAsker(body);
    if (!deferred) return wire.callback(to, { type: Response.ChannelMessageWithSource, data });
    return way === 'in place' ? wire.followUp(to, data) : wire.edit(to, body);
  }

  async function deliver(to: Address, { body, fallback }: Answer, way: Way, deferred: boolean): Promise<Sent> {
    const type = way === 'in place' ? Response.UpdateMessage : Response.ChannelMessageWithSource;
    const data = way === 'private' ? onlyForAsker(body) : body;
    const sent = deferred ? await wire.edit(to, body) : await wire.callback(to, { type, data });
    return sent.outcome === 'refused' ? deliverPlain(to, await fallback(), way, deferred) : sent;
  }

  /** Tells the record whether the briefing arrived. A request that failed may have done its work: it is looked for once. */
  async function settle(to: Address, sending: Sending, { outcome, message }: Sent, way: Way): Promise<void> {
    const id = message ?? (outcome === 'sent' ? undefined : await wire.find(to));
    if (outcome !== 'sent' && id === undefined) await sending.lost(outcome);
    else await sending.shown(id === undefined || way === 'private' ? [] : [id]);
  }

  async function defer(to: Address, way: Way): Promise<boolean> {
    const flags = way === 'private' ? MessageFlags.Ephemeral : 0;
    const { outcome } =
      way === 'in place'
        ? await wire.callback(to, { type: Response.DeferredMessageUpdate })
        : await wire.callback(to, { type: Response.DeferredChannelMessageWithSource, data: { flags } });
    return outcome === 'sent';
  }

  /** Does the work and sends what comes of it; says "thinking" first where the work takes long. */
  async function respond(to: Address, way: Way, about: object, work: () => Promise<Composed>): Promise<void> {
    const running = work().then(
      (done) => ({ done, failed: false }),
      (thrown: unknown) => ({ done: apology(thrown, about) as Composed, failed: true }),
    );
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(resolve, deferAfterMs, 'late');
    });
    const quick = await Promise.race([running, late]);
    clearTimeout(timer);
    const deferred = quick === 'late';
    if (deferred && !(await defer(to, way))) {
      await (await running).done.sending?.lost('gone');
      return;
    }
    const { done, failed } = await running;
    if (failed) await deliverError(to, done, way, deferred);
    else {
      const sent = await deliver(to, done, way, deferred);
      if (done.sending) await settle(to, done.sending, sent, way);
    }
  }

  /** The document as a message, under its number: that of the edition whose page is turned, or a new one. */
  async function numberedAnswer(
    document: Document,
    asked: { readonly request: Request; readonly page: number; readonly plain: boolean; readonly key: string },
    asker: Asker,
    again?: { readonly edition?: number },
  ): Promise<Composed> {
    const request = askedAgain(document, asked.request);
    const known = again?.edition ?? document.basis?.edition;
    const sending =
      again === undefined && known === undefined
        ? await recorder?.begin({ document, request, asker, private: asker.alone === true, key: asked.key })
        : undefined;
    const edition = known ?? sending?.number;
    try {
      const made = await answer(
        document,
        { ...asked, request: { ...asked.request, ...(edition !== undefined && { edition }) } },
        { memory, mention, draw: options.draw },
      );
      return { ...made, sending };
    } catch (thrown) {
      await sending?.lost('not composed');
      throw thrown;
    }
  }

  async function compose(
    leaf: Leaf<D>,
    args: Values,
    asker: Asker,
    press: Pick<Press, 'page' | 'plain'> & { readonly key: string },
    again?: { readonly edition?: number },
  ): Promise<Composed> {
    const document = await leaf.run(args, deps, asker);
    return numberedAnswer(document, { request: { path: leaf.path, args: asText(args) }, ...press }, asker, again);
  }

  async function onCommand({ address, asker, path, values }: Of<'command'>): Promise<void> {
    const leaf = leaves.get(path);
    const way: Way = leaf?.ephemeral === true || values[PRIVATE_OPTION] === true ? 'private' : 'public';
    await respond(address, way, { command: path }, async () => {
      const known = leafOf(leaves, path);
      const alone = way === 'private' || asker.guild === null;
      return compose(
        known,
        readArgs(known.options, values),
        { ...asker, alone },
        { page: 0, plain: false, key: address.id },
      );
    });
  }

  /** Posts documents in the channel, each under its own number. Says how many arrived. */
  async function share(posts: readonly Post[], asker: Asker, rights: Rights, key: string): Promise<number> {
    mayPost(rights);
    let arrived = 0;
    for (const [at, { document, path, args }] of posts.entries()) {
      const own = `${key}.${at}`;
      const everyone = { ...asker, alone: false };
      // oxlint-disable-next-line no-await-in-loop -- in order, and no more of them after one that fails
      const made = await numberedAnswer(
        document,
        { request: { path, args }, page: 0, plain: false, key: own },
        everyone,
      );
      // oxlint-disable-next-line no-await-in-loop
      let sent = await wire.post(asker.channel, made.body, own);
      // oxlint-disable-next-line no-await-in-loop
      if (sent.outcome === 'refused') sent = await wire.post(asker.channel, await made.fallback(), own);
      // oxlint-disable-next-line no-await-in-loop
      await (sent.outcome === 'sent'
        ? made.sending?.shown(sent.message === undefined ? [] : [sent.message])
        : made.sending?.lost(sent.outcome));
      if (sent.outcome !== 'sent') break;
      arrived += 1;
    }
    return arrived;
  }

  async function onAct({ address, asker, rights }: Of<'button'>, press: Press, mine: boolean): Promise<void> {
    await respond(address, 'private', { command: press.path, button: press.kind }, async () => {
      const act = acts.get(press.path);
      if (act === undefined) throw new UserError('This button does nothing any more.', 'Ask again with the command.');
      if (!mine)
        throw new UserError('Only the person who asked can use this button.', 'Ask with the command yourself.');
      const acted = await act(press.args, deps, { ...asker, alone: true });
      if (!('say' in acted)) throw new Error(`${press.path} answers with what cannot be shown yet`);
      const { say, posts = [] } = acted;
      const arrived = posts.length > 0 ? await share(posts, asker, rights, address.id) : 0;
      if (arrived < posts.length)
        throw new UserError(
          `Discord did not take the message (${arrived} of ${posts.length} posted).`,
          'Somebody who manages this channel can check that Sitrep may send messages here.',
        );
      const body = notice(escapeText(say));
      return { body, fallback: () => Promise.resolve(body) };
    });
  }

  async function onButton(pressed: Of<'button'>): Promise<void> {
    const { address, asker, customId, ephemeral, owner } = pressed;
    // Read first: which way the answer goes depends on it. What fails here is told in the answer.
    const read = await readButton(customId, memory).catch((thrown: unknown) => ({ thrown }));
    if ('thrown' in read) {
      await deliverError(address, apology(read.thrown, { button: 'unreadable' }), 'private', false);
      return;
    }
    const press = read;
    const mine = ephemeral || owner === asker.user;
    if (press.kind === 'act') {
      await onAct(pressed, press, mine);
      return;
    }
    // Who did not ask for a public message gets a page of his own: one reader does not turn another's page.
    const shared =
      press.kind === 'turn' ? 'in place' : ephemeral || leaves.get(press.path)?.ephemeral ? 'private' : 'public';
    const way: Way = mine ? shared : 'private';
    await respond(address, way, { command: press.path, button: press.kind }, async () => {
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
      return compose(leaf, readArgs(leaf.options, press.args), again, { page, plain, key: address.id }, same);
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
