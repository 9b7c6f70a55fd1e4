import type { Client, ClientOptions } from 'discord.js';
import { PLAYGROUND_SEED } from '../../src/playground/cast.ts';
import { asText, type JsonObject, objectsIn } from '../../src/playground/standin/json.ts';
import type { InteractionRequest, SentUpload, Tamper } from '../../src/playground/standin/prepare.ts';
import { type StandIn, type StandInOptions, startStandIn } from '../../src/playground/standin/stand-in.ts';
import type { StoredMessage } from '../../src/playground/standin/world.ts';
import { type Answer, answerOf, fieldId, isAnswer, sourceOf } from './bench/answer.ts';
import { clientFor, connect } from './bench/client.ts';
import {
  channelId,
  componentOf,
  filledIn,
  takenApart,
  userId,
  type Value,
  type Where,
  type Who,
} from './bench/words.ts';

export type { Answer } from './bench/answer.ts';
export { connect } from './bench/client.ts';
export type { Value, Where, Who } from './bench/words.ts';

export interface Ask {
  /** "brief", "digest create", or the name of a context-menu command. */
  readonly command: string;
  readonly options?: Readonly<Record<string, Value>>;
  /** Message or user of a context-menu command. */
  readonly target?: string;
  /** By the value of the attachment option. */
  readonly files?: Readonly<Record<string, SentUpload>>;
  readonly user?: Who;
  readonly channel?: Where;
  /** Send it although the command is hidden from this person. */
  readonly evenIfHidden?: boolean;
  readonly tamper?: Tamper;
}

export interface Acting {
  readonly user?: Who;
  /** What arrives instead of what Discord would send. */
  readonly tamper?: Tamper;
}

export interface Bench {
  readonly standIn: StandIn;
  /** A discord.js client, logged in and ready; destroyed with the bench. */
  connect(options?: Partial<ClientOptions>): Promise<Client<true>>;
  /** The same, not yet logged in. */
  client(options?: Partial<ClientOptions>): Client;
  /** Uses a command and waits until the bot has answered (and filled in a deferred answer). Default: the reader, in #newsroom. */
  ask(ask: Ask): Promise<Answer>;
  /** The same from a line as a person types it: `command('editor', '/brief situation:aleppo-2024')`. */
  command(user: Who, line: string, where?: Where, acting?: Omit<Acting, 'user'>): Promise<Answer>;
  /** Uses a command of a message's menu: `menu('editor', 'Add to briefing', bench.say('reader', '…'))`. */
  menu(user: Who, command: string, on: StoredMessage | JsonObject, acting?: Omit<Acting, 'user'>): Promise<Answer>;
  /** Choices offered for the last option of the line. */
  autocomplete(user: Who, line: string, where?: Where): Promise<readonly { name: string; value: string | number }[]>;
  /** Presses a button by custom_id or label, as the one who asked unless told otherwise. */
  press(on: Answer | JsonObject, which: string, acting?: Acting): Promise<Answer>;
  select(on: Answer | JsonObject, which: string, values: readonly string[], acting?: Acting): Promise<Answer>;
  /**
   * Submits the form that an answer showed; values by custom_id or by label. What is not named stays as it was
   * prefilled. A form can be sent once, and only by whom it was shown to.
   */
  submit(
    form: Answer,
    values: Readonly<Record<string, string | readonly string[]>>,
    acting?: Omit<Acting, 'user'>,
  ): Promise<Answer>;
  say(user: Who, content: string, where?: Where): StoredMessage;
  /** Messages of a channel as that person sees them; without a person the public ones. */
  seen(where: Where, user?: Who): readonly JsonObject[];
  /** Waits until something holds, checking whenever anything happens. Rejects after `ms` (default 5000) with `what`. */
  until(what: string, holds: () => boolean, ms?: number): Promise<void>;
  close(): Promise<void>;
}

export type BenchOptions = Partial<StandInOptions> & {
  /** How long a deferred answer may take; default 10 s. */
  readonly settleMs?: number;
};

/** Starts a stand-in on any free port, with the playground's cast and without rate limits unless told otherwise. */
export async function startBench(options: BenchOptions = {}): Promise<Bench> {
  const mistakes: unknown[] = [];
  const { settleMs = 10_000, ...given } = options;
  const standIn = await startStandIn({
    seed: PLAYGROUND_SEED,
    rateLimits: false,
    onMistake: (mistake) => mistakes.push(mistake),
    ...given,
  });
  const { world } = standIn;
  const clients: Client[] = [];
  const commands = () => [...world.guilds.keys()].flatMap((id) => standIn.commands.inGuild(id));

  const noMistakes = () => {
    if (mistakes.length > 0) throw new Error('The stand-in made a mistake.', { cause: mistakes[0] });
  };

  const until: Bench['until'] = (what, holds, ms = 5000) =>
    new Promise((resolve, reject) => {
      const done = (settle: () => void) => {
        clearTimeout(timer);
        clearInterval(poll);
        stop();
        settle();
      };
      const check = () => holds() && done(resolve);
      const stop = standIn.on(check);
      const timer = setTimeout(() => done(() => reject(new Error(`The bench waited ${ms} ms in vain: ${what}.`))), ms);
      const poll = setInterval(check, 10);
      check();
    });

  const perform = async (request: InteractionRequest, source?: StoredMessage): Promise<Answer> => {
    let changes = 0;
    let interactionId = '';
    const stop = standIn.on((event) => {
      if (event.type !== 'message.create' && event.type !== 'message.update') return;
      if (event.message === source || event.message.interactionId === interactionId) changes++;
    });
    try {
      const { id, outcome } = standIn.interact(request);
      interactionId = id;
      const settled = await outcome;
      const answer = answerOf(standIn, request, id, settled, source);
      noMistakes();
      if (settled.kind !== 'acknowledged') return answer;
      const own = () => [...world.messages.values()].flat().filter((one) => one.interactionId === id);
      if (settled.callbackType === 5) {
        await until('the deferred answer is filled in', () => own().every((one) => !one.loading), settleMs);
      } else if (settled.callbackType === 6) {
        await until('something follows the deferred update', () => changes > 0, settleMs);
      }
      return answer;
    } finally {
      stop();
    }
  };

  const storedOf = (on: Answer | JsonObject): StoredMessage => {
    const raw = isAnswer(on) ? on.messages.findLast((one) => objectsIn(one['components']).length > 0) : on;
    const found = world.messages.get(asText(raw?.['channel_id']))?.find((one) => one.id === raw?.['id']);
    if (found === undefined) throw new Error('The message is gone, or the answer has none with components.');
    return found;
  };
  const use = async (
    on: Answer | JsonObject,
    which: string,
    values: readonly string[] | undefined,
    acting: Acting = {},
  ) => {
    const message = storedOf(on);
    const asker = isAnswer(on) ? on.user : (message.onlyFor ?? userId(world, 'reader'));
    return perform(
      {
        kind: 'component',
        userId: acting.user === undefined ? asker : userId(world, acting.user),
        channelId: message.channelId,
        messageId: message.id,
        customId: asText(componentOf(message.raw, which)['custom_id']),
        ...(values === undefined ? {} : { values }),
        ...(acting.tamper && { tamper: acting.tamper }),
      },
      message,
    );
  };

  const client: Bench['client'] = (more) => {
    const made = clientFor(standIn, more);
    clients.push(made);
    return made;
  };

  const bench: Bench = {
    standIn,
    until,
    client,
    async connect(more) {
      const made = await connect(standIn, more);
      clients.push(made);
      return made;
    },
    async ask({ command, options: values = {}, user = 'reader', channel = 'newsroom', target, files, ...more }) {
      const asked = filledIn(world, commands(), command, values);
      return perform({
        kind: 'command',
        userId: userId(world, user),
        channelId: channelId(world, channel),
        commandId: asText(asked.command['id']),
        options: asked.options,
        ...(target === undefined ? {} : { targetId: target }),
        ...(files === undefined ? {} : { files }),
        ...more,
      });
    },
    async command(user, line, where = 'newsroom', acting = {}) {
      const { path, values } = takenApart(commands(), line);
      return bench.ask({ ...acting, command: path, options: values, user, channel: where });
    },
    menu(user, command, on, acting = {}) {
      const channel = 'channelId' in on ? on.channelId : on['channel_id'];
      return bench.ask({ ...acting, command, target: asText(on.id), user, channel: asText(channel) });
    },
    async autocomplete(user, line, where = 'newsroom') {
      const { path, values } = takenApart(commands(), line);
      const asked = filledIn(world, commands(), path, values, Object.keys(values).at(-1));
      const answer = await perform({
        kind: 'autocomplete',
        userId: userId(world, user),
        channelId: channelId(world, where),
        commandId: asText(asked.command['id']),
        options: asked.options,
      });
      if (answer.choices === undefined) throw new Error(`No choices came: ${answer.failed ?? 'another answer'}`);
      return answer.choices;
    },
    press: (on, which, acting) => use(on, which, undefined, acting),
    select: (on, which, values, acting) => use(on, which, values, acting),
    async submit(form, values, acting = {}) {
      if (form.modal === undefined) throw new Error(`There is no form to submit: ${form.failed ?? form.text}`);
      const { id, body } = form.modal;
      return perform(
        {
          kind: 'modal.submit',
          userId: form.user,
          channelId: form.channel,
          modalId: id,
          values: Object.fromEntries(Object.entries(values).map(([name, value]) => [fieldId(body, name), value])),
          ...acting,
        },
        sourceOf.get(form),
      );
    },
    say: (user, content, where = 'newsroom') => standIn.say(userId(world, user), channelId(world, where), content),
    seen: (where, user) =>
      standIn.seen(channelId(world, where), user === undefined ? undefined : userId(world, user)).map((one) => one.raw),
    async close() {
      for (const one of clients) await one.destroy();
      await standIn.close();
      noMistakes();
    },
  };
  return bench;
}
