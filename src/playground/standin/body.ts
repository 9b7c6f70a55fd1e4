import type { IncomingMessage } from 'node:http';
import { notJson, tooLarge } from './problem.ts';
import type { Upload } from './uploads.ts';

const MOST_BYTES = 25 * 1024 * 1024;

export interface ReadBody {
  readonly json: unknown;
  readonly uploads: readonly Upload[];
}

/** Reads a JSON or multipart body (`payload_json` and `files[n]`). Throws 413 over 25 MiB and 400/50109 for broken JSON. */
export async function readBody(request: IncomingMessage): Promise<ReadBody> {
  const bytes = await allBytes(request);
  const type = request.headers['content-type'] ?? '';
  if (bytes.length === 0) return { json: undefined, uploads: [] };
  if (type.startsWith('multipart/form-data')) return readForm(bytes, type);
  return { json: parsed(bytes.toString('utf8')), uploads: [] };
}

async function allBytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    // Read on, so that the refusal reaches a client that is still sending.
    if (size <= MOST_BYTES) chunks.push(chunk);
  }
  if (size > MOST_BYTES) throw tooLarge();
  return Buffer.concat(chunks);
}

async function readForm(bytes: Buffer, type: string): Promise<ReadBody> {
  let form: FormData;
  try {
    form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } }).formData();
  } catch {
    throw notJson();
  }
  let json: unknown;
  const uploads: Upload[] = [];
  for (const [name, value] of form) {
    if (name === 'payload_json') json = parsed(typeof value === 'string' ? value : await value.text());
    else if (typeof value !== 'string') {
      const index = Number(/^files\[(\d+)\]$/.exec(name)?.[1] ?? uploads.length);
      const data = Buffer.from(await value.arrayBuffer());
      uploads.push({ index, name: value.name, contentType: value.type || guessed(value.name), data });
    }
  }
  return { json, uploads };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw notJson();
  }
}

const TYPES: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  geojson: 'application/geo+json',
  json: 'application/json',
  md: 'text/markdown',
  png: 'image/png',
  svg: 'image/svg+xml',
  txt: 'text/plain',
};

function guessed(name: string): string {
  return TYPES[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream';
}
