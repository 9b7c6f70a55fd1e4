import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** A request as it was sent: path below `/api/v10`. */
export interface SentRequest {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  readonly files?: readonly { readonly name: string }[];
}

interface Validator {
  validate(
    method: string,
    path: string,
    body: unknown,
    options?: { files?: readonly { readonly name: string }[] },
  ): { readonly ok: boolean; readonly errors: readonly string[] };
}

const folder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../shared/discord-api');
const script = path.join(folder, 'openapi-validate.mjs');

let loading: Promise<Validator> | undefined;

async function load(): Promise<Validator> {
  const { createValidator } = (await import(pathToFileURL(script).href)) as {
    createValidator: (spec: unknown) => Validator;
  };
  return createValidator(JSON.parse(readFileSync(path.join(folder, 'openapi.json'), 'utf8')));
}

/**
 * What Discord's OpenAPI description, and the documented limits beyond it, have against the bodies that were sent: one
 * line per complaint. Undefined where the description does not lie beside the repository.
 */
export async function validateBodies(requests: readonly SentRequest[]): Promise<readonly string[] | undefined> {
  if (!existsSync(script)) return undefined;
  loading ??= load();
  const validator = await loading;
  return requests
    .filter(({ method, body }) => method !== 'GET' && body !== undefined)
    .flatMap(({ method, path: at, body, files = [] }) =>
      validator.validate(method, at, body, { files }).errors.map((error) => `${method} ${at}: ${error}`),
    );
}
