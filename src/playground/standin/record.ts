import type { Upload } from './uploads.ts';

/** A request as it arrived and how it ended. `status` is undefined while (or because) it was never answered. */
export interface RecordedRequest {
  readonly at: Date;
  readonly method: string;
  /** Below `/api/v10`: "/channels/123/messages". */
  readonly path: string;
  readonly query: string;
  readonly body: unknown;
  readonly files: readonly Upload[];
  status: number | undefined;
  answer: unknown;
}

/** The last `keep` requests, oldest first. */
export interface Recorder {
  readonly all: readonly RecordedRequest[];
  add(request: Omit<RecordedRequest, 'status' | 'answer'>): RecordedRequest;
  clear(): void;
}

export function recorder(keep: number): Recorder {
  const list: RecordedRequest[] = [];
  return {
    all: list,
    add(request) {
      const recorded: RecordedRequest = { ...request, status: undefined, answer: undefined };
      list.push(recorded);
      if (list.length > keep) list.shift();
      return recorded;
    },
    clear() {
      list.length = 0;
    },
  };
}
