import type { Acted, Asker, Post, Shown } from '../asking/command.ts';
import { type Form, isForm } from '../asking/form.ts';
import { UserError } from '../errors.ts';
import type { Compose } from './compose.ts';
import type { Doing, Owner } from './doings.ts';
import { escapeText } from './escape.ts';
import type { Address, Interaction, Rights, Source } from './interaction.ts';
import { notice } from './plain.ts';
import { mayPost } from './post.ts';
import { asIs, type Composed, type Opened } from './respond.ts';
import type { Press } from './state.ts';
import type { Wire } from './wire.ts';

/** From where something was done: the leaf that it belongs to, what the button or form carried, and who used it. */
export interface Doer {
  readonly owner: Owner;
  readonly args: Readonly<Record<string, string>>;
  readonly address: Address;
  readonly asker: Asker;
  readonly rights: Rights;
  /** The message of the button, or from which the form was opened. */
  readonly from: Source | undefined;
}

export interface Acts<D> {
  /** What pressing a button does. Rejects with UserError where it may not, or cannot. */
  act(pressed: Extract<Interaction, { kind: 'button' }>, press: Press, deps: D): Promise<Composed | Opened>;
  /** What an act, or the reader of a form, said is sent as. */
  reply(replied: Acted | Shown | Form, doer: Doer): Promise<Composed | Opened>;
}

export interface ActsOptions<D> {
  readonly acts: ReadonlyMap<string, Doing<D>>;
  readonly wire: Wire;
  readonly compose: Compose;
  readonly open: (form: Form) => Promise<Opened>;
}

export function createActs<D>({ acts, wire, compose, open }: ActsOptions<D>): Acts<D> {
  /** Posts documents in the channel, each under its own number. Says how many arrived. */
  async function share(posts: readonly Post[], { asker, rights, address }: Doer): Promise<number> {
    mayPost(rights);
    let arrived = 0;
    for (const [at, { document, path, args }] of posts.entries()) {
      const key = `${address.id}.${at}`;
      const everyone = { ...asker, alone: false };
      // oxlint-disable-next-line no-await-in-loop -- in order, and no more of them after one that fails
      const made = await compose(document, { request: { path, args }, page: 0, plain: false, key }, everyone);
      // oxlint-disable-next-line no-await-in-loop
      let sent = await wire.post(asker.channel, made.body, key);
      // oxlint-disable-next-line no-await-in-loop
      if (sent.outcome === 'refused') sent = await wire.post(asker.channel, await made.fallback(), key);
      // oxlint-disable-next-line no-await-in-loop
      await (sent.outcome === 'sent'
        ? made.sending?.shown(sent.message === undefined ? [] : [sent.message])
        : made.sending?.lost(sent.outcome));
      if (sent.outcome !== 'sent') break;
      arrived += 1;
    }
    return arrived;
  }

  async function tell({ say, posts = [] }: Acted, doer: Doer): Promise<Composed> {
    const arrived = posts.length > 0 ? await share(posts, doer) : 0;
    if (arrived < posts.length)
      throw new UserError(
        `Discord did not take the message (${arrived} of ${posts.length} posted).`,
        'Somebody who manages this channel can check that Sitrep may send messages here.',
      );
    return asIs(notice(escapeText(say)));
  }

  async function show({ show: document, again, inPlace = false }: Shown, doer: Doer): Promise<Composed> {
    const { owner, args, asker, from, address } = doer;
    const place = inPlace && from !== undefined;
    const own = Object.entries(args).filter(([name]) => owner.options.includes(name));
    const request = again ?? { path: owner.path, args: Object.fromEntries(own) };
    const alone = !place || from.ephemeral || asker.guild === null;
    const made = await compose(document, { request, page: 0, plain: false, key: address.id }, { ...asker, alone });
    if (!place) return made;
    // A file of the message that stood there does not stay with it.
    const { body } = made;
    return { ...made, body: { ...body, attachments: body.attachments ?? [] }, inPlace: true };
  }

  async function reply(replied: Acted | Shown | Form, doer: Doer): Promise<Composed | Opened> {
    if (isForm(replied)) return open(replied);
    return 'say' in replied ? tell(replied, doer) : show(replied, doer);
  }

  return {
    reply,
    async act({ address, asker, rights, ephemeral, owner: whose }, { path, args, edition }, deps) {
      const doing = acts.get(path);
      if (doing === undefined) throw new UserError('This button does nothing any more.', 'Ask again with the command.');
      const { act, anyone, ...owner } = doing;
      if (!anyone && !ephemeral && whose !== asker.user)
        throw new UserError('Only the person who asked can use this button.', 'Ask with the command yourself.');
      const presser = { ...asker, alone: true, ...(edition !== undefined && { edition }) };
      const from = { ephemeral, owner: whose };
      return reply(await act(args, deps, presser), { owner, args, address, asker: presser, rights, from });
    },
  };
}
