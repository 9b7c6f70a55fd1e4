import { z } from 'zod';

/** A form as it was sent, as it came: nothing in it is checked or cleaned. */
export interface Submitted {
  readonly values: ReadonlyMap<string, readonly string[]>;
  /** Types of the channels that were picked, and the roles, as Discord knows them. */
  readonly channels: ReadonlyMap<string, number>;
  readonly roles: ReadonlySet<string>;
}

const input = z.object({
  custom_id: z.string(),
  value: z.union([z.string(), z.boolean(), z.null()]).optional(),
  values: z.array(z.string()).nullish(),
});

const data = z.object({
  custom_id: z.string(),
  components: z.array(
    z.union([
      z.object({ component: input }).transform(({ component }) => [component]),
      z.object({ components: z.array(input) }).transform(({ components }) => components),
      z.unknown().transform((): z.infer<typeof input>[] => []),
    ]),
  ),
  resolved: z
    .object({
      channels: z.record(z.string(), z.object({ type: z.number() })).optional(),
      roles: z.record(z.string(), z.unknown()).optional(),
    })
    .optional(),
});

/** Throws ZodError where Discord's shape is not what it is documented to be. */
export function readSubmitted(raw: unknown): Submitted & { readonly customId: string } {
  const { custom_id: customId, components, resolved } = data.parse(raw);
  return {
    customId,
    values: new Map(
      components.flat().map(({ custom_id: name, value, values }) => {
        const one = value === undefined || value === null ? [] : [String(value)];
        return [name, values ?? one] as const;
      }),
    ),
    channels: new Map(Object.entries(resolved?.channels ?? {}).map(([id, { type }]) => [id, type])),
    roles: new Set(Object.keys(resolved?.roles ?? {})),
  };
}
