import {
  type APIApplicationCommandOption,
  type ApplicationCommandOptionType,
  ApplicationCommandType,
  InteractionContextType,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
  type RESTPostAPIContextMenuApplicationCommandsJSONBody,
} from 'discord-api-types/v10';
import type { Document } from '../briefing/document.ts';
import type { Filled, Form } from './form.ts';

type Payload = RESTPostAPIChatInputApplicationCommandsJSONBody;
type MenuPayload = RESTPostAPIContextMenuApplicationCommandsJSONBody;
type Option = APIApplicationCommandOption;

interface Values {
  [ApplicationCommandOptionType.String]: string;
  [ApplicationCommandOptionType.Integer]: number;
  [ApplicationCommandOptionType.Number]: number;
  [ApplicationCommandOptionType.Boolean]: boolean;
  /** The member's id. */
  [ApplicationCommandOptionType.User]: string;
  /** The channel's id; `Asker.picked` has what Discord said of it. */
  [ApplicationCommandOptionType.Channel]: string;
  /** The role's id. */
  [ApplicationCommandOptionType.Role]: string;
}

type ValueOf<O> = O extends { choices: readonly { value: infer V }[] }
  ? V
  : O extends { type: infer T extends keyof Values }
    ? Values[T]
    : never;

type Simplify<T> = { [K in keyof T]: T[K] };

/** The arguments of a list of options: required ones are there, the others may be. */
export type ArgsOf<O extends readonly unknown[]> = Simplify<
  {
    readonly [K in O[number] as K extends { name: infer N extends string; required: true } ? N : never]: ValueOf<K>;
  } & {
    readonly [K in O[number] as K extends { required: true }
      ? never
      : K extends { name: infer N extends string }
        ? N
        : never]?: ValueOf<K>;
  }
>;

type OptionsOf<P> = P extends { options: infer O extends readonly unknown[] } ? O : readonly [];

/** A choice under an option while the reader types. `name` and `value` at most 100 characters. */
export interface Choice {
  readonly name: string;
  readonly value: string;
}

/** A channel that somebody picked, as Discord said it with the interaction. */
export interface PickedChannel {
  readonly name: string;
  /** Discord's number of the channel's type. */
  readonly type: number;
  /** What each may do there: Discord's bits. Without “View Channel” that is nothing, whatever the other bits say. */
  readonly person: bigint;
  readonly bot: bigint;
}

/** Who asks, and where. `guild` is null in a direct message. */
export interface Asker {
  readonly user: string;
  readonly guild: string | null;
  readonly channel: string;
  /** On paging: the seq of the first answer, so that every page is of one document. */
  readonly pin?: number;
  /** The same for the stream of sources. */
  readonly registry?: number;
  /** On a look back, the head of the stream as it was: what is said to have been corrected since. */
  readonly head?: number;
  /** Discord roles of the member; absent in a direct message. */
  readonly roles?: readonly string[];
  /** Has “Manage Server” in this guild. */
  readonly manages?: boolean;
  /** The bot is a member of this guild; a person may bring a user-installed bot into any. */
  readonly installed?: boolean;
  /** The interaction's id: what it does is done once, however often it arrives. */
  readonly key?: string;
  /** On a button: the number of the briefing under which it stands. */
  readonly edition?: number;
  /** Only the asker will see the answer: it is counted from what this person was shown, not from what the channel was. */
  readonly alone?: boolean;
  /** Channels that were picked with this very interaction, by id. */
  readonly picked?: ReadonlyMap<string, PickedChannel>;
}

/** What pressing a button did: what the presser is told, and what is to be posted in the channel. */
export interface Acted {
  readonly say: string;
  readonly posts?: readonly Post[];
}

/** A document for all in the channel, with the question that brings it again. */
export interface Post {
  readonly path: string;
  readonly args: Readonly<Record<string, string>>;
  readonly document: Document;
}

/** A document as the answer to a press or a form: for the asker alone, or in place of the message that was pressed. */
export interface Shown {
  readonly show: Document;
  readonly inPlace?: boolean;
  /** The question that brings it again, for its further pages. Default: the leaf, with those of the arguments that it has. */
  readonly again?: { readonly path: string; readonly args: Readonly<Record<string, string>> };
}

type Maybe<T> = T | Promise<T>;

/** Checks anew all that it relies on: between the button and its press anything may have changed. */
export type Act<D> = (args: Readonly<Record<string, string>>, deps: D, asker: Asker) => Maybe<Acted | Shown | Form>;

/** Reads a form that was sent. What is wrong with it is told so that nothing that was typed is lost. */
export type ReadForm<D> = (
  filled: Filled,
  args: Readonly<Record<string, string>>,
  deps: D,
  asker: Asker,
) => Maybe<Acted | Shown>;

/** An act, and who may use its button: the one who asked for the message, or everyone who sees it. */
export type ActOf<D> = Act<D> | { readonly run: Act<D>; readonly anyone: true };

/** What a leaf's buttons and forms do, by name. */
export interface Doings<D> {
  readonly acts?: Readonly<Record<string, ActOf<D>>>;
  /** Readers of the forms that it or its acts open. */
  readonly forms?: Readonly<Record<string, ReadForm<D>>>;
}

type Run<D, A> = (args: A, deps: D, asker: Asker) => Maybe<Document | Form>;
/** Typed prefix in, choices out; the other options as far as they are filled. */
type Complete<D> = (
  typed: string,
  so: Readonly<Record<string, unknown>>,
  deps: D,
  asker: Asker,
) => readonly Choice[] | Promise<readonly Choice[]>;

/** One question that can be asked: the leaf of a command. */
export interface Leaf<D> extends Doings<D> {
  /** "brief" or "entry show". */
  readonly path: string;
  readonly options: readonly Option[];
  readonly run: Run<D, Readonly<Record<string, unknown>>>;
  readonly complete: Readonly<Record<string, Complete<D>>>;
  /** Only the asker sees the answer, whatever the option `private` says. */
  readonly ephemeral?: boolean;
}

/** A message on which a command of its menu was used. Text and names are cleaned, and may be empty. */
export interface Target {
  readonly id: string;
  readonly channel: string;
  readonly guild: string | null;
  readonly author: { readonly id: string; readonly name: string; readonly bot: boolean };
  readonly content: string;
  /** Address of the message itself. */
  readonly url: string;
  /** ISO instants. */
  readonly at: string;
  readonly edited?: string;
  readonly attachments: number;
}

/** A command in the menu of a message; what it answers is for the asker alone. */
export interface MenuLeaf<D> extends Doings<D> {
  /** Its name: "Add to briefing". */
  readonly path: string;
  readonly run: (target: Target, deps: D, asker: Asker) => Maybe<Document | Form>;
}

export interface Command<D> {
  readonly payload: Payload | MenuPayload;
  /** None for a command in a menu, which cannot be typed. */
  readonly leaves: readonly Leaf<D>[];
  readonly menu?: MenuLeaf<D>;
}

/** What a command has besides its payload, with the arguments inferred from that. */
export interface Body<D, O extends readonly unknown[]> extends Doings<D> {
  readonly run: Run<D, ArgsOf<O>>;
  readonly complete?: Partial<Readonly<Record<keyof ArgsOf<O> & string, Complete<D>>>>;
  readonly ephemeral?: boolean;
}

interface AnyBody {
  readonly run: unknown;
  readonly complete?: unknown;
  readonly ephemeral?: boolean;
  readonly acts?: unknown;
  readonly forms?: unknown;
}

// oxlint-disable typescript/no-unsafe-type-assertion
// Here, and only here, inferred argument types meet the untyped wire; `readArgs` checks the values against the options.
function leaf<D>(path: string, options: readonly Option[], body: AnyBody): Leaf<D> {
  return {
    path,
    options,
    run: body.run as Leaf<D>['run'],
    complete: (body.complete ?? {}) as Leaf<D>['complete'],
    ephemeral: body.ephemeral === true,
    acts: (body.acts ?? {}) as NonNullable<Doings<D>['acts']>,
    forms: (body.forms ?? {}) as NonNullable<Doings<D>['forms']>,
  };
}

/** An option that is a subcommand. */
export interface Subcommand {
  readonly type: ApplicationCommandOptionType;
  readonly name: string;
  readonly description: string;
  readonly options?: readonly unknown[];
}

/** Binds the type of the dependencies once; see commands/index.ts. */
export function commandsFor<D>() {
  return {
    /** A command that is called by its own name. */
    command<const P extends Payload>(payload: P, body: Body<D, OptionsOf<P>>): Command<D> {
      return { payload, leaves: [leaf(payload.name, (payload.options ?? []) as readonly Option[], body)] };
    },
    /** A command with subcommands; each has a body under its name. */
    group<const S extends readonly Subcommand[]>(
      payload: Omit<Payload, 'options'> & { readonly options: S },
      bodies: { readonly [N in S[number]['name']]: Body<D, OptionsOf<Extract<S[number], { name: N }>>> },
    ): Command<D> {
      const subs: readonly Subcommand[] = payload.options;
      return {
        payload: { ...payload, options: [...subs] as Option[] },
        leaves: subs.map((sub) =>
          leaf(
            `${payload.name} ${sub.name}`,
            (sub.options ?? []) as readonly Option[],
            (bodies as Record<string, AnyBody>)[sub.name] as AnyBody,
          ),
        ),
      };
    },
    /** A command in the menu of messages, in servers unless told otherwise. */
    message(payload: Omit<MenuPayload, 'type'>, body: Omit<MenuLeaf<D>, 'path'>): Command<D> {
      return {
        payload: {
          type: ApplicationCommandType.Message,
          contexts: [InteractionContextType.Guild],
          ...payload,
        },
        leaves: [],
        menu: { path: payload.name, ...body },
      };
    },
  };
}
