import { DIGEST_PATHS } from '../digests/service.ts';
import { encodeArgument } from './state.ts';

/** Act of the button that every digest carries: it tells what the digest is, and by it a post is known again. */
const ABOUT_DIGEST = DIGEST_PATHS.about;

/** Whether a custom_id is that of the button which every digest carries. */
export const isAboutButton = (id: unknown): boolean =>
  typeof id === 'string' && id.includes(ABOUT_DIGEST.replaceAll(' ', encodeArgument(' ')));

/** Whether a message's components carry the button of this post. */
export function isPostOf(components: readonly unknown[], post: string): boolean {
  const mark = `|post=${encodeArgument(post)}`;
  return customIds(components).some((id) => isAboutButton(id) && `${id}|`.includes(`${mark}|`));
}

function customIds(parts: readonly unknown[]): readonly string[] {
  return parts.flatMap((part) => {
    if (typeof part !== 'object' || part === null) return [];
    const { custom_id: id, components, accessory } = part as Record<string, unknown>;
    return [
      ...(typeof id === 'string' ? [id] : []),
      ...customIds(Array.isArray(components) ? components : []),
      ...customIds([accessory]),
    ];
  });
}
