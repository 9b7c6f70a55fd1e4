import { UserError } from '../errors.ts';
import type { QuietHours } from './digest.ts';
import { readTimes } from './read-schedule.ts';

const HINT = 'Write them as 22:00-06:00.';

/** What helps is how quiet hours are written, and not how times are that stand alone. */
function timesIn(text: string): readonly string[] {
  try {
    return readTimes(text);
  } catch (thrown) {
    throw thrown instanceof UserError ? new UserError(thrown.message, HINT) : thrown;
  }
}

/** "22:00-6:30" → { from: '22:00', to: '06:30' }. Throws a UserError. */
export function readQuiet(written: string): QuietHours {
  const [from = '', to = '', ...more] = written
    .slice(0, 100)
    .trim()
    .replace(/^from /i, '')
    .split(/\s*(?:-|–|—|\bto\b|\buntil\b)\s*/i);
  const one = (text: string): string => {
    const [time, ...others] = text === '' ? [] : timesIn(text);
    if (time === undefined || others.length > 0 || more.length > 0)
      throw new UserError(`“${written.slice(0, 40)}” are no quiet hours: a beginning and an end are needed.`, HINT);
    return time;
  };
  const quiet = { from: one(from), to: one(to) };
  if (quiet.from === quiet.to)
    throw new UserError(
      `Quiet hours from ${quiet.from} to ${quiet.to} have no end or no length.`,
      'Turn flash off in place of quiet hours that last all day.',
    );
  return quiet;
}
