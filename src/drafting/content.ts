import { z } from 'zod';
import type { Proposal } from '../curation/proposal.ts';
import { proposal } from '../curation/proposal.ts';
import type { Draft } from '../desk/record.ts';
import { UserError } from '../errors.ts';

const overruled = z.strictObject({ guard: z.string(), saw: z.string(), reason: z.string() });

/** What a draft holds: what is to be recorded, the text from which it was read, and guards that its author overruled. */
const content = z.strictObject({
  proposal,
  /** What was pasted, for figures that may be taken over from it. */
  pasted: z.string().max(6000).optional(),
  overruled: z.array(overruled).default([]),
});
export interface Content {
  readonly proposal: Proposal;
  readonly pasted?: string | undefined;
  readonly overruled: readonly z.infer<typeof overruled>[];
}

/** The content of a stored draft. Throws UserError where it was written by a version that meant something else. */
export function contentOf(draft: Draft): Content {
  const read = content.safeParse(draft.content);
  if (read.success) return read.data;
  throw new UserError(`Draft ${draft.id} is from another version and cannot be read.`, 'Write it once more.');
}

/** Reads what is to be stored once more: a form must not bring in what the model refuses. */
export function checkedContent(made: Content): Content {
  const read = content.safeParse(made);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const field = issue?.path.filter((p) => typeof p === 'string' && p !== 'proposal').at(-1);
  throw new UserError(
    `${field === undefined ? 'This' : `“${String(field)}”`} cannot be stored: ${issue?.message ?? ''}.`,
  );
}
