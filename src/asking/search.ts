// Accents, Hebrew and Arabic points, tatweel: signs that people leave out when they type.
const MARKS = /\p{Mn}|\u0640/gu;

/** Folds text so that "istanbul" finds "İstanbul" and Arabic is found with or without its vowels. */
export const foldText = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(MARKS, '')
    .replace(/[Iı]/g, 'i')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/ٱ/g, 'ا')
    .replace(/[ىی]/g, 'ي')
    .replace(/ک/g, 'ك')
    .replace(/ة/g, 'ه');

/**
 * What fits what was typed: names that start with it, then those with a word that does, then those that hold it
 * anywhere. Every typed word must be found. Order within a rank is the order given.
 */
export function suggest<T>(
  items: readonly T[],
  typed: string,
  names: (item: T) => readonly string[],
  most: number,
): readonly T[] {
  const words = foldText(typed)
    .split(/\s+/)
    .filter((w) => w.length > 0);
  if (words.length === 0) return items.slice(0, most);
  const ranked: { readonly item: T; readonly rank: number }[] = [];
  for (const item of items) {
    const texts = names(item).map(foldText);
    const ranks = words.map((word) =>
      Math.min(
        ...texts.map((t) =>
          t.startsWith(word) ? 0 : t.includes(` ${word}`) ? 1 : t.includes(word) ? 2 : Number.POSITIVE_INFINITY,
        ),
      ),
    );
    const rank = Math.max(...ranks);
    if (rank <= 2) ranked.push({ item, rank });
  }
  return ranked
    .sort((a, b) => a.rank - b.rank)
    .slice(0, most)
    .map((r) => r.item);
}
