import { isObject, type JsonObject } from '../json.ts';
import { notJson } from '../problem.ts';
import type { Upload } from '../uploads.ts';

/** A request to a route, with its body read and its path taken apart. */
export interface Call {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The JSON body, or the `payload_json` of a multipart body; undefined without one. */
  readonly body: unknown;
  readonly uploads: readonly Upload[];
}

/** An answer; without a body it is sent as it is (204). */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

export interface Route {
  /** "POST /channels/:channel/messages" */
  readonly name: string;
  /** Interaction routes are authorised by their token, not by the bot's. */
  readonly auth: 'bot' | 'token';
  /** `none`: interaction callbacks. `own`: a bucket, but not the global 50 per second. */
  readonly limit: 'usual' | 'own' | 'none';
  handle(call: Call): Answer;
}

export const ok = (body: unknown): Answer => ({ status: 200, body });
export const created = (body: unknown): Answer => ({ status: 201, body });
export const nothing: Answer = { status: 204 };

/** A route of the bot itself. */
export function route(name: string, handle: (call: Call) => Answer): Route {
  return { name, auth: 'bot', limit: 'usual', handle };
}

/** The path parameter of that name; the router has made sure that it is there. */
export function param(call: Call, name: string): string {
  return call.params[name] ?? '';
}

export function objectBody(call: Call): JsonObject {
  if (!isObject(call.body)) throw notJson();
  return call.body;
}

interface Match {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

/** Finds the route of a request. Fixed segments win over parameters; segments are percent-decoded (`%40original`). */
export function router(routes: readonly Route[]): { match(method: string, path: string): Match | undefined } {
  const known = routes.map((one) => {
    const [method = '', pattern = ''] = one.name.split(' ');
    return { route: one, method, segments: pattern.split('/').slice(1) };
  });
  return {
    match(method, path) {
      const given = path.split('/').slice(1).map(decoded);
      let best: Match | undefined;
      for (const { route: one, method: wanted, segments } of known) {
        if (wanted !== method || segments.length !== given.length) continue;
        const params = paramsOf(segments, given);
        if (
          params !== undefined &&
          (best === undefined || Object.keys(params).length < Object.keys(best.params).length)
        ) {
          best = { route: one, params };
        }
      }
      return best;
    },
  };
}

function paramsOf(segments: readonly string[], given: readonly string[]): Record<string, string> | undefined {
  const params: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const value = given[index] ?? '';
    if (segment.startsWith(':')) params[segment.slice(1)] = value;
    else if (segment !== value) return undefined;
  }
  return params;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
