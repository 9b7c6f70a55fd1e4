import type { Finding } from './scan.ts';

const LOOKED_AT = 64 * 1024; // what names a record stands at its beginning

/** What a line that is lost still shows. It failed its checksum, so every word of it is a hint and no more. */
export const traceOf = (file: Buffer, { offset, bytes }: Finding): string => {
  const text = file.toString('utf8', offset, offset + Math.min(bytes, LOOKED_AT));
  const first = (pattern: RegExp): string | undefined => pattern.exec(text)?.[1];
  const [from, to] = [first(/"link":\{"from":"([\w.-]{1,64})"/), first(/"to":"([\w.-]{1,64})"/)];
  const seq = first(/\{"seq":(\d{1,15}),/);
  const about = first(/"id":"([\w.-]{1,64})"/) ?? (from !== undefined && to !== undefined ? `${from} to ${to}` : from);
  const shown = [
    seq === undefined ? undefined : `seq ${seq}`,
    first(/"at":"(\d{4}-\d\d-\d\dT[\d:.]{8,12}Z)"/),
    first(/"kind":"([\w.-]{1,64})"/),
    about,
  ].filter((part) => part !== undefined);
  return shown.length > 0 ? `; it still shows ${shown.join(', ')}` : '; nothing of it can be read';
};
