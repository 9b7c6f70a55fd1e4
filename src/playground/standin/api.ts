import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from './body.ts';
import type { Fault, Faults } from './faults.ts';
import type { JsonObject } from './json.ts';
import { ApiProblem, noSuchRoute, serverError, unauthorized } from './problem.ts';
import { type RateLimit, tooMany } from './rate-limit.ts';
import type { RecordedRequest, Recorder } from './record.ts';
import { type Route, router } from './rest/route.ts';
import type { World } from './world.ts';

export interface ApiOptions {
  readonly world: World;
  readonly routes: readonly Route[];
  readonly accepts: (token: string) => boolean;
  readonly limits: RateLimit | undefined;
  readonly faults: Faults;
  readonly recorder: Recorder;
  /** Told of a mistake of the stand-in itself, which the client sees as a 500. */
  readonly onMistake: (mistake: unknown) => void;
}

interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Discord's REST API below `/api/v10`: reads, breaks on demand, authorises, counts, answers, records. */
export interface Api {
  handle(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void>;
  close(): void;
}

export function api(options: ApiOptions): Api {
  const { world, recorder } = options;
  const routes = router(options.routes);
  const sleeping = new Set<NodeJS.Timeout>();

  const perform = (
    method: string,
    path: string,
    request: IncomingMessage,
    url: URL,
    body: Awaited<ReturnType<typeof readBody>>,
  ): Reply => {
    let headers: Record<string, string> = {};
    try {
      const found = routes.match(method, path);
      const token = /^Bot (.+)$/.exec(request.headers.authorization ?? '')?.[1];
      const needsToken = found === undefined || found.route.auth === 'bot';
      if (needsToken && (token === undefined || !options.accepts(token))) throw unauthorized();
      if (found === undefined) throw noSuchRoute();
      const { route, params } = found;
      if (route.limit !== 'none' && options.limits !== undefined) {
        const main = params['channel'] ?? params['guild'] ?? params['token'] ?? '';
        headers = options.limits.count(route.name, main, route.limit === 'usual');
      }
      const answer = route.handle({ params, query: url.searchParams, body: body.json, uploads: body.uploads });
      return { ...answer, headers };
    } catch (problem) {
      return { headers, ...refusal(problem, options.onMistake) };
    }
  };

  return {
    async handle(request, response, url) {
      const method = request.method ?? 'GET';
      const path = url.pathname.replace(/^\/api(\/v\d+)?/, '') || '/';
      let body: Awaited<ReturnType<typeof readBody>> = { json: undefined, uploads: [] };
      let broken: unknown;
      try {
        body = await readBody(request);
      } catch (problem) {
        broken = problem;
      }
      const record = recorder.add({
        at: world.now(),
        method,
        path,
        query: url.search,
        body: body.json,
        files: body.uploads,
      });
      if (broken !== undefined) {
        send(response, record, refusal(broken, options.onMistake));
        return;
      }
      const fault = options.faults.take(method, path, body.json);
      const before = fault === undefined ? undefined : insteadOf(fault);
      if (before === 'hang') return;
      if (before === 'reset') {
        request.socket.resetAndDestroy();
        return;
      }
      if (before !== undefined) {
        send(response, record, before);
        return;
      }
      const reply = perform(method, path, request, url, body);
      if (fault?.kind === 'slow') {
        const timer = setTimeout(() => {
          sleeping.delete(timer);
          send(response, record, reply);
        }, fault.ms);
        sleeping.add(timer);
      } else if (fault?.kind !== 'lost') send(response, record, reply);
      else if (fault.how === 'status') send(response, record, refusal(serverError(), options.onMistake));
      else if (fault.how === 'reset') request.socket.resetAndDestroy();
    },
    close() {
      for (const timer of sleeping) clearTimeout(timer);
      sleeping.clear();
    },
  };
}

function send(response: ServerResponse, record: RecordedRequest, reply: Reply): void {
  record.status = reply.status;
  record.answer = reply.body;
  if (response.destroyed) return;
  response.statusCode = reply.status;
  for (const [name, value] of Object.entries(reply.headers ?? {})) response.setHeader(name, value);
  if (reply.body === undefined) {
    response.end();
    return;
  }
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(reply.body));
}

/** What a fault does in place of the request, or undefined when the request is to be performed. */
function insteadOf(fault: Fault): Reply | 'hang' | 'reset' | undefined {
  switch (fault.kind) {
    case 'hang':
    case 'reset':
      return fault.kind;
    case 'rateLimit': {
      const problem = tooMany(fault.retryAfterMs, fault.global === true ? { global: true } : {});
      return { status: problem.status, body: problem.body, headers: problem.headers };
    }
    case 'status': {
      const body: JsonObject = fault.body ?? {
        message: fault.message ?? `${fault.status}: on demand`,
        code: fault.code ?? 0,
      };
      return { status: fault.status, body };
    }
    case 'slow':
    case 'lost':
      return undefined;
    default:
      return undefined;
  }
}

function refusal(problem: unknown, onMistake: (mistake: unknown) => void): Reply {
  if (problem instanceof ApiProblem) return { status: problem.status, body: problem.body, headers: problem.headers };
  onMistake(problem);
  const { status, body } = serverError();
  return { status, body };
}
