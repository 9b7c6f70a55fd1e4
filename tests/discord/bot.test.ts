import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Document } from '../../src/briefing/document.ts';
import { type Bot, startBot } from '../../src/discord/bot.ts';
import { UserError } from '../../src/errors.ts';
import type { Log } from '../../src/log.ts';
import { validateBodies } from '../support/openapi.ts';
import { type Answer, type Bench, startBench } from '../support/stand-in.ts';
import { commands, type Deps, longDocument } from './commands.ts';
import { memory } from './memory.ts';

interface Logged {
  readonly level: string;
  readonly data: object;
  readonly text: string;
}

const EPHEMERAL = 64;
const flagsOf = (answer: Answer) => Number(answer.message['flags'] ?? 0);
const BRIEF = '/brief situation:aleppo-2024';

describe('the bot on a Discord of its own', () => {
  let bench: Bench;
  let bot: Bot;
  let shown: Document;
  let logged: Logged[];
  const kept = memory();
  const asked: Deps['asked'][number][] = [];

  const log: Log = {
    info: (data, text) => void logged.push({ level: 'info', data, text }),
    warn: (data, text) => void logged.push({ level: 'warn', data, text }),
    error: (data, text) => void logged.push({ level: 'error', data, text }),
  };
  const start = (more: Partial<Parameters<typeof startBot<Deps>>[0]> = {}) =>
    startBot<Deps>({
      token: bench.standIn.token,
      api: bench.standIn.apiBase,
      commands,
      deps: { brief: () => shown, asked },
      log,
      remember: kept.remember,
      recall: kept.recall,
      deferAfterMs: 150,
      ...more,
    });
  const callbacks = () =>
    bench.standIn.requests
      .filter(({ path }) => path.endsWith('/callback'))
      .map(({ body }) => body as { type: number; data?: { flags?: number; components?: unknown } });

  beforeAll(async () => {
    bench = await startBench({ interactionDeadlineMs: 1_000 });
    logged = [];
    shown = longDocument();
    bot = await start();
    await bot.deployed;
  });
  afterEach(async () => {
    // Whatever a test made the bot send, Discord's own description of its API has nothing against it.
    const sent = bench.standIn.requests.filter(({ status }) => status !== undefined && status < 400);
    expect((await validateBodies(sent)) ?? []).toEqual([]);
    for (const { body } of sent)
      if (JSON.stringify(body ?? '').includes('"content"')) expect(JSON.stringify(body)).toContain('"parse":[]');
    expect(JSON.stringify(logged)).not.toContain(bench.standIn.token);
    bench.standIn.clearRequests();
    bench.standIn.faults.clear();
    shown = longDocument();
    logged = [];
    asked.length = 0;
  });
  afterAll(async () => {
    await bot.close();
    await bench.close();
  });

  it('answers a question in one message of components V2, told where it was asked', async () => {
    const answer = await bench.command('reader', BRIEF);
    expect(answer.text).toContain('## Aleppo offensive');
    expect(answer.text).toContain('- Line 1. Fighting was reported');
    expect(answer.ephemeral).toBe(false);
    expect(flagsOf(answer) & 32_768).not.toBe(0);
    expect(callbacks().map(({ type }) => type)).toEqual([4]);
    expect(asked).toMatchObject([
      { args: { situation: 'aleppo-2024' }, asker: { user: answer.user, channel: answer.channel } },
    ]);
  });

  it('answers only the asker where that is wanted', async () => {
    expect((await bench.command('reader', `${BRIEF} private:true`)).ephemeral).toBe(true);
    expect((await bench.command('reader', '/mine')).ephemeral).toBe(true);
  });

  it('turns the page of who asked, in place and of the same document', async () => {
    const answer = await bench.command('reader', BRIEF);
    await bench.press(answer, 'Next');
    expect(answer.text).toContain('## Aleppo offensive (continued)');
    expect(answer.text).toContain('Page 2 of');
    await bench.press(answer, 'Previous');
    expect(answer.text).toContain('Page 1 of');
    expect(callbacks().map(({ type }) => type)).toEqual([4, 7, 7]);
    expect(asked.map(({ asker }) => asker.pin)).toEqual([undefined, 40, 40]);
    expect(asked[1]?.args).toEqual({ situation: 'aleppo-2024' });
  });

  it('shows every line once over its pages', async () => {
    const answer = await bench.command('reader', BRIEF);
    const pages = Number(/Page 1 of (\d+)/.exec(answer.text)?.[1]);
    let all = answer.text;
    for (let page = 1; page < pages; page += 1) {
      await bench.press(answer, 'Next');
      all += `\n${answer.text}`;
    }
    const lines = [...all.matchAll(/Line (\d+)\./g)].map(([, number]) => Number(number));
    expect(lines).toEqual(Array.from({ length: 60 }, (_, at) => at + 1));
  });

  it('gives a page of his own to who turns the page of another', async () => {
    const answer = await bench.command('reader', BRIEF);
    const copy = await bench.press(answer, 'Next', { user: 'editor' });
    expect(answer.text).toContain('Page 1 of');
    expect(copy.text).toContain('Page 2 of');
    expect(copy.ephemeral).toBe(true);
    await bench.press(copy, 'Previous', { user: 'editor' });
    expect(copy.text).toContain('Page 1 of');
    expect(callbacks().map(({ type }) => type)).toEqual([4, 4, 7]);
  });

  it('keeps buttons working through a restart, also those whose state is remembered', async () => {
    const long = `${BRIEF}${'-x'.repeat(40)}`;
    const [short, remembered] = [await bench.command('reader', BRIEF), await bench.command('reader', long)];
    expect(kept.kept.size).toBeGreaterThan(0);
    await bot.close();
    bot = await start();
    await bench.press(short, 'Next');
    await bench.press(remembered, 'Next');
    for (const answer of [short, remembered]) expect(answer.text).toContain('Page 2 of');
    expect(asked.at(-1)?.args).toEqual({ situation: `aleppo-2024${'-x'.repeat(40)}` });
  });

  it('asks what follows with one press, as openly as the message is, for its asker', async () => {
    const answer = await bench.command('reader', BRIEF);
    const open = await bench.press(answer, 'What changed');
    expect([open.text, open.ephemeral]).toEqual([expect.stringContaining('Nothing changed.'), false]);
    expect((await bench.press(answer, 'What changed', { user: 'editor' })).ephemeral).toBe(true);
    expect((await bench.press(answer, 'Only me')).ephemeral).toBe(true);
    expect(asked.at(-1)).toMatchObject({ path: 'changes', args: { situation: 'aleppo-2024' } });
    const own = await bench.command('reader', `${BRIEF} private:true`);
    expect((await bench.press(own, 'What changed')).ephemeral).toBe(true);
  });

  it('mentions nobody and formats nothing, whatever the store holds', async () => {
    shown = longDocument('@everyone <@1> <@&2> **x** [a](https://evil.example) https://evil.example discord.gg/x');
    const answer = await bench.command('reader', BRIEF);
    expect(answer.message).toMatchObject({ mention_everyone: false, mentions: [], mention_roles: [] });
    expect(JSON.stringify(callbacks())).not.toMatch(/@everyone|<@|\]\(https:\/\/evil|https:\/\/evil|discord\.gg\//);
    const refused = await bench.command('reader', '/refuse');
    expect(refused.message).toMatchObject({ mention_everyone: false });
  });

  it('shows long Arabic within what Discord takes', async () => {
    shown = longDocument('أفادت مصادر محلية بوقوع قتلى وجرحى في الأحياء الغربية من المدينة خلال الليل. '.repeat(6));
    const answer = await bench.command('reader', BRIEF);
    await bench.press(answer, 'Next');
    for (const { data } of callbacks()) {
      const texts = [...JSON.stringify(data?.components).matchAll(/"content":("(?:[^"\\]|\\.)*")/g)].map(
        ([, text = '']) => JSON.parse(text) as string,
      );
      expect(texts.reduce((sum, text) => sum + Buffer.byteLength(text) + 12, 0)).toBeLessThanOrEqual(9_000);
      expect(texts.join('')).toContain('أفادت');
    }
  });

  it('says what is wrong and what would be right, to the asker alone', async () => {
    const answer = await bench.command('reader', '/refuse');
    expect(answer.ephemeral).toBe(true);
    expect(answer.text).toContain('There is no situation “\\@\u200beveryone”.');
    expect(answer.text).toMatch(/-# Ask <\/brief:\d+> instead\./);
    expect(logged.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('names a report instead of the reason when it fails, and logs the reason', async () => {
    const answer = await bench.command('reader', '/crash');
    expect(answer.ephemeral).toBe(true);
    expect(answer.text).toMatch(/^Something went wrong on our side \(report [0-9a-f]{6}\)\. Nothing was changed\.$/);
    const report = /report ([0-9a-f]{6})/.exec(answer.text)?.[1];
    expect(logged.find(({ level }) => level === 'error')?.data).toMatchObject({
      report,
      command: 'crash',
      error: 'the secret reason',
    });
  });

  it('says that it is working where the answer takes long, and then answers', async () => {
    const open = await bench.command('reader', '/slow ms:300');
    const own = await bench.command('reader', '/slow ms:300 private:true');
    expect(open.text).toContain('- Line 1.');
    expect([open.ephemeral, own.ephemeral]).toEqual([false, true]);
    expect(callbacks()).toEqual([
      { type: 5, data: { flags: 0 } },
      { type: 5, data: { flags: EPHEMERAL } },
    ]);
    const refused = await bench.command('reader', '/slow ms:301');
    expect(refused.text).toContain('Too slow.');
  });

  it('turns a slow page in place, and tells a slow failure apart from the page', async () => {
    const answer = await bench.command('reader', '/slow ms:200');
    bench.standIn.clearRequests();
    await bench.press(answer, 'Next');
    expect(answer.text).toContain('Page 2 of');
    expect(callbacks().map(({ type }) => type)).toEqual([6]);
  });

  it('offers at most 25 choices, each short enough, and none when they cannot be made', async () => {
    const choices = await bench.autocomplete('reader', '/brief situation:al');
    expect(choices).toHaveLength(25);
    for (const { name } of choices) expect(name.length).toBeLessThanOrEqual(100);
    expect(await bench.autocomplete('reader', '/brief situation:crash')).toEqual([]);
    expect(logged.some(({ level, text }) => level === 'error' && text.includes('Choices'))).toBe(true);
  });

  it('refuses a button that is forged or too old, in words', async () => {
    const answer = await bench.command('reader', BRIEF);
    const { message } = answer;
    for (const [id, words] of [
      ['nonsense', 'can no longer be read'],
      ['1nr1@forgotten', 'can no longer be read'],
      ['1nr1|gone|1', 'no command “\\/gone” any more'],
      ['1nr1|brief|1', '“situation” is missing'],
      ['1nr1|entry show|1|id=x', 'at least 2 characters'],
      ['1nr1|entry show|1|id=E1|view=some', 'must be one of: All of it'],
    ]) {
      const rows = message['components'] as { components: { custom_id?: string; label?: string }[] }[];
      for (const row of rows) for (const one of row.components) if (one.label === 'Next') one.custom_id = id as string;
      const refused = await bench.press(answer, id as string);
      expect(refused.messages.at(-1)).toMatchObject({ flags: expect.any(Number) });
      expect(refused.text).toContain(words);
      expect(refused.ephemeral).toBe(true);
    }
  });

  it.each([
    ['a 500', { kind: 'status', status: 500 }],
    ['an invalid form', { kind: 'status', status: 400, code: 50_035 }],
  ] as const)('falls back to plain text once when Discord answers with %s', async (_, fault) => {
    bench.standIn.faults.next({ path: '/callback', times: fault.status === 500 ? 2 : 1 }, fault);
    const answer = await bench.command('reader', BRIEF);
    expect(answer.message['content']).toContain('## Aleppo offensive');
    expect(flagsOf(answer) & 32_768).toBe(0);
    await bench.press(answer, 'Next');
    expect(answer.message['content']).toContain('(continued)');
  });

  it('does not try again what is too late or answered already', async () => {
    bench.standIn.faults.next({ path: '/callback' }, { kind: 'status', status: 404, code: 10_062 });
    const answer = bench.command('reader', BRIEF);
    await bench.until('the refusal is logged', () => logged.some(({ data }) => 'code' in data && data.code === 10_062));
    expect(bench.standIn.requests.filter(({ path }) => path.endsWith('/callback'))).toHaveLength(1);
    await answer.catch(() => {});
  });

  it('registers its commands only when they are not those already there', async () => {
    await bot.close();
    bench.standIn.clearRequests();
    bot = await start();
    await bot.deployed;
    const puts = () =>
      bench.standIn.requests.filter(({ method, path }) => method === 'PUT' && path.endsWith('/commands'));
    expect(puts()).toHaveLength(0);
    expect(bot.mention('entry show')).toMatch(/^<\/entry show:\d+>$/);
    // What follows a command in a sentence is no part of it: pressed, it would be no command.
    expect(bot.mention('entry show all')).toBe('/entry show all');
    expect(bot.mention('entry')).toBe('/entry');
    await bot.close();
    bot = await start({ commands: commands.slice(0, 2) });
    await bot.deployed;
    expect(puts()).toHaveLength(1);
    await bot.close();
    bot = await start();
    await bot.deployed;
    expect(puts()).toHaveLength(2);
  });

  it('goes on with the commands that are there when Discord refuses the new ones', async () => {
    await bot.close();
    bench.standIn.faults.next(
      { method: 'PUT', path: '/commands' },
      { kind: 'status', status: 400, code: 50_035, message: 'Invalid Form Body' },
    );
    bot = await start({ commands: commands.slice(1) });
    await bot.deployed;
    expect(
      logged.some(({ level, data }) => level === 'error' && 'error' in data && /50035/.test(String(data.error))),
    ).toBe(true);
    expect((await bench.command('reader', '/mine')).text).toContain('Yours.');
    await bot.close();
    bot = await start();
    await bot.deployed;
  });

  it('drops what is older than an answer could be', async () => {
    await bot.close();
    bot = await start({ now: () => Date.now() + 60_000 });
    const answer = bench.command('reader', BRIEF);
    await bench.until('it is logged', () => logged.some(({ text }) => text.includes('too late')));
    expect(asked).toEqual([]);
    expect(callbacks()).toEqual([]);
    await bot.close();
    bot = await start();
    await answer.catch(() => {});
  });

  it('finishes what it is doing before it leaves', async () => {
    const answer = bench.command('reader', '/slow ms:400');
    await bench.until('it is working', () => callbacks().length > 0);
    await bot.close();
    expect((await answer).text).toContain('- Line 1.');
    bot = await start();
  });

  it('stops in one line when Discord takes the token back', async () => {
    const fatal: UserError[] = [];
    await bot.close();
    bot = await start({ onFatal: (error) => fatal.push(error) });
    await bot.deployed;
    bench.standIn.refuseToken(true);
    await expect(bot.client.rest.get('/users/@me')).rejects.toThrow();
    expect(fatal.map(({ message }) => message)).toEqual(['Discord refused the token (401); check DISCORD_TOKEN.']);
    await bot.close();
    const refused = start();
    await expect(refused).rejects.toThrow(UserError);
    await expect(refused).rejects.toThrow(/^Discord refused the token \(401\); check DISCORD_TOKEN\.$/);
    bench.standIn.refuseToken(false);
    bench.standIn.clearRequests();
    bot = await start();
  });

  it.each([
    [4004, 'Discord refused the token (4004); check DISCORD_TOKEN.'],
    [4014, 'Discord refused the intents as not allowed (4014); check the Bot page of the application.'],
  ])('stops, once and in one line, when the gateway closes with %i', async (code, words) => {
    const fatal: string[] = [];
    await bot.close();
    bot = await start({ onFatal: ({ message }) => fatal.push(message) });
    await bot.deployed;
    bench.standIn.gateway.drop(code);
    await bench.until('it gives up', () => fatal.length > 0);
    expect(fatal).toEqual([words]);
    await bot.close();
    bot = await start();
  });

  it('comes back by itself after a connection that was lost', async () => {
    bench.standIn.gateway.drop(4000);
    await bench.until('it is back', () => bot.client.isReady() && bench.standIn.gateway.online);
    expect((await bench.command('reader', BRIEF)).text).toContain('- Line 1.');
  });

  it('says when Discord cannot be reached', async () => {
    await expect(start({ api: 'http://127.0.0.1:9/api' })).rejects.toThrow(/^Discord could not be reached: /);
  });
});
