import type { MarkdownContext } from './markdown/render.ts';
import type { MentionKind } from './markdown/tree.ts';
import { objs, str, strs, yes } from './raw.ts';
import { personaOf, type State } from './store.ts';
import { CLOCK_LOCALE, type Reader } from './time.ts';
import type { Raw } from './wire.ts';

/** What a person can set off from what is drawn. */
export interface Actions {
  readonly press: (messageId: string, customId: string, componentType: number, values?: readonly string[]) => void;
  readonly dismiss: (messageId: string) => void;
  readonly forget: (nonce: string) => void;
  readonly openChannel: (id: string) => void;
  readonly writeCommand: (name: string) => void;
  readonly runLine: (line: string) => void;
  readonly useOnMessage: (commandId: string, name: string, messageId: string) => void;
}

/** Everything that drawing a message needs. */
export interface View {
  readonly state: State;
  readonly actions: Actions;
  readonly reader: Reader;
}

/**
 * Where there is a playground's clock, its time, its zone and its way of writing hold for everything on the page, so that
 * "3 hours ago" fits the sample and no message stands at another hour than the clock above it.
 */
export const readerOf = ({ clock, clockHeard }: State): Reader =>
  clock === undefined
    ? { now: Date.now() }
    : { now: Date.parse(clock.now) + Date.now() - clockHeard, zone: clock.zone, locale: CLOCK_LOCALE };

export function nameOf(state: State, kind: MentionKind, id: string): string | undefined {
  if (kind === 'channel') return state.channels.find((channel) => channel.id === id)?.name;
  if (kind === 'role') return state.roles.find((role) => role.id === id)?.name;
  return id === state.bot.id ? state.bot.name : personaOf(state, id)?.name;
}

/** How the texts of this message are to be read. */
export function markdownContext(view: View, message: Raw): MarkdownContext {
  const users = objs(message, 'mentions').flatMap((user) => str(user, 'id') ?? []);
  return {
    reader: view.reader,
    mentions: {
      user: new Set(users),
      role: new Set(strs(message, 'mention_roles')),
      everyone: yes(message, 'mention_everyone'),
    },
    nameOf: (kind, id) => nameOf(view.state, kind, id),
    openChannel: view.actions.openChannel,
    writeCommand: view.actions.writeCommand,
  };
}

const INVISIBLE = '\u200b';

/** Letters for the round picture of somebody without one. */
export const initials = (name: string): string =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => String.fromCodePoint(word.codePointAt(0) ?? 0x200b))
    .join('')
    .toUpperCase() || INVISIBLE;

/**
 * Style text that sets one colour, for a `.style=${…}` binding: set as a property it needs no inline styles allowed.
 * Anything that is not a plain colour sets nothing.
 */
export const colourStyle = (property: string, colour: string | undefined): string =>
  colour !== undefined && /^#[0-9a-f]{3,8}$|^[a-z]+$/i.test(colour) ? `${property}: ${colour}` : '';

/** "#rrggbb" of a number as Discord gives colours. */
export const cssColour = (colour: number): string =>
  `#${Math.max(0, Math.min(0xffffff, Math.trunc(colour)))
    .toString(16)
    .padStart(6, '0')}`;
