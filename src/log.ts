import { type DestinationStream, pino } from 'pino';

/** Where the house says what happens. `data` is for machines, `text` for people; neither ever holds a token. */
export interface Log {
  info(data: object, text: string): void;
  warn(data: object, text: string): void;
  error(data: object, text: string): void;
}

export const LOG_LEVELS = ['error', 'warn', 'info', 'debug', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** JSON lines on standard output, or on `to`. */
export function createLog(level: LogLevel = 'info', to?: DestinationStream): Log {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    // The call sites pass no tokens; this catches the one that some day passes a whole request or interaction.
    redact: { paths: ['token', '*.token', 'authorization', '*.authorization', '*.Authorization'], censor: '[hidden]' },
  };
  return to ? pino(options, to) : pino(options);
}

/** For tests, and for tools whose output is their own. */
export const silentLog: Log = { info: () => {}, warn: () => {}, error: () => {} };

/**
 * What may be logged of something thrown. Errors of the REST library also carry the url, and with it the token of the
 * interaction, so the error itself never goes to the log.
 */
export function errorData(thrown: unknown): object {
  if (!(thrown instanceof Error)) return { error: String(thrown) };
  const code = 'code' in thrown ? thrown.code : undefined;
  const status = 'status' in thrown ? thrown.status : undefined;
  return {
    error: thrown.message,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(typeof status === 'number' ? { status } : {}),
    stack: thrown.stack,
  };
}
