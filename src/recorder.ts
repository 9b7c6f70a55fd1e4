import type { Archive } from './archive.ts';
import type { Document } from './briefing/document.ts';
import type { Recorder, Sending, Showing } from './discord/recorder.ts';
import type { Alone } from './editions/alone.ts';
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
  /** Told of corrections that an answer brought. */
  readonly alone?: Alone;
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

  /**
   * What one person was told of several situations: in that person's own stream, an edition of each, so that what turns
   * out wrong is owed to this person. They have no number on them, and no part in any line of a channel.
   */
  async function recordAlone({ document, asker, key }: Showing): Promise<void> {
    const { basis, kind } = document;
    const { readers, archive, alone } = deps;
    for (const { situation, seq, since, sections, args } of basis?.parts ?? []) {
      // oxlint-disable-next-line no-await-in-loop -- one stream, one after the other
      const picture = await archive.picture(situation, { seq });
      const part = { ...document, sections: document.sections.filter((s) => sections.includes(s.id)) };
      const shows = picture === undefined ? {} : showsOf(part, picture);
      if (Object.keys(shows).length === 0) continue;
      const edition = {
        situation,
        kind,
        asker: asker.user,
        channel: asker.channel,
        private: true,
        messages: [],
        seq,
        since,
        ...(basis?.registry !== undefined && { registry: basis.registry }),
        request: { path: kind, args },
        shows,
      };
      // oxlint-disable-next-line no-await-in-loop
      await readers.shown({ guild: null, user: asker.user }, edition, `${key}/${situation}`);
    }
    if (basis?.owed) await alone?.told(asker.user, basis.owed);
  }

  return {
    async begin(showing: Showing): Promise<Sending | undefined> {
      const { document, request, asker, private: alone, key } = showing;
      const { basis, kind } = document;
      if (basis?.parts)
        return {
          shown: () => guarded('What a person was told could not be recorded', recordAlone(showing)),
          lost: async () => {},
        };
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
