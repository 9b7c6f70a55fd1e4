/**
 * What the chat page and the stand-in say to each other, as JSON text frames over `ws://127.0.0.1:<port>/page`.
 * Discord's own shapes (messages, commands, components, modals) travel unchanged, so that the page shows what Discord would get.
 */

/** A Discord object as it goes over the wire; the page reads only the fields that it shows. */
export type Raw = { readonly [key: string]: unknown };

export interface Persona {
  /** Snowflake of the user. */
  readonly id: string;
  readonly name: string;
  /** What the page calls the role: "Reader", "Editor", "Reviewer", "Admin". */
  readonly role: string;
  readonly colour: string;
}

export interface ChannelInfo {
  readonly id: string;
  readonly name: string;
  /** Discord channel type: 0 text, 5 announcement, 11 public thread, 15 forum. */
  readonly type: number;
  readonly topic?: string;
  /** Forum of a post, channel of a thread. */
  readonly parentId?: string;
  /** Ids of the personas that may see it; absent where all may. */
  readonly seenBy?: readonly string[];
}

/** The playground's clock. `marks` are moments worth jumping to, in order. */
export interface ClockState {
  /** ISO instant. */
  readonly now: string;
  /** IANA zone in which the page shows it. */
  readonly zone: string;
  readonly marks: readonly { readonly label: string; readonly at: string }[];
  /** True while the bot is being brought to another moment. */
  readonly moving: boolean;
}

/** A message as one viewer sees it. Ephemeral ones go only to the persona that asked. */
export interface SeenMessage {
  readonly message: Raw;
  /** Persona id that alone may see it; absent for a public message. */
  readonly onlyFor?: string;
  /** The slash command line that it answers, as Discord shows above a reply: "/brief situation: …". */
  readonly invokedBy?: { readonly personaId: string; readonly line: string };
  /** ISO instant that the playground's clock showed when it was posted; the page shows this instead of `timestamp`. */
  readonly moment?: string;
}

export interface Hello {
  readonly type: 'hello';
  /** Differs from start to start of the playground, so that an open page notices that all it showed is gone. */
  readonly run?: string;
  readonly bot: { readonly id: string; readonly name: string; readonly online: boolean };
  readonly guild: { readonly id: string; readonly name: string };
  readonly channels: readonly ChannelInfo[];
  readonly personas: readonly Persona[];
  /** Registered application commands, exactly as the bot registered them, with their ids. */
  readonly commands: readonly Raw[];
  readonly messages: readonly SeenMessage[];
  readonly clock?: ClockState;
  /** What to try first. Every line is one that could be typed: "/brief situation:aleppo-2024". */
  readonly hints?: { readonly text: string; readonly lines: readonly string[] };
  /** Roles that role options, role selects and role mentions can name. */
  readonly roles?: readonly { readonly id: string; readonly name: string }[];
}

export type ToPage =
  | Hello
  /** A deferred reply comes as a message whose `flags` hold LOADING (128); the page shows it as "… is thinking". */
  | { readonly type: 'message.create' | 'message.update'; readonly seen: SeenMessage }
  | { readonly type: 'message.delete'; readonly channelId: string; readonly messageId: string }
  | { readonly type: 'commands'; readonly commands: readonly Raw[] }
  | { readonly type: 'bot'; readonly online: boolean }
  | { readonly type: 'clock'; readonly clock: ClockState }
  /** Choices for the autocomplete asked under this nonce. */
  | {
      readonly type: 'choices';
      readonly nonce: string;
      readonly choices: readonly { name: string; value: string | number }[];
    }
  /** The bot answered an interaction with a modal. */
  | { readonly type: 'modal'; readonly nonce: string; readonly modalId: string; readonly modal: Raw }
  /** The interaction was acknowledged (reply, deferred or updated). */
  | { readonly type: 'acknowledged'; readonly nonce: string }
  /** "The application did not respond" and the like. */
  | { readonly type: 'failed'; readonly nonce: string; readonly reason: string };

export interface OptionValue {
  readonly name: string;
  readonly type: number;
  readonly value?: string | number | boolean;
  readonly focused?: boolean;
  readonly options?: readonly OptionValue[];
}

/** A file that the person picked. */
export interface SentFile {
  readonly name: string;
  readonly contentType: string;
  /** Content, base64. */
  readonly data: string;
}

/** What can be broken. "Next answer" is the next one to a command, a button or a modal; or the next post in the channel. */
export type Breakage =
  /** The next answer gets a 429 once. */
  | 'too-many-requests'
  /** The next answer with components of the second version gets a 400, invalid form body. */
  | 'refused-body'
  /** The next answer never arrives, and nothing comes back. */
  | 'late-answer'
  /** The next answer is made, and answered with a 500. */
  | 'error-after-create'
  /** The next answer is made, and nothing comes back. */
  | 'no-answer-after-create'
  /** The bot loses its right to send in the channel. */
  | 'lost-permission'
  | 'deleted-channel'
  /** The gateway connection is cut. */
  | 'dropped-gateway'
  /** REST and gateway no longer take the token. */
  | 'refused-token'
  /** All of it that can be mended is. */
  | 'mend';

interface Asked {
  /** Made by the page; comes back in what answers it. */
  readonly nonce: string;
  readonly channelId: string;
  readonly personaId: string;
}

export type FromPage =
  | (Asked & {
      readonly type: 'command';
      readonly commandId: string;
      readonly options: readonly OptionValue[];
      /** Message (command type 3) or user (type 2) on which a context-menu command was used. */
      readonly targetId?: string;
      /** Files of attachment options (type 11): the option's value is the key here. */
      readonly files?: Readonly<Record<string, SentFile>>;
    })
  | (Asked & { readonly type: 'autocomplete'; readonly commandId: string; readonly options: readonly OptionValue[] })
  | (Asked & {
      readonly type: 'component';
      readonly messageId: string;
      readonly customId: string;
      readonly componentType: number;
      readonly values?: readonly string[];
    })
  | (Asked & {
      readonly type: 'modal.submit';
      readonly modalId: string;
      /**
       * custom_id of the input → its value(s): text inputs and radio groups a string (a radio group left open is absent),
       * a checkbox "true" or "false", selects and checkbox groups a list.
       */
      readonly values: Readonly<Record<string, string | readonly string[]>>;
      /** Files of upload fields (type 19): the field's values are keys here. */
      readonly files?: Readonly<Record<string, SentFile>>;
    })
  | { readonly type: 'say'; readonly channelId: string; readonly personaId: string; readonly content: string }
  | { readonly type: 'dismiss'; readonly messageId: string }
  /** Breaks something on demand: see `Breakage`. */
  | { readonly type: 'break'; readonly what: Breakage; readonly channelId: string }
  /** `off`: as if the bot had not been running until then. */
  | { readonly type: 'clock.move'; readonly to: string; readonly off?: boolean | undefined };
