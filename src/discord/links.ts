import { clean, cut, escapeText } from './escape.ts';
import { limits } from './limits.ts';

/** An address that can stand in `[label](address)` or in a button, or undefined if it cannot: not http(s), too long. */
export function linkUrl(url: string, most: number = limits.url): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, username, password, href } = new URL(url);
  if ((protocol !== 'https:' && protocol !== 'http:') || username !== '' || password !== '') return undefined;
  const safe = href.replace(
    /[()<>\\|`*\s]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
  return safe.length <= most ? safe : undefined;
}

/** Emoji in the label of a link break the link in components V2. */
const EMOJI = /[\p{Extended_Pictographic}\p{Regional_Indicator}\p{Emoji_Modifier}\u20e3\ufe0f]/gu;

/** `label` as literal text, linked where the address allows it. */
export function link(label: string, url: string | undefined): string {
  const shown = escapeText(clean(label.replace(EMOJI, '')).trim() || 'source');
  const target = url === undefined ? undefined : linkUrl(url);
  return target === undefined ? shown : `[${shown}](${target})`;
}

/** The name of a source as it stands in a citation. */
export const shortName = (name: string): string => cut(clean(name).trim(), limits.sourceName);
