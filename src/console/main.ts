import { commands } from '../../commands/index.ts';
import { readArgs } from '../asking/args.ts';
import { isForm } from '../asking/form.ts';
import type { Reading } from '../asking/reading.ts';
import { plainText } from '../briefing/plain.ts';
import { openReaders } from '../editions/readers.ts';
import { UserError } from '../errors.ts';
import { markdown } from '../exchange/markdown.ts';
import { configured, runMain } from '../start.ts';
import { asksHow, findLeaf, readWords, usageText } from './arguments.ts';
import { lookOnly } from './look.ts';

/** `npm run sitrep -- brief aleppo-2024 --as-of 2024-11-29`: the same answers as on Discord, as plain text for people and pipes. */
await runMain(async () => {
  const config = configured();
  const { leaf, rest } = findLeaf(
    commands.flatMap((c) => c.leaves),
    process.argv.slice(2),
  );
  if (asksHow(rest)) {
    process.stdout.write(usageText(leaf));
    return;
  }
  const { values, json, markdown: asMarkdown, server } = readWords(leaf, rest);
  const args = readArgs(leaf.options, values);
  const now = (): Date => new Date();
  const { archive, ledger } = await lookOnly({ ...config, now, warn: (line) => process.stderr.write(`${line}\n`) });
  // Whoever can read the files may read all situations in them.
  const owner = 'console';
  const guild = server ?? owner;
  // Without a server there is nobody to whom anything was shown.
  const readers = server === undefined ? undefined : openReaders({ ledger, now });
  const reading: Reading = { archive, now, deskGuilds: new Set([guild]), ...(readers && { readers }) };
  const document = await leaf.run(args, reading, { user: owner, guild, channel: owner });
  if (isForm(document)) throw new UserError(`“${leaf.path}” asks with a form, which there is only on Discord.`);
  const form = json ? `${JSON.stringify(document, null, 2)}\n` : asMarkdown ? markdown(document) : plainText(document);
  process.stdout.write(document.file && !json ? document.file.text : form);
  archive.close();
});
