const SAYS = '(?:said|says|reported|reports)(?:\\s+(?:on\\s+)?(?:mon|tues|wednes|thurs|fri|satur|sun)day)?';
const escaped = (name: string): string => name.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&').replace(/\s+/g, '\\s+');
const upper = (text: string): string => text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());

/**
 * A headline without the words that name who says so, who is told beside it: “…, SOHR said”, “SOHR says that …”. As it was
 * where they stand in its middle.
 */
export function bareHeadline(headline: string, name: string): string {
  const who = `(?:the\\s+)?${escaped(name)}(?:\\s+\\([^()]{1,40}\\))?`;
  const tail = new RegExp(`(?:,\\s+${who}\\s+${SAYS}|,?\\s+according\\s+to\\s+${who})$`, 'iu');
  const head = new RegExp(
    `^(?:${who}\\s+${SAYS}(?:\\s+that\\b|:)?|according\\s+to\\s+${who},)\\s+(?=\\S+\\s+\\S)`,
    'iu',
  );
  const bare = headline.replace(tail, '').replace(head, '');
  return bare === headline ? headline : upper(bare);
}
