import type { JsonObject } from './json.ts';

/** Which requests a fault catches. `path` is the path below `/api/v10`; a string must be contained in it. */
export interface FaultMatch {
  readonly method?: string;
  readonly path?: string | RegExp;
  /** Asked of the JSON body; undefined for a request without one. */
  readonly body?: (json: unknown) => boolean;
  /** How many requests it catches before it is used up; default 1. */
  readonly times?: number;
}

/**
 * - `status`, `rateLimit`: answered so, without doing anything.
 * - `hang`: never answered, nothing done. `reset`: the connection is cut, nothing done.
 * - `slow`: done and answered, but only after `ms`.
 * - `lost`: **done**, but the answer is a 500, never comes, or the connection is cut.
 */
export type Fault =
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly code?: number;
      readonly message?: string;
      readonly body?: JsonObject;
    }
  | { readonly kind: 'rateLimit'; readonly retryAfterMs: number; readonly global?: boolean }
  | { readonly kind: 'hang' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'slow'; readonly ms: number }
  | { readonly kind: 'lost'; readonly how: 'status' | 'hang' | 'reset' };

/** A fault that was ordered. */
export interface OrderedFault {
  /** How many requests it has caught. */
  readonly hits: number;
  cancel(): void;
}

/** Breaks requests on demand. Faults are tried in the order in which they were ordered. */
export interface Faults {
  next(match: FaultMatch, fault: Fault): OrderedFault;
  /** The fault that catches this request; counts it as used. */
  take(method: string, path: string, body?: unknown): Fault | undefined;
  clear(): void;
}

export function faults(): Faults {
  const orders = new Set<{ match: FaultMatch; fault: Fault; left: number; hits: number }>();
  return {
    next(match, fault) {
      const order = { match, fault, left: match.times ?? 1, hits: 0 };
      orders.add(order);
      return {
        get hits() {
          return order.hits;
        },
        cancel: () => void orders.delete(order),
      };
    },
    take(method, path, body) {
      for (const order of orders) {
        if (!catches(order.match, method, path, body)) continue;
        order.hits++;
        order.left--;
        if (order.left <= 0) orders.delete(order);
        return order.fault;
      }
      return undefined;
    },
    clear: () => orders.clear(),
  };
}

function catches(match: FaultMatch, method: string, path: string, body: unknown): boolean {
  if (match.body !== undefined && !match.body(body)) return false;
  if (match.method !== undefined && match.method !== method) return false;
  if (match.path === undefined) return true;
  return typeof match.path === 'string' ? path.includes(match.path) : match.path.test(path);
}
