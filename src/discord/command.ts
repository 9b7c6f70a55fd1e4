import type {
  APIApplicationCommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord-api-types/v10';
import type { Document } from '../briefing/document.ts';

type Payload = RESTPostAPIChatInputApplicationCommandsJSONBody;
type Option = APIApplicationCommandOption;

interface Values {
  [ApplicationCommandOptionType.String]: string;
  [ApplicationCommandOptionType.Integer]: number;
  [ApplicationCommandOptionType.Number]: number;
  [ApplicationCommandOptionType.Boolean]: boolean;
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

/** Who asks, and where. `guild` is null in a direct message. */
export interface Asker {
  readonly user: string;
  readonly guild: string | null;
  readonly channel: string;
  /** On paging: the seq of the first answer, so that every page is of one document. */
  readonly pin?: number;
}

type Run<D, A> = (args: A, deps: D, asker: Asker) => Document | Promise<Document>;
/** Typed prefix in, choices out; the other options as far as they are filled. */
type Complete<D> = (
  typed: string,
  so: Readonly<Record<string, unknown>>,
  deps: D,
  asker: Asker,
) => readonly Choice[] | Promise<readonly Choice[]>;

/** One question that can be asked: the leaf of a command. */
export interface Leaf<D> {
  /** "brief" or "entry show". */
  readonly path: string;
  readonly options: readonly Option[];
  readonly run: Run<D, Readonly<Record<string, unknown>>>;
  readonly complete: Readonly<Record<string, Complete<D>>>;
}

export interface Command<D> {
  readonly payload: Payload;
  readonly leaves: readonly Leaf<D>[];
}

/** What `defineCommand` takes besides the payload, with the arguments inferred from it. */
interface Body<D, O extends readonly unknown[]> {
  readonly run: Run<D, ArgsOf<O>>;
  readonly complete?: Partial<Readonly<Record<keyof ArgsOf<O> & string, Complete<D>>>>;
}

function leaf<D>(path: string, options: readonly Option[], body: { run: unknown; complete?: unknown }): Leaf<D> {
  // The one place where the inferred argument type meets the untyped wire; `readArgs` checks the values against the options.
  return { path, options, run: body.run as Leaf<D>['run'], complete: (body.complete ?? {}) as Leaf<D>['complete'] };
}

/** Binds the type of the dependencies once; see commands/index.ts. */
export function commandsFor<D>() {
  return {
    /** A command that is called by its own name. */
    command<const P extends Payload>(payload: P, body: Body<D, OptionsOf<P>>): Command<D> {
      return { payload, leaves: [leaf(payload.name, (payload.options ?? []) as readonly Option[], body)] };
    },
    /** A command with subcommands; each has a body under its name. */
    group<
      const P extends Payload & { options: readonly { type: ApplicationCommandOptionType.Subcommand; name: string }[] },
    >(payload: P, bodies: { [K in P['options'][number] as K['name']]: Body<D, OptionsOf<K>> }): Command<D> {
      const subs = payload.options as readonly (Option & { name: string; options?: readonly Option[] })[];
      return {
        payload,
        leaves: subs.map((sub) =>
          leaf(
            `${payload.name} ${sub.name}`,
            sub.options ?? [],
            (bodies as Record<string, { run: unknown }>)[sub.name] as { run: unknown },
          ),
        ),
      };
    },
  };
}

export type { ApplicationCommandType };
