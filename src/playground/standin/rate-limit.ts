import { ApiProblem } from './problem.ts';

export interface RateRule {
  readonly limit: number;
  readonly perMs: number;
}

/** `buckets` overrides the rule of a route, named "POST /channels/:channel/messages". */
export interface RateLimitOptions {
  readonly globalPerSecond?: number;
  readonly buckets?: Readonly<Record<string, RateRule>>;
}

const RULES: Readonly<Record<string, RateRule>> = {
  'POST /channels/:channel/messages': { limit: 5, perMs: 5000 },
  'PATCH /channels/:channel/messages/:message': { limit: 5, perMs: 5000 },
  'POST /channels/:channel/messages/:message/crosspost': { limit: 10, perMs: 3_600_000 },
  'POST /webhooks/:app/:token': { limit: 5, perMs: 2000 },
  'PATCH /webhooks/:app/:token/messages/:message': { limit: 5, perMs: 2000 },
};
const OTHERWISE: RateRule = { limit: 50, perMs: 1000 };

/** Counts requests per route and main parameter, and over all of them. */
export interface RateLimit {
  /** Headers for the answer; throws the 429. `global` false for interaction routes, which the 50 per second does not bind. */
  count(route: string, parameter: string, global: boolean): Record<string, string>;
}

interface Window {
  used: number;
  endsAt: number;
}

export function rateLimit(elapsed: () => number, options: RateLimitOptions): RateLimit {
  const perSecond = options.globalPerSecond ?? 50;
  const windows = new Map<string, Window>();
  const windowOf = (key: string, perMs: number): Window => {
    const known = windows.get(key);
    if (known !== undefined && known.endsAt > elapsed()) return known;
    const made = { used: 0, endsAt: elapsed() + perMs };
    windows.set(key, made);
    return made;
  };
  return {
    count(route, parameter, global) {
      if (global) {
        const all = windowOf('global', 1000);
        if (all.used >= perSecond) throw tooMany(all.endsAt - elapsed(), { global: true });
        all.used++;
      }
      const rule = options.buckets?.[route] ?? RULES[route] ?? OTHERWISE;
      const window = windowOf(`${route} ${parameter}`, rule.perMs);
      const over = window.used >= rule.limit;
      if (!over) window.used++;
      const leftMs = window.endsAt - elapsed();
      const headers = {
        'x-ratelimit-limit': String(rule.limit),
        'x-ratelimit-remaining': String(rule.limit - window.used),
        // The client adds `reset-after` to its own clock; `reset` is for people.
        'x-ratelimit-reset': ((Date.now() + leftMs) / 1000).toFixed(3),
        'x-ratelimit-reset-after': (leftMs / 1000).toFixed(3),
        'x-ratelimit-bucket': bucketName(route),
      };
      if (over) throw tooMany(leftMs, { headers });
      return headers;
    },
  };
}

/** The 429 as Discord answers it; `retry_after` is in seconds. */
export function tooMany(ms: number, more: { global?: boolean; headers?: Record<string, string> } = {}): ApiProblem {
  const seconds = Math.max(ms, 1) / 1000;
  const global = more.global === true;
  const text = global ? 'You are being globally rate limited.' : 'You are being rate limited.';
  return new ApiProblem(
    429,
    0,
    text,
    { retry_after: Number(seconds.toFixed(3)), global },
    {
      ...more.headers,
      'retry-after': seconds.toFixed(3),
      'x-ratelimit-scope': global ? 'global' : 'user',
      ...(global ? { 'x-ratelimit-global': 'true' } : {}),
    },
  );
}

function bucketName(route: string): string {
  let hash = 7;
  for (const letter of route) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) >>> 0;
  return hash.toString(16).padStart(8, '0');
}
