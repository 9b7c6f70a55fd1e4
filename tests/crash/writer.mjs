// A process of its own that writes to a ledger until it is killed: `node writer.mjs <state folder> [appends]`. It says
// "ready" once the folder is its own, "ack <stream> <seq>" after each append, "failed <why>" when a stream takes no
// more, and "refused <why>" when it cannot have the folder.
import { writeSync } from 'node:fs';
import { openFileLedger } from '../../dist/src/ledger/file-ledger.js';

const [dir, wanted = 'Infinity'] = process.argv.slice(2);
const say = (line) => writeSync(1, `${line}\n`);

let ledger;
try {
  ledger = await openFileLedger({ dir });
} catch (error) {
  say(`refused ${error.message}`);
  process.exit(3);
}
say('ready');
const write = async (stream) => {
  let head = await ledger.head(stream);
  for (let done = 0; done < Number(wanted); done += 1) {
    const drafts = Array.from({ length: (head % 3) + 1 }, (_, part) => ({
      at: '2026-11-23T09:00:00.000Z',
      author: 'writer',
      kind: 'noted',
      body: { number: head + 1 + part, text: 'köprü '.repeat(head % 50) },
    }));
    head = await ledger.append(stream, head, drafts);
    say(`ack ${stream} ${head}`);
  }
};
await Promise.all(
  ['a', 'guild/1', 'situation/x'].map((stream) => write(stream).catch((error) => say(`failed ${error.message}`))),
);
await ledger.close();
