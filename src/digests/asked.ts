import type { Archive } from '../archive.ts';
import { momentWords } from '../briefing/dates.ts';
import { frameDigest, rehearsalWords, rehearseFilter } from '../briefing/digest.ts';
import type { Document } from '../briefing/document.ts';
import { UserError } from '../errors.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { type DigestState, guildStream } from './book.ts';
import type { Books } from './books.ts';
import { stateOf } from './changes.ts';
import type { Composer } from './composing.ts';
import type { Digest } from './digest.ts';
import { requestOf } from './messages.ts';
import { digestOfPost } from './post.ts';
import type { Intent, Tells } from './records.ts';
import type { Runner } from './runner.ts';
import type { Delivery, Digests, Rehearsal } from './service.ts';
import { DIGEST_PATHS } from './service.ts';

export interface AskedOptions {
  readonly books: Books;
  readonly ledger: Ledger;
  readonly archive: Archive;
  readonly composer: Composer;
  readonly runner: Pick<Runner, 'ask'>;
  readonly now: () => number;
}

const WEEK = 7 * 86_400_000;
/** Posts whose contents are kept for those who turn their pages. */
const KEPT = 50;

const untold = (): UserError =>
  new UserError(
    'None of the situations of this digest may be told in this server (any more).',
    'Choose other situations with /digest edit.',
  );

/** `aleppo-2024@120-345`, `aleppo-2024@0-345!` where it is told for the first time. */
const windowText = ({ parts, registry }: Pick<Tells, 'parts' | 'registry'>): string =>
  [...parts.map((p) => `${p.situation}@${p.from}-${p.to}${p.first ? '!' : ''}`), `#${registry}`].join(' ');

function readWindow(text: string): Pick<Tells, 'parts' | 'registry'> | undefined {
  const parts: Tells['parts'][number][] = [];
  let registry = 0;
  for (const word of text.split(' ')) {
    const [, situation, from, to, first] = /^([a-z0-9][a-z0-9-]{0,59})@(\d{1,9})-(\d{1,9})(!?)$/.exec(word) ?? [];
    const sources = /^#(\d{1,9})$/.exec(word)?.[1];
    if (sources !== undefined) registry = Number(sources);
    else if (situation === undefined) return undefined;
    else parts.push({ situation, from: Number(from), to: Number(to), ...(first === '!' && { first: true as const }) });
  }
  return parts.length > 0 ? { parts, registry } : undefined;
}

/** What commands ask of the digests. */
export function askedDigests({ books, ledger, archive, composer, runner, now }: AskedOptions): Digests {
  const kept = new Map<string, Tells>();

  async function show(state: DigestState, window?: string): Promise<Document> {
    const { digest } = state;
    const gathered = await composer.gather(digest, state.told);
    if (!gathered) throw untold();
    const asked = window === undefined ? undefined : readWindow(window);
    // What was once asked for may be told no more.
    const may = asked?.parts.every(({ situation }) => gathered.parts.some((p) => p.situation === situation)) === true;
    const about = asked && may ? asked : gathered;
    const request = requestOf(state, now());
    const tells = { parts: about.parts, registry: about.registry, length: digest.length, request };
    const contents = asked && may ? await composer.gatherAgain(tells) : gathered.contents;
    if (!contents) throw untold();
    return frameDigest(contents, {
      ...request,
      again: { path: DIGEST_PATHS.preview, args: { digest: digest.id, window: windowText(about) } },
    });
  }

  async function tellsOf(guild: string, post: string): Promise<Tells | undefined> {
    const key = `${guild} ${post}`;
    const known = kept.get(key) ?? books.of(guild).digests.get(digestOfPost(post))?.open.get(post)?.intent.tells;
    if (known) return known;
    const records = await ledger.read(guildStream(guild));
    const found = records.findLast(({ kind, body }) => kind === 'digest.intent' && (body as Intent).post === post);
    const tells = (found?.body as Intent | undefined)?.tells;
    if (tells) kept.set(key, tells);
    if (kept.size > KEPT) kept.delete(kept.keys().next().value as string);
    return tells;
  }

  async function ask(
    guild: string,
    digest: string,
    as: 'now' | 'test',
    key: string,
    author: string,
  ): Promise<Delivery> {
    const state = stateOf(books.of(guild), digest);
    const answered = await runner.ask(guild, state.digest.id, as, key, author);
    if (answered === 'nothing there') throw untold();
    return answered === 'quiet' ? { how: 'nothing', document: await show(state) } : answered;
  }

  return {
    books,
    preview: (guild, digest, window) => show(stateOf(books.of(guild), digest), window),
    previewOf: (digest: Digest) =>
      show({
        digest,
        mark: { at: now() },
        told: {},
        history: new Map(),
        open: new Map(),
        postedOn: '',
      }),
    sendNow: (guild, digest, key, author) => ask(guild, digest, 'now', key, author),
    test: (guild, digest, key, author) => ask(guild, digest, 'test', key, author),
    async rehearse({ situations, filters }): Promise<Rehearsal> {
      const pictures = (await Promise.all(situations.map((slug) => archive.picture(slug)))).filter(
        (p) => p !== undefined,
      );
      const newest = Math.max(0, ...pictures.map(({ at }) => Date.parse(at)));
      // Of a situation that has long been quiet: its last week.
      const past = newest > 0 && newest < now() - WEEK;
      const to = past ? newest : now();
      const from = new Date(to - WEEK).toISOString();
      const registry = archive.registry();
      const parts = await Promise.all(
        pictures.map(async (picture) => ({
          now: { picture, registry },
          then: await archive.picture(picture.situation.slug, { at: from }),
        })),
      );
      const tried = rehearseFilter(parts, filters);
      const [zone] = pictures.map((p) => p.situation.zone);
      const when = past ? `in the week up to ${momentWords(new Date(to).toISOString(), zone ?? 'UTC')}` : 'last week';
      return { from, to: new Date(to).toISOString(), ...tried, words: rehearsalWords(tried, when) };
    },
    async told(guild, post) {
      const tells = await tellsOf(guild, post);
      const contents = tells && (await composer.gatherAgain(tells));
      if (!tells || !contents) return undefined;
      return {
        document: composer.frame(contents, tells, post),
        digest: digestOfPost(post),
        situations: tells.parts.map(({ situation }) => situation),
      };
    },
  };
}
