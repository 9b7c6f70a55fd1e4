import { z } from 'zod';
import type { FromPage, OptionValue } from './page-wire.ts';

/** Frames from the page, checked before anything is done with them. */

const id = z.string().regex(/^\d{1,20}$/);
const option: z.ZodType<OptionValue> = z.object({
  name: z.string().max(32),
  type: z.int().min(1).max(11),
  value: z.union([z.string().max(6000), z.number(), z.boolean()]).exactOptional(),
  focused: z.boolean().exactOptional(),
  get options() {
    return z.array(option).max(25).exactOptional();
  },
});
const files = z.record(z.string(), z.object({ name: z.string().max(260), contentType: z.string(), data: z.base64() }));
const asked = { nonce: z.string().max(100), channelId: id, personaId: id };

const frame = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('command'),
    ...asked,
    commandId: id,
    options: z.array(option).max(25),
    targetId: id.exactOptional(),
    files: files.exactOptional(),
  }),
  z.object({ type: z.literal('autocomplete'), ...asked, commandId: id, options: z.array(option).max(25) }),
  z.object({
    type: z.literal('component'),
    ...asked,
    messageId: id,
    customId: z.string().max(100),
    componentType: z.int(),
    values: z.array(z.string().max(100)).max(25).exactOptional(),
  }),
  z.object({
    type: z.literal('modal.submit'),
    ...asked,
    modalId: id,
    values: z.record(z.string(), z.union([z.string().max(4000), z.array(z.string().max(100)).max(25)])),
    files: files.exactOptional(),
  }),
  z.object({ type: z.literal('say'), channelId: id, personaId: id, content: z.string().max(4000) }),
  z.object({ type: z.literal('dismiss'), messageId: id }),
  z.object({
    type: z.literal('break'),
    channelId: id,
    what: z.enum([
      'too-many-requests',
      'refused-body',
      'late-answer',
      'error-after-create',
      'no-answer-after-create',
      'lost-permission',
      'deleted-channel',
      'dropped-gateway',
      'refused-token',
      'mend',
    ]),
  }),
  z.object({ type: z.literal('clock.move'), to: z.iso.datetime({ offset: true }), off: z.boolean().optional() }),
]);

/** Reads a text frame; undefined when it is not one of ours. */
export function readFrame(text: string): FromPage | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const read = frame.safeParse(value);
  return read.success ? read.data : undefined;
}
