import { ButtonStyle, ComponentType, MessageFlags } from 'discord-api-types/v10';
import type { Form } from '../asking/form.ts';
import { UserError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Acts } from './acts.ts';
import type { Reading } from './doings.ts';
import { escapeText, typedText } from './escape.ts';
import { explain } from './explain.ts';
import { checkFilled, withFilled } from './filled.ts';
import { type AskedField, formId, readFormId } from './form-state.ts';
import type { Interaction } from './interaction.ts';
import { limits } from './limits.ts';
import type { MessageBody } from './message.ts';
import { modal } from './modal.ts';
import { notice } from './plain.ts';
import type { RenderOptions } from './render.ts';
import type { Composed, Opened } from './respond.ts';
import type { StateMemory } from './state.ts';
import type { Submitted } from './submitted.ts';

type Sent = Extract<Interaction, { kind: 'form' }>;

/** How many forms are kept in this process, to be opened once more with what was typed. */
const KEPT = 200;
const AGAIN = '1e@';
const ACCENT = 0xb7791f;

/** A map that forgets what it learned first. */
function recent<V>(most: number): { get(key: string): V | undefined; set(key: string, value: V): void } {
  const kept = new Map<string, V>();
  return {
    get: (key) => kept.get(key),
    set(key, value) {
      kept.delete(key);
      kept.set(key, value);
      for (const oldest of kept.keys()) {
        if (kept.size <= most) break;
        kept.delete(oldest);
      }
    },
  };
}

export interface FormsOptions<D> extends RenderOptions {
  readonly forms: ReadonlyMap<string, Reading<D>>;
  readonly memory: StateMemory;
  readonly log: Log;
}

export interface Forms<D> {
  open(form: Form): Promise<Opened>;
  /** Reads a form that was sent. What is wrong is told with what was typed, and a way back into the form. Never rejects. */
  read(sent: Sent, deps: D, reply: Acts<D>['reply']): Promise<Composed | Opened>;
  /** Whether a button leads back into a form that was refused. */
  leadsBack(customId: string): boolean;
  /** The form once more, with what was typed. Rejects with UserError where it is no longer kept. */
  again(customId: string, user: string): Promise<Opened>;
}

export function createForms<D>({ forms, memory, log, mention }: FormsOptions<D>): Forms<D> {
  /** Forms as they were opened: what was shown around the fields is not remembered beyond this process. */
  const opened = recent<Form>(KEPT);
  const refused = recent<{ readonly form: Form; readonly user: string }>(KEPT);

  const open = async (form: Form): Promise<Opened> => {
    const id = await formId(form, memory);
    opened.set(id, form);
    return { modal: modal(form, id, { mention }) };
  };

  function typed({ values }: Submitted, fields: readonly AskedField[] | undefined): readonly [string, string][] {
    const asked = fields?.filter(({ kind }) => kind === 'text').map(({ name, label }) => [name, label] as const);
    return (asked ?? [...values.keys()].map((name) => [name, name] as const))
      .map(([name, label]): [string, string] => [label, typedText(values.get(name)?.join('\n') ?? '', true)])
      .filter(([, text]) => text !== '');
  }

  function refusal(thrown: unknown, { customId, submitted, asker, address }: Sent, fields?: readonly AskedField[]) {
    const why = explain(thrown, { form: customId }, { log, mention });
    const texts = typed(submitted, fields);
    const form = opened.get(customId);
    if (form) refused.set(address.id, { form: withFilled(form, submitted), user: asker.user });
    const quoted = texts.map(([label, text]) => {
      const lines = text.split('\n').map((line) => `> ${escapeText(line)}`);
      return `**${escapeText(label)}**\n${lines.join('\n')}`;
    });
    const shown = [why, ...quoted].join('\n');
    const fits = shown.length <= limits.content;
    const plain = texts.map(([label, text]) => `${label}\n${text}\n`).join('\n');
    const file = fits || plain === '' ? undefined : { name: 'what-you-typed.txt', data: Buffer.from(plain) };
    const attached = file && {
      attachments: [{ id: '0', filename: file.name, description: 'What you typed' }],
      files: [file],
    };
    const rows: MessageBody['components'] = form
      ? [
          {
            type: ComponentType.ActionRow,
            components: [
              {
                type: ComponentType.Button,
                style: ButtonStyle.Primary,
                label: 'Correct it',
                custom_id: `${AGAIN}${address.id}`,
              },
            ],
          },
        ]
      : [];
    const body: MessageBody = {
      flags: MessageFlags.IsComponentsV2,
      components: [
        {
          type: ComponentType.Container,
          accent_color: ACCENT,
          components: [
            { type: ComponentType.TextDisplay, content: fits ? shown : why },
            ...(file ? [{ type: ComponentType.File as const, file: { url: `attachment://${file.name}` } }] : []),
          ],
        },
        ...rows,
      ],
      allowed_mentions: { parse: [] },
      ...attached,
    };
    const fallback: MessageBody = { ...notice(fits ? shown : why), components: rows, ...attached };
    return { body, fallback: () => Promise.resolve(fallback) };
  }

  return {
    open,
    async read(sent, deps, reply) {
      let fields: readonly AskedField[] | undefined;
      try {
        const known = await readFormId(sent.customId, memory);
        fields = known.fields;
        const reading = forms.get(known.request.path);
        if (!reading) throw new UserError('There is nothing any more that reads this form.', 'Ask for it again.');
        const { read, ...owner } = reading;
        const { args } = known.request;
        const asker = { ...sent.asker, alone: true };
        const { address, rights, from } = sent;
        return await reply(await read(checkFilled(fields, sent.submitted), args, deps, asker), {
          owner,
          args,
          address,
          asker,
          rights,
          from,
        });
      } catch (thrown) {
        return refusal(thrown, sent, fields);
      }
    },
    leadsBack: (customId) => customId.startsWith(AGAIN),
    async again(customId, user) {
      const kept = refused.get(customId.slice(AGAIN.length));
      if (kept === undefined || kept.user !== user)
        throw new UserError('This form is no longer kept.', 'What you typed stands above: copy it, and ask again.');
      return open(kept.form);
    },
  };
}
