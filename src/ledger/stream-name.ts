const SUFFIX = '.jsonl';
const LONGEST = 200;

/**
 * The file name of a stream: `situation/aleppo-2024` → `situation%2faleppo-2024.jsonl`. Everything but a-z 0-9 _ - is
 * written as UTF-8 in %hex, capitals too, so that names cannot meet on file systems that ignore case. Throws RangeError
 * for a name that is empty, too long or not well-formed text.
 */
export const streamFileName = (stream: string): string => {
  let encoded = '';
  for (const byte of Buffer.from(stream, 'utf8')) {
    const char = String.fromCharCode(byte);
    encoded += /[a-z0-9_-]/.test(char) ? char : `%${byte.toString(16).padStart(2, '0')}`;
  }
  if (encoded === '') throw new RangeError('a stream needs a name');
  if (encoded.length > LONGEST) throw new RangeError(`the stream name is too long for a file: ${stream}`);
  if (decode(encoded) !== stream) throw new RangeError('the stream name is not well-formed text');
  return encoded + SUFFIX;
};

/** The stream a file holds, or undefined when the file is none of ours. */
export const streamOfFile = (file: string): string | undefined => {
  if (!file.endsWith(SUFFIX)) return undefined;
  const encoded = file.slice(0, -SUFFIX.length);
  if (!/^(?:[a-z0-9_-]|%[0-9a-f]{2})+$/.test(encoded)) return undefined;
  const stream = decode(encoded);
  // Only the spelling that streamFileName gives, so that no two files claim one stream.
  return encoded.length <= LONGEST && safeName(stream) === file ? stream : undefined;
};

const decode = (encoded: string): string => {
  const bytes: number[] = [];
  for (let at = 0; at < encoded.length; at += 1) {
    if (encoded[at] === '%') {
      bytes.push(Number.parseInt(encoded.slice(at + 1, at + 3), 16));
      at += 2;
    } else bytes.push(encoded.charCodeAt(at));
  }
  return Buffer.from(bytes).toString('utf8');
};

const safeName = (stream: string): string | undefined => {
  try {
    return streamFileName(stream);
  } catch {
    return undefined;
  }
};
