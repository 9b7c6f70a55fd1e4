import type { SentFile } from './wire.ts';

/** Discord's default limit is 10 MiB; base64 in one frame makes a third more of it. */
const LARGEST_BYTES = 8 * 1024 * 1024;

/** The file's content for the wire; undefined when it is too large. */
export async function readFile(file: File): Promise<SentFile | undefined> {
  if (file.size > LARGEST_BYTES) return undefined;
  const bytes = new Uint8Array(await file.arrayBuffer());
  const pieces: string[] = [];
  // In slices: spreading a whole file into arguments overflows the stack.
  for (let at = 0; at < bytes.length; at += 8192) pieces.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
  return { name: file.name, contentType: file.type, data: btoa(pieces.join('')) };
}
