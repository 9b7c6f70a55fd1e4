import type { Archive } from './archive.ts';
import type { Document } from './briefing/document.ts';
import type { Recorder, Sending, Showing } from './discord/recorder.ts';
import type { Edition } from './editions/edition.ts';
import type { Readers } from './editions/readers.ts';
import { showsOf } from './editions/shows.ts';
import type { Log } from './log.ts';
import { errorData } from './log.ts';

/** What tells entries to a reader. Lists of sources or commands, and histories (which show what was wrong as such), do not. */
const TELLING: ReadonlySet<Document['kind']> = new Set(['brief', 'changes', 'casualties', 'timeline', 'entry', 'map']);

/**
 * A number is not worth a reader's waiting longer: steps of how many ms. Counted in steps, for what keeps this process
 * busy keeps the disk's answer waiting too, and is not the disk's delay.
 */
const STEPS = 14;
const STEP_MS = 50;

export interface RecorderOptions {
  readonly archive: Archive;
  readonly readers: Readers;
  /** How many steps of 50 ms an answer waits for its number. */
  readonly patience?: number;
}

/** Undefined after so many steps; `cancel` ends the waiting without one. */
function patienceOf(steps: number): { readonly over: Promise<undefined>; cancel(): void } {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<undefined>((resolve) => {
    let left = steps;
    const step = (): void => {
      if (left === 0) resolve(undefined);
      else timer = setTimeout(step, STEP_MS);
      left -= 1;
    };
    step();
  });
  return { over, cancel: () => clearTimeout(timer) };
}

/** Keeps the briefings that were shown in the stream of their readers. `deps` is read anew each time: the playground exchanges it. */
export function editionRecorder(deps: RecorderOptions, log: Log): Recorder {
  async function guarded<T>(what: string, work: Promise<T>): Promise<T | undefined> {
    try {
      return await work;
    } catch (thrown) {
      log.error(errorData(thrown), what);
      return undefined;
    }
  }

  return {
    async begin({ document, request, asker, private: alone, key }: Showing): Promise<Sending | undefined> {
      const { basis, kind } = document;
      if (basis === undefined || !TELLING.has(kind)) return undefined;
      const { readers, archive } = deps;
      const claim = { situation: basis.situation, kind, asker: asker.user, channel: asker.channel, private: alone };
      const waiting = patienceOf(deps.patience ?? STEPS);
      const taking = guarded('A briefing could not be given a number', readers.claim(asker, claim, key));
      const number = await Promise.race([taking, waiting.over]);
      waiting.cancel();
      if (number === undefined) {
        // One that comes after all is on no message.
        void taking.then((unused) =>
          unused === undefined
            ? undefined
            : guarded('A number could not be given back', readers.lost(asker, unused, 'too late', key)),
        );
        return undefined;
      }
      return {
        number,
        async shown(messages) {
          const record = async (): Promise<Edition> => {
            const picture = await archive.picture(basis.situation, { seq: basis.seq });
            const edition: Edition = {
              ...claim,
              number,
              messages,
              seq: basis.seq,
              ...(basis.since !== undefined && { since: basis.since }),
              ...(basis.registry !== undefined && { registry: basis.registry }),
              ...(basis.head !== undefined && { head: basis.head }),
              request: { path: request.path, args: request.args },
              shows: picture === undefined ? {} : showsOf(document, picture),
            };
            return readers.shown(asker, edition, key);
          };
          await guarded(`B${number} was shown and could not be recorded`, record());
        },
        async lost(why) {
          await guarded(`B${number} was lost and could not be recorded`, readers.lost(asker, number, why, key));
        },
      };
    },
  };
}
