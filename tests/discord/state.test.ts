import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buttonIds, type Request, readButton } from '../../src/discord/state.ts';
import { UserError } from '../../src/errors.ts';
import { memory } from './memory.ts';

const own: Request = { path: 'brief', args: { situation: 'aleppo-2024', place: 'حلب' }, pin: 123 };

describe('the state of a button', () => {
  it('is all in its custom_id', async () => {
    const { kept, ...port } = memory();
    const ids = await buttonIds(own, [{ path: 'entry show', args: { id: 'E17' } }], false, port);
    expect(await readButton(ids.turn('next', 4), port)).toEqual({ ...own, kind: 'turn', page: 4, plain: false });
    expect(await readButton(ids.follow(0), port)).toEqual({
      path: 'entry show',
      args: { id: 'E17' },
      kind: 'follow',
      page: 0,
      plain: false,
    });
    expect(kept.size).toBe(0);
  });

  it('is remembered elsewhere where it is too long', async () => {
    const port = memory();
    const long = { ...own, args: { ...own.args, question: 'what happened '.repeat(20) } };
    const ids = await buttonIds(long, [], true, port);
    expect(ids.turn('next', 9_999).length).toBeLessThanOrEqual(100);
    expect(await readButton(ids.turn('next', 9_999), port)).toEqual({
      ...long,
      kind: 'turn',
      page: 9_999,
      plain: true,
    });
    expect(port.kept.size).toBe(1);
  });

  it('comes back as it was, whatever it holds, in at most 100 characters, each button with its own', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc.constantFrom('a|b=c%d', '%0041', ' x ', '\n', '='),
    );
    const request = fc.record({
      path: fc.constantFrom('brief', 'entry show', 'desk roles set'),
      args: fc.dictionary(fc.constantFrom('situation', 'place', 'as-of', 'from'), text),
      pin: fc.nat(),
    });
    await fc.assert(
      fc.asyncProperty(
        request,
        fc.array(request, { maxLength: 5 }),
        fc.nat({ max: 999 }),
        async (self, follows, page) => {
          const port = memory();
          const ids = await buttonIds(self, follows, false, port);
          const all = [
            ids.turn('previous', page),
            ids.turn('here', page),
            ids.turn('next', page),
            ...follows.map((_, at) => ids.follow(at)),
          ];
          expect(new Set(all).size).toBe(all.length);
          for (const id of all) expect(id.length).toBeLessThanOrEqual(100);
          expect(await readButton(ids.turn('next', page), port)).toMatchObject({ ...self, page });
          for (const [at, follow] of follows.entries())
            expect(await readButton(ids.follow(at), port)).toMatchObject(follow);
        },
      ),
    );
  });

  it.each([
    '',
    'x',
    '1pr0',
    '2pr0|brief|',
    '1zr0|brief|',
    '1pr0|brief',
    '1pr0|../x|1',
    '1pr0|brief|-1',
    '1pr0|brief|01',
    '1pr0|brief|1|novalue',
    '1pr0|brief|1|__proto__ x=1',
    '1pr0@unknown',
    '1pr0@../../etc',
    '1pr00000|brief|',
  ])('is refused in words when it is forged or forgotten: %j', async (id) => {
    const read = readButton(id, memory());
    if (id === '1pr0|brief') await expect(read).resolves.toMatchObject({ path: 'brief', args: {} });
    else await expect(read).rejects.toThrow(UserError);
  });
});
