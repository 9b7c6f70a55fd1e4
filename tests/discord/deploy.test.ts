import { ApplicationCommandOptionType as Type } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { canonical, withScope } from '../../src/discord/deploy.ts';
import { commands } from './commands.ts';

describe('a command and what Discord gives back of it', () => {
  it('are the same in spite of the defaults that Discord adds', () => {
    for (const { payload } of commands) {
      const ours = withScope(payload);
      const theirs = {
        ...ours,
        id: '1',
        application_id: '2',
        version: '3',
        default_member_permissions: null,
        dm_permission: true,
        nsfw: false,
        name_localizations: null,
        description_localizations: null,
        integration_types: [0],
        contexts: [1, 0],
        options: ('options' in payload ? (payload.options ?? []) : [])
          .map((option) => ({ ...option, name_localizations: null }))
          .map((option) => ('required' in option ? option : { ...option, required: false })),
      };
      expect(canonical(theirs)).toBe(canonical(ours));
    }
  });

  it('differ where a reader would see a difference', () => {
    const option = { type: Type.String, name: 'a', description: 'b' } as const;
    const base = withScope({ name: 'x', description: 'y', options: [option] });
    const others = [
      { ...base, description: 'z' },
      { ...base, options: [{ ...option, required: true }] },
      { ...base, options: [{ ...option, choices: [{ name: 'c', value: 'd' }] }] },
      { ...base, options: [{ ...option, max_length: 5 }] },
      { ...base, contexts: [0] },
      { ...base, default_member_permissions: '0' },
      { ...base, options: [option, { ...option, name: 'b' }] },
    ];
    for (const other of others) expect(canonical(other)).not.toBe(canonical(base));
  });
});
