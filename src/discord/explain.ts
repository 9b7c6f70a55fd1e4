import { randomBytes } from 'node:crypto';
import { UserError } from '../errors.ts';
import { errorData, type Log } from '../log.ts';
import { escapeText } from './escape.ts';
import { ownWords, type RenderOptions } from './render.ts';

/** What a person is told about an error, as safe markdown. A UserError speaks for itself; anything else is logged under a report id. */
export function explain(thrown: unknown, about: object, { log, mention }: { log: Log } & RenderOptions): string {
  if (thrown instanceof UserError) {
    const hint = thrown.hint === undefined ? '' : `\n-# ${ownWords(thrown.hint, mention)}`;
    return `${escapeText(thrown.message)}${hint}`;
  }
  const report = randomBytes(3).toString('hex');
  log.error({ ...about, report, ...errorData(thrown) }, `Something went wrong (report ${report})`);
  return `Something went wrong on our side (report ${report}). Nothing was changed.`;
}
