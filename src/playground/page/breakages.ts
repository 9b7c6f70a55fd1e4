import type { Breakage } from './wire.ts';

/** One thing to break: what the menu calls it, and what will come of it. */
export interface BreakageText {
  readonly what: Breakage;
  readonly label: string;
  /** Said in the menu, and again once it was chosen. */
  readonly effect: string;
}

/** What can be broken on demand, as the person reads it; `bot` is its name. */
export const breakageTexts = (bot: string): readonly BreakageText[] => [
  {
    what: 'too-many-requests',
    label: 'Next answer: 429, too many requests',
    effect: 'The next answer, or post here, is turned away once with 429. It comes a second later.',
  },
  {
    what: 'refused-body',
    label: 'Next answer: its layout is refused',
    effect: 'The next answer that is laid out gets a 400. It comes as plain text instead.',
  },
  {
    what: 'late-answer',
    label: 'Next answer: lost on the way',
    effect: 'The next answer never arrives. After 3 seconds it says that the application did not respond.',
  },
  {
    what: 'error-after-create',
    label: 'Next answer: a 500 although it arrived',
    effect: `The next answer, or post here, arrives, but ${bot} is told that it failed. It must appear once, not twice.`,
  },
  {
    what: 'no-answer-after-create',
    label: 'Next answer: no confirmation',
    effect: `The next answer, or post here, arrives, but ${bot} hears nothing and asks again after some seconds. It must appear once, not twice.`,
  },
  {
    what: 'lost-permission',
    label: `Take away ${bot}’s right to post here`,
    effect: `Commands are still answered. What ${bot} would post here itself, a correction or a shared answer, is refused until it is mended.`,
  },
  {
    what: 'dropped-gateway',
    label: `Cut ${bot}’s connection`,
    effect: `${bot} goes offline and connects again by itself. What is asked meanwhile gets no answer.`,
  },
  {
    what: 'deleted-channel',
    label: 'Delete this channel',
    effect: 'The channel is gone with all its messages, for good.',
  },
  {
    what: 'refused-token',
    label: `Refuse ${bot}’s token`,
    effect: `${bot} goes offline for good: only starting the playground again brings it back.`,
  },
  {
    what: 'mend',
    label: 'Mend everything',
    effect: 'What was to go wrong next will not, and rights are given back.',
  },
];
