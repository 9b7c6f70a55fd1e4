import type { Archive } from '../archive.ts';
import { frameDigest, isQuiet } from '../briefing/digest.ts';
import type { DigestContent } from '../briefing/digest-content.ts';
import { digestContent, flashContent, isFiltered, linesIn } from '../briefing/digest-content.ts';
import type { Document } from '../briefing/document.ts';
import { showsOf } from '../editions/shows.ts';
import type { Situation } from '../model/situation.ts';
import type { Digest } from './digest.ts';
import type { ComingEdition, Seqs, Tells, Window } from './records.ts';
import { DIGEST_PATHS } from './service.ts';

/** What a digest would tell now. */
export interface Gathered {
  readonly contents: readonly DigestContent[];
  readonly parts: Tells['parts'];
  readonly registry: number;
  readonly window: Window;
  /** Nothing of it is new. */
  readonly quiet: boolean;
  /** All of its situations are closed. */
  readonly closed: boolean;
}

export interface Composer {
  /** Undefined where none of its situations may be told in its guild (any more). Others are left out. */
  gather(
    digest: Pick<Digest, 'guild' | 'situations' | 'filters' | 'length' | 'style'>,
    told: Seqs,
  ): Promise<Gathered | undefined>;
  /** The same contents as they were. Undefined where one of them is not there any more. */
  gatherAgain(tells: Tells): Promise<readonly DigestContent[] | undefined>;
  /** The document of a post. */
  frame(contents: readonly DigestContent[], tells: Pick<Tells, 'request'>, post: string): Document;
  /** What is recorded as shown once it arrived; `number`: of the first. */
  editions(contents: readonly DigestContent[], document: Document, about: ShownAs): readonly ComingEdition[];
}

export interface ShownAs {
  readonly digest: Pick<Digest, 'id' | 'filters'>;
  readonly post: string;
  readonly number: number;
  readonly flash?: boolean;
}

export interface ComposerOptions {
  readonly archive: Archive;
  /** Whether a situation may be told in the channels of a guild. */
  readonly mayTell: (guild: string, situation: Situation) => boolean;
}

/** Contents that are kept: many channels are told the same in the same minute. */
const KEPT = 200;

export function createComposer({ archive, mayTell }: ComposerOptions): Composer {
  const kept = new Map<string, Promise<DigestContent | undefined>>();

  async function make(
    part: Tells['parts'][number],
    registry: number,
    digest: Pick<Digest, 'filters' | 'length'>,
  ): Promise<DigestContent | undefined> {
    const { situation, from, to, first } = part;
    const [picture, sources, then] = await Promise.all([
      archive.picture(situation, { seq: to }),
      archive.registryAt(registry),
      first ? undefined : archive.picture(situation, { seq: from }),
    ]);
    return picture && digestContent({ now: { picture, registry: sources }, then }, digest.filters, digest.length);
  }
  /** Composed once for all channels of the same situation, window, filters and length. */
  function content(
    part: Tells['parts'][number],
    registry: number,
    { filters, length }: Pick<Digest, 'filters' | 'length'>,
  ): Promise<DigestContent | undefined> {
    const key = JSON.stringify([part, registry, filters, length]);
    const known = kept.get(key) ?? make(part, registry, { filters, length });
    kept.delete(key);
    kept.set(key, known);
    known.catch(() => kept.delete(key));
    if (kept.size > KEPT) kept.delete(kept.keys().next().value as string);
    return known;
  }

  /** The same text for all channels that are told the same; what differs are the buttons. */
  function baseOf(contents: readonly DigestContent[], request: Tells['request']): Document {
    const [first] = contents;
    const key = JSON.stringify(request);
    const known = first && bases.get(first)?.get(key);
    if (known && known.contents.every((one, at) => one === contents[at]) && known.contents.length === contents.length)
      return known.document;
    const document = frameDigest(contents, { ...request, again: { path: DIGEST_PATHS.page, args: {} } });
    if (first) {
      const made = bases.get(first) ?? new Map<string, Base>();
      bases.set(first, made.set(key, { contents, document }));
      if (made.size > KEPT) made.delete(made.keys().next().value as string);
    }
    return document;
  }

  return {
    async gather(digest, told) {
      const { guild, situations, style } = digest;
      const registry = archive.registry().seq;
      const pictures = await Promise.all(situations.map((slug) => archive.picture(slug)));
      const there = pictures.filter((p) => p !== undefined).filter((p) => mayTell(guild, p.situation));
      if (there.length === 0) return undefined;
      const parts = there.map(({ situation: { slug }, seq }): Tells['parts'][number] => {
        const from = Math.min(told[slug] ?? 0, seq);
        return { situation: slug, from, to: seq, ...((style === 'board' || from === 0) && { first: true as const }) };
      });
      const contents = await Promise.all(parts.map((part) => content(part, registry, digest)));
      const made = contents.filter((c) => c !== undefined);
      return {
        contents: made,
        parts,
        registry,
        window: Object.fromEntries(parts.map(({ situation, from, to }) => [situation, { from, to }])),
        // A board tells all there is, so that only a new record makes it new.
        quiet: style === 'board' ? parts.every(({ from, to }) => from === to) : isQuiet(made),
        closed: there.every(({ situation }) => situation.status === 'closed'),
      };
    },
    async gatherAgain({ parts, registry, length, request: { filters }, flash }) {
      if (flash !== undefined) {
        const [part] = parts;
        const picture = part && (await archive.picture(part.situation, { seq: part.to }));
        if (!picture) return undefined;
        const told = flashContent({ picture, registry: await archive.registryAt(registry) }, flash);
        return told && [told];
      }
      const contents = await Promise.all(parts.map((part) => content(part, registry, { filters, length })));
      return contents.every((c) => c !== undefined) ? contents : undefined;
    },
    frame: (contents, { request }, post) => {
      const base = baseOf(contents, request);
      return {
        ...base,
        acts: [{ label: 'About this digest', act: DIGEST_PATHS.about, args: { post } }],
        ...(base.basis && { basis: { ...base.basis, args: { post } } }),
      };
    },
    editions(contents, document, { digest, post, number, flash = false }) {
      const told = contents.filter((one) => linesIn(one).length > 0);
      const each = told.map((one) => ({ one, shows: showsIn(document, one) }));
      const times = new Map<string, number>();
      for (const { shows } of each) for (const id of Object.keys(shows)) times.set(id, (times.get(id) ?? 0) + 1);
      return each.map(({ one: { part, brief }, shows }, at): ComingEdition => {
        const { picture, registry } = part.now;
        return {
          number: number + at,
          situation: picture.situation.slug,
          // Filters and flashes tell a part: what was left out must not count as shown.
          kind: flash || isFiltered(digest.filters) ? 'digest' : brief ? 'brief' : 'changes',
          asker: digest.id,
          private: false,
          seq: picture.seq,
          ...(!brief && { since: part.then?.seq ?? 0 }),
          registry: registry.seq,
          request: { path: DIGEST_PATHS.page, args: { post } },
          // A mark is put where an entry is named: where two situations have an E17 each, it would strike both.
          shows: Object.fromEntries(Object.entries(shows).filter(([id]) => times.get(id) === 1)),
        };
      });
    },
  };
}

interface Base {
  readonly contents: readonly DigestContent[];
  readonly document: Document;
}
const bases = new WeakMap<DigestContent, Map<string, Base>>();
const shown = new WeakMap<DigestContent, ReturnType<typeof showsOf>>();

function showsIn(document: Document, content: DigestContent): ReturnType<typeof showsOf> {
  const known = shown.get(content) ?? showsOf(alone(document, content), content.part.now.picture);
  shown.set(content, known);
  return known;
}

const alone = (document: Document, content: DigestContent): Document => ({
  ...document,
  sections: [{ id: 'all', lines: linesIn(content) }],
});
