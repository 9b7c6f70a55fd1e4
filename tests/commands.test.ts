import { describe, expect, test } from 'vitest';
import { commands } from '../commands/index.ts';

interface Described {
  readonly name: string;
  /** Of a command: 3 where it stands in the menu of messages. */
  readonly type?: number;
  readonly description: string;
  readonly required?: boolean;
  readonly choices?: readonly { readonly name: string; readonly value: string | number }[];
  readonly options?: readonly Described[];
}

const all = (command: Described): readonly Described[] => [command, ...(command.options ?? []).flatMap(all)];
const registered = (commands as unknown as readonly { readonly payload: Described }[]).map((c) => c.payload);
const described = registered.filter(({ type = 1 }) => type === 1);

describe('every command is one that Discord takes', () => {
  test.each(described.map((d) => [d.name, d] as const))('/%s', (_, command) => {
    for (const { name, description, options = [], choices = [] } of all(command)) {
      expect(name).toMatch(/^[-_'\p{Ll}\p{N}]{1,32}$/u);
      expect(description.length, description).toBeGreaterThan(0);
      expect(description.length, description).toBeLessThanOrEqual(100);
      expect(options.length).toBeLessThanOrEqual(25);
      expect(choices.length).toBeLessThanOrEqual(25);
      for (const choice of choices) expect(choice.name.length).toBeLessThanOrEqual(100);
      expect(new Set(choices.map((choice) => choice.name)).size, name).toBe(choices.length);
      expect(new Set(choices.map((choice) => choice.value)).size, name).toBe(choices.length);
      const required = options.map((o) => o.required === true);
      expect(required, 'required options come first').toEqual([...required].sort((a, b) => Number(b) - Number(a)));
      expect(new Set(options.map((o) => o.name)).size).toBe(options.length);
    }
  });

  test('under a name of its own', () => {
    expect(new Set(registered.map((d) => `${d.type ?? 1} ${d.name}`)).size).toBe(registered.length);
  });

  test('or one for the menu of messages, without a description', () => {
    for (const { name, description } of registered.filter(({ type }) => type === 3)) {
      expect(name).toMatch(/^[\p{L}\p{N} ]{1,32}$/u);
      expect(description ?? '').toBe('');
    }
  });
});
