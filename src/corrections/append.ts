import type { ReaderRecord } from '../editions/edition.ts';
import { Conflict, Duplicate } from '../ledger/errors.ts';
import { timeAfter } from '../ledger/followed.ts';
import type { Ledger } from '../ledger/ledger.ts';

type Draft = ReaderRecord & { readonly key?: string };

/** Appends to a stream of readers at its head, whoever else writes there. What is there under its key is left out. */
export function appender(ledger: Ledger, now: () => Date) {
  return async (stream: string, drafts: readonly Draft[]): Promise<void> => {
    for (let left = drafts; left.length > 0; ) {
      const head = await ledger.head(stream);
      const [last] = await ledger.read(stream, head - 1);
      const at = timeAfter(last?.at ?? '', now());
      try {
        await ledger.append(
          stream,
          head,
          left.map((draft) => ({ at, author: 'bot', ...draft })),
        );
        return;
      } catch (thrown) {
        if (thrown instanceof Duplicate) left = left.filter(({ key }) => key !== thrown.key);
        else if (!(thrown instanceof Conflict)) throw thrown;
      }
    }
  };
}
