import { emojiOf } from './commands.ts';
import { num, nums, objs, str, yes } from './raw.ts';
import type { SelectOption } from './select.ts';
import type { State } from './store.ts';
import type { Raw } from './wire.ts';

/** Discord's numbers for the select menus. */
export const SELECT_TYPES: readonly number[] = [3, 5, 6, 7, 8];

/** What a select menu offers: its own options, or the users, roles or channels of this server. */
export function selectOptions(raw: Raw, state: State): SelectOption[] {
  const users = [...state.personas, state.bot].map(({ id, name }) => ({ value: id, label: `@${name}` }));
  const roles = state.roles.map(({ id, name }) => ({ value: id, label: `@${name}` }));
  const types = nums(raw, 'channel_types');
  switch (num(raw, 'type')) {
    case 5:
      return users;
    case 6:
      return roles;
    case 7:
      return [...users, ...roles];
    case 8:
      return state.channels
        .filter(({ type }) => types.length === 0 || types.includes(type))
        .map(({ id, name }) => ({ value: id, label: `#${name}` }));
    default:
      return objs(raw, 'options').map((option) => {
        const description = str(option, 'description');
        const emoji = emojiOf(option);
        return {
          value: str(option, 'value') ?? '',
          label: str(option, 'label') ?? '',
          ...(description !== undefined && { description }),
          ...(emoji !== undefined && { emoji }),
        };
      });
  }
}

/** Values that a select menu starts with. */
export function defaultValues(raw: Raw): string[] {
  const own = objs(raw, 'options').filter((option) => yes(option, 'default'));
  const referred = objs(raw, 'default_values');
  return [...own.map((option) => str(option, 'value') ?? ''), ...referred.map((value) => str(value, 'id') ?? '')];
}
