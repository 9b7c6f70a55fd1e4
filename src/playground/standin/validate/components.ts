import type { Complaints, Path } from '../complaints.ts';
import { isObject, type JsonObject, lengthOf, objectsIn } from '../json.ts';
import { checkCustomId, checkSelect } from './choices.ts';
import { checkMedia, isWebUrl } from './media.ts';

/** Component types by Discord's numbers. */
export const Part = {
  row: 1,
  button: 2,
  stringSelect: 3,
  textInput: 4,
  section: 9,
  text: 10,
  thumbnail: 11,
  gallery: 12,
  file: 13,
  separator: 14,
  container: 17,
  label: 18,
} as const;

const SELECTS = [3, 5, 6, 7, 8] as const;
const IN_CONTAINER = [1, 9, 10, 12, 13, 14] as const;
const TOP_V2 = [...IN_CONTAINER, 17] as const;

interface Sight {
  readonly issues: Complaints;
  readonly files: ReadonlySet<string>;
  readonly customIds: Set<string>;
  readonly numbers: Set<number>;
  count: number;
  characters: number;
}

/** Everything in a component tree, accessories included, in the order in which it is shown. */
export function everyComponent(list: unknown): JsonObject[] {
  const found: JsonObject[] = [];
  for (const one of objectsIn(list)) {
    found.push(one, ...everyComponent(one['components']));
    for (const key of ['accessory', 'component']) if (isObject(one[key])) found.push(...everyComponent([one[key]]));
  }
  return found;
}

/** Checks the `components` of a message. `v2` says whether the message has (or gets) IS_COMPONENTS_V2. */
export function checkComponents(
  issues: Complaints,
  body: JsonObject,
  path: Path,
  { v2, files }: { v2: boolean; files: ReadonlySet<string> },
): void {
  const sight: Sight = { issues, files, customIds: new Set(), numbers: new Set(), count: 0, characters: 0 };
  const at = [...path, 'components'];
  for (const one of issues.objects(body, 'components', path, { max: v2 ? 40 : 5 })) {
    checkOne(sight, one.item, [...at, one.at], v2 ? TOP_V2 : [Part.row]);
  }
  if (!v2) return;
  if (sight.count > 40) {
    issues.add(at, 'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED', 'The total number of components must be 40 or fewer');
  }
  if (sight.characters > 4000) {
    issues.add(at, 'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED', 'The total displayable text size must be 4000 or fewer');
  }
}

function checkOne(sight: Sight, one: JsonObject, path: Path, allowed: readonly number[]): void {
  const { issues } = sight;
  const type = issues.choice(one, 'type', path, allowed);
  if (type === undefined) return;
  sight.count++;
  const number = issues.integer(one, 'id', path, { min: 0, max: 2 ** 31 - 1 });
  if (number !== undefined && number !== 0) {
    if (sight.numbers.has(number)) {
      issues.add([...path, 'id'], 'COMPONENT_ID_DUPLICATED', 'Component id cannot be duplicated');
    }
    sight.numbers.add(number);
  }
  CHECKS[type]?.(sight, one, path);
}

const CHECKS: Readonly<Record<number, (sight: Sight, one: JsonObject, path: Path) => void>> = {
  [Part.row]: checkRow,
  [Part.button]: checkButton,
  ...Object.fromEntries(
    SELECTS.map((type) => [
      type,
      (sight: Sight, one: JsonObject, path: Path) => checkSelect(sight.issues, one, path, sight.customIds),
    ]),
  ),
  [Part.section]: checkSection,
  [Part.text]: (sight, one, path) => {
    const content = sight.issues.text(one, 'content', path, { min: 1, max: 4000, required: true });
    sight.characters += lengthOf(content ?? '');
  },
  [Part.thumbnail]: (sight, one, path) => checkPicture(sight, one, path),
  [Part.gallery]: (sight, one, path) => {
    for (const { at, item } of sight.issues.objects(one, 'items', path, { min: 1, max: 10 })) {
      checkPicture(sight, item, [...path, 'items', at]);
    }
  },
  [Part.file]: ({ issues, files }, one, path) => {
    checkMedia(issues, one, 'file', path, { files, attachmentOnly: true });
    issues.truth(one, 'spoiler', path);
  },
  [Part.separator]: ({ issues }, one, path) => {
    issues.truth(one, 'divider', path);
    if (one['spacing'] !== undefined) issues.choice(one, 'spacing', path, [1, 2]);
  },
  [Part.container]: (sight, one, path) => {
    const { issues } = sight;
    issues.integer(one, 'accent_color', path, { min: 0, max: 0xff_ff_ff });
    issues.truth(one, 'spoiler', path);
    for (const child of issues.objects(one, 'components', path, { min: 1, max: 40 })) {
      checkOne(sight, child.item, [...path, 'components', child.at], IN_CONTAINER);
    }
  },
};

function checkRow(sight: Sight, row: JsonObject, path: Path): void {
  const children = sight.issues.objects(row, 'components', path, { min: 1, max: 5 });
  for (const { at, item } of children) {
    checkOne(sight, item, [...path, 'components', at], [Part.button, ...SELECTS]);
  }
  if (children.length > 1 && children.some(({ item }) => item['type'] !== Part.button)) {
    sight.issues.add(
      [...path, 'components'],
      'COMPONENT_LAYOUT_WIDTH_EXCEEDED',
      'The specified component exceeds the maximum width',
    );
  }
}

function checkButton({ issues, customIds }: Sight, button: JsonObject, path: Path): void {
  const style = issues.choice(button, 'style', path, [1, 2, 3, 4, 5, 6]);
  issues.text(button, 'label', path, { max: 80 });
  issues.truth(button, 'disabled', path);
  if (style === 6) {
    issues.text(button, 'sku_id', path, { min: 1, max: 20, required: true });
    return;
  }
  if (!button['label'] && !isObject(button['emoji'])) {
    issues.add(path, 'BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED', 'A button must have a label or an emoji');
  }
  if (style === 5) {
    const url = issues.text(button, 'url', path, { min: 1, max: 512, required: true });
    if (url !== undefined && !isWebUrl(url) && !url.startsWith('discord://')) {
      issues.add([...path, 'url'], 'URL_TYPE_INVALID_URL', 'Not a well formed URL.');
    }
    if (button['custom_id'] !== undefined && button['custom_id'] !== null) {
      issues.add(
        path,
        'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
        'A custom id and url cannot both be specified',
      );
    }
    return;
  }
  checkCustomId(issues, button, path, customIds);
  if (button['url'] !== undefined && button['url'] !== null) {
    issues.add(
      path,
      'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
      'A custom id and url cannot both be specified',
    );
  }
}

function checkSection(sight: Sight, section: JsonObject, path: Path): void {
  const { issues } = sight;
  for (const { at, item } of issues.objects(section, 'components', path, { min: 1, max: 3 })) {
    checkOne(sight, item, [...path, 'components', at], [Part.text]);
  }
  const { accessory } = section;
  if (isObject(accessory)) checkOne(sight, accessory, [...path, 'accessory'], [Part.button, Part.thumbnail]);
  else issues.add([...path, 'accessory'], 'BASE_TYPE_REQUIRED', 'This field is required');
}

function checkPicture({ issues, files }: Sight, one: JsonObject, path: Path): void {
  checkMedia(issues, one, 'media', path, { files });
  issues.text(one, 'description', path, { max: 1024 });
  issues.truth(one, 'spoiler', path);
}
