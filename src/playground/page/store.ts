import { num, str } from './raw.ts';
import type { ChannelInfo, ClockState, Hello, Persona, Raw, SeenMessage, ToPage } from './wire.ts';

/** Message flags that the page acts on. */
export const Flag = { ephemeral: 64, loading: 128, componentsV2: 32_768 } as const;

/** Something asked of the bot that has not been answered, or that failed. */
export interface Pending {
  readonly nonce: string;
  readonly kind: 'command' | 'component' | 'modal';
  readonly channelId: string;
  readonly personaId: string;
  /** The command line, for commands. */
  readonly line?: string;
  /** Where the component was used. */
  readonly messageId?: string;
  readonly customId?: string;
  /** Why it failed; absent while waiting. */
  readonly failed?: string;
}

export interface OpenModal {
  readonly modalId: string;
  readonly modal: Raw;
  readonly channelId: string;
  readonly personaId: string;
  /** Nonce of the submission that is under way. */
  readonly sending?: string;
  readonly error?: string;
}

export interface State {
  /** False until the first hello and whenever the socket is gone. */
  readonly connected: boolean;
  /** Which start of the playground the rest is from. */
  readonly run?: string;
  readonly bot: Hello['bot'];
  readonly guild: Hello['guild'];
  readonly channels: readonly ChannelInfo[];
  readonly personas: readonly Persona[];
  readonly roles: NonNullable<Hello['roles']>;
  readonly commands: readonly Raw[];
  readonly messages: readonly SeenMessage[];
  readonly clock?: ClockState;
  /** When the clock was heard of, by this browser's own clock: the playground's runs on from there. */
  readonly clockHeard: number;
  readonly hints?: NonNullable<Hello['hints']>;
  readonly channelId: string;
  readonly personaId: string;
  readonly unread: ReadonlySet<string>;
  readonly pending: readonly Pending[];
  readonly modal?: OpenModal;
}

export const emptyState: State = {
  connected: false,
  bot: { id: '', name: '', online: false },
  guild: { id: '', name: '' },
  channels: [],
  personas: [],
  roles: [],
  commands: [],
  messages: [],
  clockHeard: 0,
  channelId: '',
  personaId: '',
  unread: new Set(),
  pending: [],
};

export const messageId = (seen: SeenMessage): string => str(seen.message, 'id') ?? '';
export const channelOf = (seen: SeenMessage): string => str(seen.message, 'channel_id') ?? '';
export const flagsOf = (message: Raw): number => num(message, 'flags') ?? 0;

/** Messages of the open channel that this persona may see, in the order in which they came. */
export function visibleMessages(state: State): SeenMessage[] {
  return state.messages.filter(
    (seen) => channelOf(seen) === state.channelId && (seen.onlyFor === undefined || seen.onlyFor === state.personaId),
  );
}

const isSeenBy = ({ seenBy }: ChannelInfo, personaId: string): boolean => seenBy?.includes(personaId) ?? true;

/** Channels that the persona may see, in their order. */
export const visibleChannels = (state: State): readonly ChannelInfo[] =>
  state.channels.filter((channel) => isSeenBy(channel, state.personaId));

/** The open channel; undefined before the first hello. */
export const openChannel = (state: State): ChannelInfo | undefined =>
  state.channels.find(({ id }) => id === state.channelId);

export const FORUM = 15;

/** The state in which that persona acts. A channel that it may not see is left for the first one that it may. */
export function actingAs(state: State, personaId: string): State {
  const next = { ...state, personaId };
  const visible = visibleChannels(next);
  if (visible.some(({ id }) => id === state.channelId)) return next;
  return { ...next, channelId: visible[0]?.id ?? '' };
}

export const personaOf = (state: State, id: string): Persona | undefined =>
  state.personas.find((persona) => persona.id === id);

/** Whether the playground was started again since the page last heard of it. */
export const isOtherRun = ({ run }: State, hello: Hello): boolean => run !== undefined && hello.run !== run;

function withHello(state: State, hello: Hello, heard: number): State {
  const keep = (list: readonly { readonly id: string }[], id: string): string =>
    list.some((each) => each.id === id) ? id : (list[0]?.id ?? '');
  // Optional parts come from this hello alone, so those of the last one must not shine through.
  const { clock: _clock, hints: _hints, modal, ...rest } = state;
  // Answers go to the socket that asked: over a new one, nothing comes of what was under way.
  const goesOn = state.connected && !isOtherRun(state, hello);
  const known: State = {
    ...rest,
    ...(goesOn && modal && { modal }),
    ...(hello.run !== undefined && { run: hello.run }),
    connected: true,
    bot: hello.bot,
    guild: hello.guild,
    channels: hello.channels,
    personas: hello.personas,
    roles: hello.roles ?? [],
    commands: hello.commands,
    messages: hello.messages,
    clockHeard: heard,
    channelId: keep(hello.channels, state.channelId),
    personaId: keep(hello.personas, state.personaId),
    pending: goesOn ? state.pending : [],
    unread: isOtherRun(state, hello) ? new Set() : state.unread,
    ...(hello.clock && { clock: hello.clock }),
    ...(hello.hints && { hints: hello.hints }),
  };
  return actingAs(known, known.personaId);
}

function withMessage(state: State, seen: SeenMessage): State {
  const id = messageId(seen);
  const known = state.messages.findIndex((each) => messageId(each) === id);
  if (known !== -1) {
    const before = state.messages[known];
    // An edit need not repeat which command the message answers, nor who may see it.
    return { ...state, messages: state.messages.with(known, { ...before, ...seen }) };
  }
  const channel = channelOf(seen);
  const listed = visibleChannels(state).some((each) => each.id === channel);
  const elsewhere =
    listed && channel !== state.channelId && (seen.onlyFor === undefined || seen.onlyFor === state.personaId);
  return {
    ...state,
    messages: [...state.messages, seen],
    unread: elsewhere ? new Set(state.unread).add(channel) : state.unread,
  };
}

const withoutPending = (state: State, nonce: string): State => ({
  ...state,
  pending: state.pending.filter((each) => each.nonce !== nonce),
});

/** The state with one more thing under way. Older commands there that failed have been read by whoever asks again. */
export function withPending(state: State, pending: Pending): State {
  const isRead = (each: Pending): boolean =>
    each.failed !== undefined &&
    each.kind === 'command' &&
    each.channelId === pending.channelId &&
    each.personaId === pending.personaId;
  return { ...state, pending: [...state.pending.filter((each) => !isRead(each)), pending] };
}

/** The state without its modal. */
export function closeModal(state: State): State {
  const { modal: _modal, ...rest } = state;
  return rest;
}

function withModal(state: State, frame: Extract<ToPage, { type: 'modal' }>): State {
  const asked = state.pending.find(({ nonce }) => nonce === frame.nonce);
  // Another tab asked, or the page was loaded anew meanwhile: nobody here waits for it.
  if (asked === undefined) return state;
  const { channelId, personaId } = asked;
  return {
    ...withoutPending(state, frame.nonce),
    modal: { modalId: frame.modalId, modal: frame.modal, channelId, personaId },
  };
}

function withFailure(state: State, frame: Extract<ToPage, { type: 'failed' }>): State {
  if (state.modal?.sending === frame.nonce) {
    const { sending: _sending, ...modal } = state.modal;
    return { ...withoutPending(state, frame.nonce), modal: { ...modal, error: frame.reason } };
  }
  return {
    ...state,
    pending: state.pending.map((each) => (each.nonce === frame.nonce ? { ...each, failed: frame.reason } : each)),
  };
}

/** What the page knows after a frame that came at `heard` (milliseconds). */
export function applyFrame(state: State, frame: ToPage, heard = 0): State {
  switch (frame.type) {
    case 'hello':
      return withHello(state, frame, heard);
    case 'message.create':
    case 'message.update':
      return withMessage(state, frame.seen);
    case 'message.delete':
      return { ...state, messages: state.messages.filter((seen) => messageId(seen) !== frame.messageId) };
    case 'commands':
      return { ...state, commands: frame.commands };
    case 'bot':
      return { ...state, bot: { ...state.bot, online: frame.online } };
    case 'clock':
      return { ...state, clock: frame.clock, clockHeard: heard };
    case 'acknowledged': {
      const done = withoutPending(state, frame.nonce);
      return done.modal?.sending === frame.nonce ? closeModal(done) : done;
    }
    case 'modal':
      return withModal(state, frame);
    case 'failed':
      return withFailure(state, frame);
    case 'choices':
      return state;
    default:
      return state;
  }
}

export interface Store {
  readonly get: () => State;
  readonly change: (change: (state: State) => State) => void;
  readonly subscribe: (listener: (state: State, before: State) => void) => void;
}

/** The one place where the page's state lives. Listeners are told once per change, at once. */
export function createStore(initial: State = emptyState): Store {
  let state = initial;
  const listeners: ((state: State, before: State) => void)[] = [];
  return {
    get: () => state,
    change: (change) => {
      const before = state;
      state = change(before);
      if (state !== before) for (const listener of listeners) listener(state, before);
    },
    subscribe: (listener) => void listeners.push(listener),
  };
}
