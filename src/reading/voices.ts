import type { Source } from '../model/source.ts';
import type { Language } from './language.ts';
import type { Names } from './names.ts';
import { names } from './names.ts';
import type { Voice } from './reading.ts';
import type { Token } from './tokens.ts';

/** Names of fewer words are not called by one of them: "the Observatory" is short for a long name. */
const HEADS = 3;

/** Finds the sources of a registry in tokens: by name, by short name, and by a word that only one of them has. */
export function sourceNames(sources: readonly Source[], language: Language): Names<Source> {
  const entries: [string, Source][] = [];
  const owners = new Map<string, Source[]>();
  for (const source of sources) {
    entries.push([source.name, source]);
    if (source.short !== undefined) entries.push([source.short, source]);
    const written = source.name.split(' ');
    if (written.length < HEADS) continue;
    for (const word of written) {
      const key = language.stem(word.toLowerCase());
      if (/^\p{Lu}/u.test(word) && language.bodies.has(key)) owners.set(word, [...(owners.get(word) ?? []), source]);
    }
  }
  for (const [word, [only, ...more]] of owners) if (only !== undefined && more.length === 0) entries.push([word, only]);
  return names(entries, language.stem);
}

/** Who is named in a stretch of tokens: the last source of the registry in it, else the words themselves. */
export function voiceIn(
  tokens: readonly Token[],
  from: number,
  to: number,
  registry: Names<Source>,
  language: Language,
): { readonly voice: Voice; readonly from: number; readonly to: number } | undefined {
  let found: { readonly source: Source; readonly from: number; readonly to: number } | undefined;
  for (let i = from; i < to; ) {
    const hit = registry.at(tokens, i);
    if (hit && hit.to <= to) {
      // A source named as the object of the speaker ("a spokesman for HTS") is still whose word it is.
      found = { source: hit.value, from: hit.from, to: hit.to };
      i = hit.to;
    } else i++;
  }
  if (found)
    return {
      voice: { source: found.source.id, name: found.source.short ?? found.source.name },
      from: found.from,
      to: found.to,
    };
  let first = from;
  while (first < to && language.articles.has(tokens[first]?.word ?? '')) first++;
  const own = tokens.slice(first, to);
  if (own.length === 0 || own.length > 10 || own.some((t) => t.kind !== 'word')) return undefined;
  const known =
    own.some((t) => language.speakers.has(t.word)) || own.every((t) => /^\p{Lu}/u.test(t.text) || t.word === 'of');
  if (!known || own.every((t) => language.pronouns.has(t.word)) || language.relatives.has(own[0]?.word ?? ''))
    return undefined;
  const name = own
    .map((t) => t.text)
    .join(' ')
    .slice(0, 120);
  return { voice: { name }, from: first, to };
}
