import { ChannelType, PermissionFlagsBits as Flag } from 'discord-api-types/v10';
import type { TargetFacts } from '../../desk/facts.ts';
import { UserError } from '../../errors.ts';
import type { Asker } from '../command.ts';
import type { Reading } from '../reading.ts';

/** Kinds of channels that a digest can be posted in. */
export const TARGETS = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.AnnouncementThread,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
  ChannelType.GuildForum,
] as const;

// Discord may add kinds: its numbers are compared as numbers.
const KINDS: ReadonlySet<number> = new Set(TARGETS);
const THREADS: ReadonlySet<number> = new Set([
  ChannelType.AnnouncementThread,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
]);
const FORUM: number = ChannelType.GuildForum;
const ANNOUNCEMENT: number = ChannelType.GuildAnnouncement;

/** A channel in which both may post. */
export interface Target extends Pick<TargetFacts, 'tags' | 'tagRequired'> {
  readonly name: string;
  readonly forum: boolean;
  readonly announcement: boolean;
  /** What the bot lacks, though it can post without it: what that costs, and who can give it. */
  readonly notes: readonly string[];
}

type Right = readonly [name: string, bit: bigint];
const VIEW: Right = ['View Channel', Flag.ViewChannel];
const sendIn = (type: number): Right =>
  THREADS.has(type) ? ['Send Messages in Threads', Flag.SendMessagesInThreads] : ['Send Messages', Flag.SendMessages];

/** What a digest does without a right that it can do without. */
const WITHOUT: Readonly<Record<string, string>> = {
  'Embed Links': 'without “Embed Links” a digest comes as plain text',
  'Read Message History': 'without “Read Message History” it cannot look for a message that Discord did not confirm',
};

const lacking = (bits: bigint, rights: readonly Right[]): readonly string[] => {
  if ((bits & Flag.Administrator) !== 0n) return [];
  // Who cannot see a channel can do nothing in it, whatever the other bits say.
  const held = (bits & Flag.ViewChannel) === 0n ? 0n : bits;
  return rights.filter(([, bit]) => (held & bit) === 0n).map(([name]) => name);
};
const quoted = (names: readonly string[]): string => names.map((name) => `“${name}”`).join(' and ');

/**
 * The channel as a digest's, where this person and the bot may post in it now: by what Discord said with this interaction,
 * or else by what it told before. Throws a UserError that says who can change it.
 */
export function targetFor(id: string, { facts }: Reading, asker: Asker): Target {
  const picked = asker.picked?.get(id);
  const known = asker.guild === null ? undefined : facts?.target(asker.guild, id, asker);
  const found = picked ?? known;
  if (!found)
    throw new UserError(
      'That channel is gone, or is a thread that was archived, or Sitrep cannot see it.',
      'Somebody who manages channels can give Sitrep “View Channel” there; or choose another channel.',
    );
  const { name, type, person, bot } = found;
  if (!KINDS.has(type))
    throw new UserError(
      `#${name} is no channel for a digest.`,
      'Choose a text or announcement channel, a thread or a forum.',
    );
  const send = sendIn(type);
  if (lacking(person, [VIEW, send]).length > 0)
    throw new UserError(
      `You may not send messages in #${name}, so you cannot order a digest for it.`,
      'Somebody who may can order it, or give you the right.',
    );
  const missing = lacking(bot, [VIEW, send]);
  if (missing.length > 0)
    throw new UserError(
      `Sitrep may not post in #${name}: it lacks ${quoted(missing)}.`,
      'Somebody who manages that channel can give it in the channel’s permissions.',
    );
  const wanted = lacking(bot, [
    ['Embed Links', Flag.EmbedLinks],
    ['Read Message History', Flag.ReadMessageHistory],
  ]);
  return {
    name,
    forum: type === FORUM,
    announcement: type === ANNOUNCEMENT,
    tags: known?.tags ?? [],
    tagRequired: known?.tagRequired ?? false,
    notes:
      wanted.length === 0
        ? []
        : [
            `In #${name} Sitrep lacks ${quoted(wanted)}: ${wanted.map((right) => WITHOUT[right] ?? '').join('; ')}. Somebody who manages that channel can give it.`,
          ],
  };
}
