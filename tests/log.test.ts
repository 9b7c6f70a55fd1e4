import { describe, expect, it } from 'vitest';
import { createLog, errorData } from '../src/log.ts';

describe('the log', () => {
  it('is one line of JSON each, from its level on', () => {
    const lines: string[] = [];
    const log = createLog('warn', { write: (line) => void lines.push(line) });
    log.info({}, 'not this');
    log.warn({ command: 'brief' }, 'this');
    expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([{ command: 'brief', msg: 'this' }]);
  });

  it('hides tokens, and of an error everything that might hold one', () => {
    const lines: string[] = [];
    const log = createLog('info', { write: (line) => void lines.push(line) });
    log.error({ token: 'abc.def', request: { authorization: 'Bot abc.def' } }, 'x');
    const error = Object.assign(new Error('Unknown interaction'), {
      code: 10_062,
      url: '/interactions/1/abc.def/callback',
    });
    log.error(errorData(error), 'y');
    expect(lines).toHaveLength(2);
    expect(lines.join('')).not.toContain('abc.def');
    expect(lines[1]).toContain('10062');
    expect(errorData('thrown text')).toEqual({ error: 'thrown text' });
  });
});
