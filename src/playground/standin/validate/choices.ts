import type { Complaints, Path } from '../complaints.ts';
import { type JsonObject, lengthOf } from '../json.ts';

/** Button, select, radio and checkbox rules that messages and modals share. */

export function checkCustomId(issues: Complaints, of: JsonObject, path: Path, seen: Set<string>): void {
  const id = issues.text(of, 'custom_id', path, { min: 1, max: 100, required: true });
  if (id === undefined) return;
  if (seen.has(id)) {
    issues.add([...path, 'custom_id'], 'COMPONENT_CUSTOM_ID_DUPLICATED', 'Component custom id cannot be duplicated');
  }
  seen.add(id);
}

/** Options with label, value and description ≤ 100 and values used once. Returns how many there are. */
export function checkOptions(
  issues: Complaints,
  of: JsonObject,
  path: Path,
  rule: { min: number; max: number },
): number {
  const options = issues.objects(of, 'options', path, rule);
  const values = new Set<string>();
  let defaults = 0;
  for (const { at, item } of options) {
    const here = [...path, 'options', at];
    issues.text(item, 'label', here, { min: 1, max: 100, required: true });
    const value = issues.text(item, 'value', here, { min: 1, max: 100, required: true });
    issues.text(item, 'description', here, { max: 100 });
    if (item['default'] === true) defaults++;
    if (value === undefined) continue;
    if (values.has(value)) {
      issues.add(
        [...here, 'value'],
        'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
        'The specified option value is already used',
      );
    }
    values.add(value);
  }
  const most = typeof of['max_values'] === 'number' ? of['max_values'] : 1;
  if (of['type'] === 3 && defaults > most) {
    issues.add(
      [...path, 'options'],
      'SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES',
      `At most ${most} options may be default`,
    );
  }
  return options.length;
}

/** String, user, role, mentionable and channel selects (3, 5, 6, 7, 8). */
export function checkSelect(issues: Complaints, of: JsonObject, path: Path, seen: Set<string>): void {
  checkCustomId(issues, of, path, seen);
  issues.text(of, 'placeholder', path, { max: 150 });
  issues.truth(of, 'disabled', path);
  const least = issues.integer(of, 'min_values', path, { min: 0, max: 25 }) ?? 1;
  const most = issues.integer(of, 'max_values', path, { min: 1, max: 25 }) ?? 1;
  if (least > most) issues.add([...path, 'min_values'], 'BASE_TYPE_MAX', 'min_values must not be above max_values');
  if (of['type'] !== 3) {
    checkDefaults(issues, of, path, most);
    return;
  }
  const count = checkOptions(issues, of, path, { min: 1, max: 25 });
  if (count > 0 && most > count) {
    issues.add(
      [...path, 'max_values'],
      'SELECT_COMPONENT_MAX_VALUES_TOO_LARGE',
      `max_values must be ${count} or fewer`,
    );
  }
}

const DEFAULTS: Readonly<Record<number, readonly string[]>> = {
  5: ['user'],
  6: ['role'],
  7: ['user', 'role'],
  8: ['channel'],
};

/** Users, roles and channels that are chosen beforehand. */
function checkDefaults(issues: Complaints, of: JsonObject, path: Path, most: number): void {
  for (const { at, item } of issues.objects(of, 'default_values', path, { max: most })) {
    const here = [...path, 'default_values', at];
    if (!(DEFAULTS[Number(of['type'])] ?? []).includes(String(item['type'])))
      issues.add([...here, 'type'], 'BASE_TYPE_CHOICES', 'The type does not fit the select');
    if (!/^\d{17,20}$/.test(String(item['id'])))
      issues.add([...here, 'id'], 'NUMBER_TYPE_COERCE', 'Value is not a snowflake.');
  }
}

/** Autocomplete: ≤ 25 choices, names 1-100, values ≤ 100 and of the option's type (3 string, 4 integer, 10 number). */
export function checkAutocomplete(issues: Complaints, data: JsonObject, path: Path, optionType: number): void {
  for (const { at, item } of issues.objects(data, 'choices', path, { max: 25 })) {
    const here = [...path, 'choices', at];
    issues.text(item, 'name', here, { min: 1, max: 100, required: true });
    const { value } = item;
    const fits =
      optionType === 3
        ? typeof value === 'string'
        : optionType === 4
          ? Number.isInteger(value)
          : typeof value === 'number';
    if (!fits) {
      issues.add(
        [...here, 'value'],
        'BASE_TYPE_CHOICES',
        `The value does not have the type of the option (${optionType})`,
      );
    } else if (typeof value === 'string' && lengthOf(value) > 100) {
      issues.add([...here, 'value'], 'BASE_TYPE_BAD_LENGTH', 'Must be between 1 and 100 in length.');
    }
  }
}
