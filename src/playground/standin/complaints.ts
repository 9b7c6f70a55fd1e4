import { isObject, type JsonObject, lengthOf } from './json.ts';
import { ApiProblem } from './problem.ts';

export type Path = readonly (string | number)[];

interface TextRule {
  readonly min?: number;
  readonly max: number;
  readonly required?: boolean;
}

interface NumberRule {
  readonly min?: number;
  readonly max?: number;
  readonly required?: boolean;
}

/**
 * What is wrong with a body, collected field by field and told as Discord tells it: HTTP 400, code 50035 and a tree of
 * `_errors` under the path of each field. The readers return the field's value when it is usable, else undefined.
 */
export interface Complaints {
  add(path: Path, code: string, message: string): void;
  readonly any: boolean;
  text(of: JsonObject, key: string, path: Path, rule: TextRule): string | undefined;
  integer(of: JsonObject, key: string, path: Path, rule?: NumberRule): number | undefined;
  truth(of: JsonObject, key: string, path: Path): boolean | undefined;
  choice<const T extends number>(of: JsonObject, key: string, path: Path, allowed: readonly T[]): T | undefined;
  /** A list of objects; items that are no objects are complained about and left out (their index is kept by `at`). */
  objects(
    of: JsonObject,
    key: string,
    path: Path,
    rule: { min?: number; max: number },
  ): { at: number; item: JsonObject }[];
  /** Throws the 50035 when anything was complained about. */
  throwIfAny(): void;
}

interface Complaint {
  readonly path: Path;
  readonly code: string;
  readonly message: string;
}

export const REQUIRED = 'This field is required';

export function complaints(): Complaints {
  const list: Complaint[] = [];
  const add = (path: Path, code: string, message: string) => void list.push({ path, code, message });
  const missing = (value: unknown, path: Path, required: boolean | undefined): boolean => {
    if (value !== undefined && value !== null) return false;
    if (required) add(path, 'BASE_TYPE_REQUIRED', REQUIRED);
    return true;
  };
  return {
    add,
    get any() {
      return list.length > 0;
    },
    text(of, key, path, rule) {
      const at = [...path, key];
      const value = of[key];
      if (missing(value, at, rule.required)) return undefined;
      if (typeof value !== 'string') {
        add(at, 'STRING_TYPE_CONVERT', `Could not interpret "${JSON.stringify(value)}" as string.`);
        return undefined;
      }
      const length = lengthOf(value);
      if (rule.min !== undefined && (length < rule.min || length > rule.max)) {
        add(at, 'BASE_TYPE_BAD_LENGTH', `Must be between ${rule.min} and ${rule.max} in length.`);
      } else if (length > rule.max) add(at, 'BASE_TYPE_MAX_LENGTH', `Must be ${rule.max} or fewer in length.`);
      return value;
    },
    integer(of, key, path, rule = {}) {
      const at = [...path, key];
      const value = of[key];
      if (missing(value, at, rule.required)) return undefined;
      if (typeof value !== 'number' || !Number.isInteger(value)) {
        add(at, 'NUMBER_TYPE_COERCE', `Value "${String(value)}" is not int.`);
        return undefined;
      }
      if (rule.min !== undefined && value < rule.min) {
        add(at, 'NUMBER_TYPE_MIN', `int value should be greater than or equal to ${rule.min}.`);
      }
      if (rule.max !== undefined && value > rule.max) {
        add(at, 'NUMBER_TYPE_MAX', `int value should be less than or equal to ${rule.max}.`);
      }
      return value;
    },
    truth(of, key, path) {
      const value = of[key];
      if (value === undefined || value === null) return undefined;
      if (typeof value === 'boolean') return value;
      add([...path, key], 'BOOLEAN_TYPE_CONVERT', 'Must be either true or false.');
      return undefined;
    },
    choice(of, key, path, allowed) {
      const value = of[key];
      const found = allowed.find((one) => one === value);
      if (found !== undefined) return found;
      if (!missing(value, [...path, key], true)) {
        add([...path, key], 'BASE_TYPE_CHOICES', `Value must be one of {${allowed.join(', ')}}.`);
      }
      return undefined;
    },
    objects(of, key, path, rule) {
      const at = [...path, key];
      const value = of[key];
      if (missing(value, at, (rule.min ?? 0) > 0)) return [];
      if (!Array.isArray(value)) {
        add(at, 'LIST_TYPE_CONVERT', 'Only iterables may be used in a ListType');
        return [];
      }
      if (value.length < (rule.min ?? 0) || value.length > rule.max) {
        add(at, 'BASE_TYPE_BAD_LENGTH', `Must be between ${rule.min ?? 0} and ${rule.max} in length.`);
      }
      const items: { at: number; item: JsonObject }[] = [];
      for (const [index, item] of value.entries()) {
        if (isObject(item)) items.push({ at: index, item });
        else add([...at, index], 'MODEL_TYPE_CONVERT', 'Only dictionaries may be used in a ModelType');
      }
      return items;
    },
    throwIfAny() {
      if (list.length > 0) throw new ApiProblem(400, 50_035, 'Invalid Form Body', { errors: treeOf(list) });
    },
  };
}

function treeOf(list: readonly Complaint[]): JsonObject {
  const root: JsonObject = {};
  for (const { path, code, message } of list) {
    let node = root;
    for (const step of path) {
      const next = node[step];
      if (isObject(next)) node = next;
      else {
        const made: JsonObject = {};
        node[step] = made;
        node = made;
      }
    }
    const errors = Array.isArray(node['_errors']) ? node['_errors'] : [];
    node['_errors'] = [...errors, { code, message }];
  }
  return root;
}
