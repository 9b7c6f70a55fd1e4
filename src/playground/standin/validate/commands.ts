import { type Complaints, complaints, type Path } from '../complaints.ts';
import { asText, isObject, type JsonObject, lengthOf, objectsIn, textOf } from '../json.ts';

const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const MOST_BY_TYPE: Readonly<Record<number, number>> = { 1: 100, 2: 15, 3: 15, 4: 1 };
const MOST_CHARACTERS = 8000;
const SUBCOMMAND = 1;
const GROUP = 2;

/** The documented locales. Arabic and Hebrew are not among them, so they are refused here. */
const LOCALES = new Set(
  (
    'id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr ' +
    'cs el bg ru uk hi th zh-CN ja zh-TW ko'
  ).split(' '),
);

/** Checks the list of a bulk overwrite (PUT). Throws 400/50035. */
export function checkCommands(commands: readonly JsonObject[]): void {
  const issues = complaints();
  if (commands.length > 130) issues.add([], 'BASE_TYPE_MAX_LENGTH', 'Must be 130 or fewer in length.');
  const seen = new Set<string>();
  const byType = new Map<number, number>();
  for (const [at, command] of commands.entries()) {
    const type = command['type'] === undefined ? 1 : issues.choice(command, 'type', [at], [1, 2, 3, 4]);
    if (type === undefined) continue;
    checkCommand(issues, command, [at], type);
    const key = `${type} ${String(command['name'])}`;
    if (seen.has(key)) {
      issues.add([at], 'APPLICATION_COMMANDS_DUPLICATE_NAME', 'Application command names must be unique');
    }
    seen.add(key);
    const count = (byType.get(type) ?? 0) + 1;
    byType.set(type, count);
    if (count === (MOST_BY_TYPE[type] ?? 0) + 1) {
      issues.add([at], 'APPLICATION_COMMANDS_MAX', `Maximum number of application commands reached (${count - 1}).`);
    }
  }
  issues.throwIfAny();
}

function checkCommand(issues: Complaints, command: JsonObject, path: Path, type: number): void {
  if (type === 1) {
    checkName(issues, command, path);
    issues.text(command, 'description', path, { min: 1, max: 100, required: true });
    checkLocalised(issues, command, 'description_localizations', path);
    checkOptions(issues, command, path, 0);
  } else {
    issues.text(command, 'name', path, { min: 1, max: 32, required: true });
    if (command['description']) {
      issues.add(
        [...path, 'description'],
        'APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_INVALID',
        'Context menu commands cannot have description',
      );
    }
    if (objectsIn(command['options']).length > 0) {
      issues.add(
        [...path, 'options'],
        'APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS_INVALID',
        'Context menu commands cannot have options',
      );
    }
  }
  checkLocalised(issues, command, 'name_localizations', path);
  const rights = command['default_member_permissions'];
  if (rights !== undefined && rights !== null && !/^\d+$/.test(asText(rights))) {
    issues.add([...path, 'default_member_permissions'], 'PERMISSIONS_INVALID', 'Must be a string of digits.');
  }
  if (charactersOf(command) > MOST_CHARACTERS) {
    issues.add(path, 'APPLICATION_COMMAND_TOO_LARGE', `Command exceeds maximum size (${MOST_CHARACTERS})`);
  }
}

function checkName(issues: Complaints, of: JsonObject, path: Path): void {
  const name = issues.text(of, 'name', path, { min: 1, max: 32, required: true });
  if (name !== undefined && !isName(name)) {
    issues.add([...path, 'name'], 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid');
  }
}

function isName(name: string): boolean {
  return NAME.test(name) && name === name.toLowerCase();
}

function checkLocalised(issues: Complaints, of: JsonObject, key: string, path: Path): void {
  const localised = of[key];
  if (!isObject(localised)) return;
  for (const [locale, text] of Object.entries(localised)) {
    const at = [...path, key, locale];
    if (!LOCALES.has(locale)) issues.add(at, 'BASE_TYPE_CHOICES', `Unknown locale "${locale}".`);
    else if (text === null) continue;
    else if (key === 'description_localizations') issues.text(localised, locale, [...path, key], { min: 1, max: 100 });
    else if (typeof text !== 'string' || (!isName(text) && (of['type'] ?? 1) === 1)) {
      issues.add(at, 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid');
    }
  }
}

/** `depth` 0 is the command itself, 1 a group or a subcommand, 2 a subcommand of a group. */
function checkOptions(issues: Complaints, of: JsonObject, path: Path, depth: number): void {
  const options = issues.objects(of, 'options', path, { max: 25 });
  const names = new Set<string>();
  let optionalSeen = false;
  const nested = options.some(({ item }) => item['type'] === SUBCOMMAND || item['type'] === GROUP);
  for (const { at, item } of options) {
    const here = [...path, 'options', at];
    const type = issues.choice(item, 'type', here, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    checkName(issues, item, here);
    issues.text(item, 'description', here, { min: 1, max: 100, required: true });
    checkLocalised(issues, { ...item, type: 1 }, 'name_localizations', here);
    checkLocalised(issues, item, 'description_localizations', here);
    const name = textOf(item['name']) ?? '';
    if (names.has(name)) {
      issues.add(here, 'APPLICATION_COMMAND_OPTIONS_NAME_INVALID', 'Option names must be unique');
    }
    names.add(name);
    if (type === undefined) continue;
    if (type === SUBCOMMAND || type === GROUP) {
      const allowed = type === GROUP ? depth === 0 : depth === 0 || of['type'] === GROUP;
      if (!allowed)
        issues.add(
          [...here, 'type'],
          'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
          'Sub-command option type is invalid at this level',
        );
      else checkOptions(issues, item, here, depth + 1);
    } else checkValueOption(issues, item, here, type);
    if (
      nested !== (type === SUBCOMMAND || type === GROUP) ||
      (of['type'] === GROUP && depth > 0 && type !== SUBCOMMAND)
    ) {
      issues.add(
        [...here, 'type'],
        'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
        'Sub-command and other option types cannot be mixed',
      );
    }
    if (item['required'] === true && optionalSeen) {
      issues.add(
        here,
        'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
        'Required options must be placed before non-required options',
      );
    }
    if (item['required'] !== true) optionalSeen = true;
  }
}

function checkValueOption(issues: Complaints, option: JsonObject, path: Path, type: number): void {
  const choices = issues.objects(option, 'choices', path, { max: 25 });
  const names = new Set<string>();
  for (const { at, item } of choices) {
    const here = [...path, 'choices', at];
    const name = issues.text(item, 'name', here, { min: 1, max: 100, required: true });
    if (name !== undefined && names.has(name)) {
      issues.add(here, 'APPLICATION_COMMAND_OPTIONS_CHOICE_NAMES_INVALID', 'Choice names must be unique');
    }
    names.add(name ?? '');
    checkLocalised(issues, { ...item, type: 0 }, 'name_localizations', here);
    if (type === 3) issues.text(item, 'value', here, { min: 1, max: 100, required: true });
    else if (typeof item['value'] !== 'number') {
      issues.add([...here, 'value'], 'NUMBER_TYPE_COERCE', 'The value of a choice must have the type of its option.');
    }
  }
  if (choices.length > 0 && option['autocomplete'] === true) {
    issues.add(path, 'APPLICATION_COMMAND_AUTOCOMPLETE_CHOICES', 'Autocomplete cannot be used together with choices');
  }
  if (option['autocomplete'] === true && ![3, 4, 10].includes(type)) {
    issues.add(
      [...path, 'autocomplete'],
      'APPLICATION_COMMAND_AUTOCOMPLETE_TYPE',
      'This option type cannot use autocomplete',
    );
  }
  issues.integer(option, 'min_length', path, { min: 0, max: 6000 });
  issues.integer(option, 'max_length', path, { min: 1, max: 6000 });
}

/** Names, descriptions and string values, groups and subcommands included; of a localised text the longest counts. */
export function charactersOf(of: JsonObject): number {
  const longest = (key: string) => {
    const localised = of[`${key}_localizations`];
    const texts = [of[key], ...(isObject(localised) ? Object.values(localised) : [])];
    return Math.max(...texts.map((text) => lengthOf(textOf(text) ?? '')));
  };
  let sum = longest('name') + longest('description') + lengthOf(textOf(of['value']) ?? '');
  for (const child of [...objectsIn(of['options']), ...objectsIn(of['choices'])]) sum += charactersOf(child);
  return sum;
}
