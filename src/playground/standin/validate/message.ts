import { type Complaints, complaints, type Path } from '../complaints.ts';
import { flagsOf, isObject, type JsonObject, objectsIn, textOf } from '../json.ts';
import { emptyMessage, serverError } from '../problem.ts';
import { checkComponents, everyComponent, Part } from './components.ts';
import { checkEmbeds } from './embeds.ts';

export const Flag = { suppressEmbeds: 4, ephemeral: 64, loading: 128, silent: 4096, v2: 1 << 15 } as const;

const BYTE_BUDGET = 10_170;
const BYTES_PER_TEXT = 12;
const LEGACY = ['content', 'embeds', 'poll', 'sticker_ids', 'shared_client_theme'] as const;

/** What a body is checked against: names of uploads that it may refer to and, for an edit, the message as it is. */
export interface MessageCheck {
  readonly files: ReadonlySet<string>;
  readonly current?: JsonObject;
  /** Where the message lies in the request body; `['data']` in a callback. */
  readonly path?: Path;
}

/**
 * Refuses a message that Discord would refuse.
 * Throws 400/50035 with the tree of errors, 400/50006 for an empty message, and HTTP 500 over the byte budget.
 */
export function checkMessage(body: JsonObject, check: MessageCheck): void {
  const issues = complaints();
  const path = check.path ?? [];
  const v2 = isV2(body, check.current);
  issues.text(body, 'content', path, { max: 2000 });
  issues.integer(body, 'flags', path, { min: 0 });
  checkNonce(issues, body, path);
  checkMentions(issues, body, path);
  if (v2) checkExclusive(issues, body, check.current, path);
  checkEmbeds(issues, body, path, check.files);
  checkComponents(issues, body, path, { v2, files: check.files });
  checkAttachments(issues, body, path);
  issues.throwIfAny();
  const after = { ...check.current, ...withoutUndefined(body) };
  if (isEmpty(after, check.files)) throw emptyMessage();
  // Undocumented, and counted in UTF-8 bytes: a text that satisfies every documented limit can still get a 500.
  if (v2 && byteCost(after['components']) > BYTE_BUDGET) throw serverError();
}

/** Once a message has the flag, it keeps it. */
export function isV2(body: JsonObject, current?: JsonObject): boolean {
  return ((flagsOf(body['flags']) | flagsOf(current?.['flags'])) & Flag.v2) !== 0;
}

/** What Discord seems to count before it answers 500: bytes of all text displays and 12 more for each. */
export function byteCost(components: unknown): number {
  const texts = everyComponent(components).filter((one) => one['type'] === Part.text);
  return texts.reduce((sum, one) => sum + Buffer.byteLength(textOf(one['content']) ?? '') + BYTES_PER_TEXT, 0);
}

function withoutUndefined(body: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
}

/** Files that are kept or uploaded count as content; `attachments` in an edit only names which are kept. */
function isEmpty(message: JsonObject, files: ReadonlySet<string>): boolean {
  const filled = (key: string) => Array.isArray(message[key]) && message[key].length > 0;
  const text = (textOf(message['content']) ?? '').trim();
  if (flagsOf(message['flags']) & Flag.v2) return !filled('components');
  return (
    !text &&
    !filled('embeds') &&
    !filled('components') &&
    !filled('sticker_ids') &&
    files.size === 0 &&
    !message['poll']
  );
}

function checkNonce(issues: Complaints, body: JsonObject, path: Path): void {
  const { nonce } = body;
  if (typeof nonce === 'string' && nonce.length > 25) {
    issues.add([...path, 'nonce'], 'NONCE_TYPE_TOO_LONG', 'Nonce must be 25 characters or fewer in length.');
  }
}

function checkMentions(issues: Complaints, body: JsonObject, path: Path): void {
  const allowed = body['allowed_mentions'];
  if (!isObject(allowed)) return;
  const at = [...path, 'allowed_mentions'];
  const parse: readonly unknown[] = Array.isArray(allowed['parse']) ? allowed['parse'] : [];
  for (const [index, kind] of parse.entries()) {
    if (kind !== 'users' && kind !== 'roles' && kind !== 'everyone') {
      issues.add([...at, 'parse', index], 'BASE_TYPE_CHOICES', "Value must be one of ('users', 'roles', 'everyone').");
    }
  }
  for (const kind of ['users', 'roles']) {
    const ids = allowed[kind];
    if (!Array.isArray(ids)) continue;
    if (ids.length > 100) issues.add([...at, kind], 'BASE_TYPE_MAX_LENGTH', 'Must be 100 or fewer in length.');
    if (ids.length > 0 && parse.includes(kind)) {
      issues.add(
        at,
        'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
        `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`,
      );
    }
  }
}

/** On conversion by edit the old fields must be emptied with real nulls: an empty string is not known to be accepted. */
function checkExclusive(issues: Complaints, body: JsonObject, current: JsonObject | undefined, path: Path): void {
  const converting = current !== undefined && !isV2(current);
  for (const field of LEGACY) {
    const value = body[field];
    const filled = Array.isArray(value)
      ? value.length > 0
      : isObject(value) || (typeof value === 'string' && value !== '');
    const left = converting && value === undefined && isFilled(current[field]);
    const blank = converting && value === '' && isFilled(current[field]);
    if (filled || left || blank) {
      issues.add(
        [...path, field],
        'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
        `The '${field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
      );
    }
  }
}

function isFilled(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : isObject(value) || (typeof value === 'string' && value !== '');
}

function checkAttachments(issues: Complaints, body: JsonObject, path: Path): void {
  if (body['attachments'] === undefined || body['attachments'] === null) return;
  issues.objects(body, 'attachments', path, { max: 10 });
  for (const [index, one] of objectsIn(body['attachments']).entries()) {
    issues.text(one, 'description', [...path, 'attachments', index], { max: 1024 });
    if (typeof one['id'] !== 'string' && typeof one['id'] !== 'number') {
      issues.add([...path, 'attachments', index, 'id'], 'BASE_TYPE_REQUIRED', 'This field is required');
    }
  }
}
