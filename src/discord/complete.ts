import { setTimeout as delay } from 'node:timers/promises';
import type { APIApplicationCommandOptionChoice } from 'discord-api-types/v10';
import type { Leaf } from '../asking/command.ts';
import { UserError } from '../errors.ts';
import { errorData, type Log } from '../log.ts';
import { plainLabel } from './escape.ts';
import type { Interaction } from './interaction.ts';
import { limits, timing } from './limits.ts';

type Asked = Extract<Interaction, { kind: 'complete' }>;

/** Choices for the option being typed, within Discord's limits. Whatever goes wrong, and whatever takes too long, is an empty list. */
export async function completeOption<D>(
  leaf: Leaf<D> | undefined,
  { focused, typed, values, asker, path }: Asked,
  deps: D,
  log: Log,
): Promise<APIApplicationCommandOptionChoice<string>[]> {
  const complete = leaf !== undefined && Object.hasOwn(leaf.complete, focused) ? leaf.complete[focused] : undefined;
  if (complete === undefined) return [];
  const timer = new AbortController();
  try {
    const late = delay(timing.completeWithinMs, undefined, { signal: timer.signal }).catch(() => undefined);
    const choices = await Promise.race([(async () => complete(typed, values, deps, asker))(), late]);
    if (choices === undefined) log.warn({ command: path, option: focused }, 'Choices took too long');
    return (choices ?? [])
      .filter(({ value }) => value !== '' && value.length <= limits.choiceCharacters)
      .slice(0, limits.choices)
      .map(({ name, value }) => ({ name: plainLabel(name, limits.choiceCharacters), value }));
  } catch (thrown) {
    // Somebody types into a command that is not for him, or whose situation is not there: nothing is broken.
    if (thrown instanceof UserError) return [];
    log.error({ command: path, option: focused, ...errorData(thrown) }, 'Choices could not be made');
    return [];
  } finally {
    timer.abort();
  }
}
