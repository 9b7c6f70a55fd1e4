/** What the bot may do in a channel, for those who read the state of the desk. */
export interface ChannelFacts {
  readonly name: string;
  /** Names of rights, as Discord calls them, that the bot lacks there for posting. */
  readonly missing: readonly string[];
}

/** A channel to which something is to be posted. */
export interface TargetFacts {
  readonly name: string;
  /** Discord's number of the channel's type. */
  readonly type: number;
  /** What a person and the bot may do there: Discord's bits. */
  readonly person: bigint;
  readonly bot: bigint;
  /** Of a forum. */
  readonly tags: readonly { readonly id: string; readonly name: string }[];
  readonly tagRequired: boolean;
}

/** What Discord says of a server, as far as the bot was told with the intent of guilds alone. */
export interface GuildFacts {
  /** Undefined: the bot is no member there. */
  guild(id: string): { readonly name: string } | undefined;
  /** Undefined: it is gone, or the bot cannot see it. */
  channel(guild: string, id: string): ChannelFacts | undefined;
  role(guild: string, id: string): { readonly name: string; readonly mentionable: boolean } | undefined;
  /** Undefined: it is gone, or the bot cannot see it, or it is a thread that was archived. */
  target(
    guild: string,
    id: string,
    person: { readonly user: string; readonly roles?: readonly string[] | undefined },
  ): TargetFacts | undefined;
  /** How far this machine's clock is ahead of Discord's, in ms; 0 within two seconds, which is as far as can be told. */
  ahead(): number;
  /** Whether the commands are registered; undefined while that is under way. */
  registered(): boolean | undefined;
}

/** One line of the doctor's: what is right, or what is wrong and who can fix it. */
export type Check =
  | { readonly ok: true; readonly what: string }
  | { readonly ok: false; readonly what: string; readonly fix: string };
