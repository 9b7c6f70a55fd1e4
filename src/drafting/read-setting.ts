import { findSituation } from '../asking/asking.ts';
import type { Asker, Shown } from '../asking/command.ts';
import type { Filled } from '../asking/form.ts';
import type { Reading } from '../asking/reading.ts';
import type { Proposal } from '../curation/proposal.ts';
import { newSources } from '../curation/proposal.ts';
import { withSources } from '../curation/records.ts';
import { UserError } from '../errors.ts';
import type { Source } from '../model/source.ts';
import { kept, ownDraft } from './acts.ts';
import { checkedContent } from './content.ts';
import type { Setting } from './filled.ts';
import type { Opened } from './opened.ts';
import { benchOf } from './opened.ts';

export type Args = Readonly<Record<string, string>>;

/** Where a form is read: that of its draft, or of the situation that its command named. */
export async function settingOf(
  filled: Filled,
  args: Args,
  reading: Reading,
  asker: Asker,
): Promise<Setting & { readonly opened?: Opened }> {
  const { guild } = benchOf(reading, asker);
  const now = reading.now();
  if (args['draft'] !== undefined) {
    const opened = await ownDraft(args['draft'], reading, asker);
    return { known: opened.known, desk: guild, now, opened };
  }
  const picture = await findSituation(args['situation'] ?? filled['situation']?.[0] ?? '', reading, asker);
  return { known: { picture, registry: reading.archive.registry() }, desk: guild, now };
}

/** A form's reader: a draft with another content, shown. */
export const drafting =
  (
    make: (filled: Filled, args: Args, setting: Setting & { readonly opened?: Opened }) => Proposal | Promise<Proposal>,
    pasted?: (args: Args) => string | undefined,
  ) =>
  async (filled: Filled, args: Args, reading: Reading, asker: Asker): Promise<Shown> => {
    const setting = await settingOf(filled, args, reading, asker);
    const { opened } = setting;
    const proposal = await make(filled, args, setting);
    const text = opened ? opened.content.pasted : pasted?.(args);
    const content = checkedContent({
      proposal,
      ...(text !== undefined && { pasted: text }),
      overruled: opened?.content.overruled ?? [],
    });
    return kept(content, opened?.draft.id, reading, asker);
  };

export const only = <K extends Proposal['kind']>(opened: Opened | undefined, ...kinds: readonly K[]) => {
  const proposal = opened?.proposal;
  if (proposal && (kinds as readonly string[]).includes(proposal.kind))
    return proposal as Extract<Proposal, { kind: K }>;
  throw new UserError('This form belongs to another draft.', 'Open the draft with /review show.');
};

export const sourcesWith = (
  source: Source | undefined,
  before: readonly Source[],
  used: readonly (string | undefined)[],
): Source[] =>
  [...new Map([...before, ...(source ? [source] : [])].map((s) => [s.id, s])).values()].filter((s) =>
    used.includes(s.id),
  );

/** A setting in which the sources that a draft registers can be named already. */
export const withNew = <S extends Setting>(setting: S, proposal: Proposal | undefined): S =>
  proposal
    ? { ...setting, known: { ...setting.known, registry: withSources(setting.known.registry, newSources(proposal)) } }
    : setting;

export const instant = (date: Date): string => `${date.toISOString().slice(0, 19)}Z`;

export const pick = <T extends string>(value: string | undefined, all: readonly T[], otherwise: T): T =>
  all.find((one) => one === value) ?? otherwise;
