const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** Where options of these names begin in a text: "place:" at its start or after a space. */
export function optionMarks(
  text: string,
  names: readonly string[],
): { readonly name: string; readonly from: number; readonly to: number }[] {
  if (names.length === 0) return [];
  const pattern = new RegExp(`(?<=^|\\s)(${names.map(escaped).join('|')}):`, 'giu');
  return [...text.matchAll(pattern)].map((match) => ({
    name: names.find((name) => name.toLowerCase() === match[1]?.toLowerCase()) ?? '',
    from: match.index,
    to: match.index + match[0].length,
  }));
}

/** Of those marks the first of each name, without the names that are taken: what stands twice must not be lost unseen. */
export function newMarks<T extends { readonly name: string }>(marks: readonly T[], taken: readonly string[]): T[] {
  const seen = new Set(taken);
  return marks.filter(({ name }) => !seen.has(name) && seen.add(name));
}
