import { type Finding, type Scan, scanner } from './scan.ts';

export type { Finding, FindingKind } from './scan.ts';

/** What is wrong with a stream's file, by byte offset and line; an empty list for a sound one. Pure. */
export const verify = (file: Buffer): readonly Finding[] => scan(file).findings;

/** The whole answer about a stream's file held in memory. */
export const scan = (file: Buffer): Scan => {
  const scanning = scanner();
  scanning.push(file);
  return scanning.end();
};

const SAID = {
  frame: 'the checksum field is not readable',
  checksum: 'the checksum does not fit: this line was changed, or one before it was lost, doubled or moved',
  record: 'the line holds no record that may follow the one before',
  hole: 'zeros stand where text should be',
  unterminated: 'the file ends inside this line',
  unfinished: 'the append that begins here was never completed',
} as const;

/** A finding in words, with byte and line. */
export const sayFinding = (finding: Finding): string =>
  `byte ${finding.offset}, line ${finding.line}: ${SAID[finding.kind]}`;
