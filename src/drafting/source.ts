import type { Asker } from '../asking/command.ts';
import { standingAt } from '../asking/desk.ts';
import type { Reading } from '../asking/reading.ts';
import type { Document } from '../briefing/document.ts';
import { said, strong, text } from '../briefing/tell.ts';
import { sourceWords } from '../curation/diff.ts';
import { refusalOf } from '../desk/may.ts';
import { sourceIn } from './fields.ts';

/** The desk whose own sources the asker may see; none for those who are not its editors. */
export async function deskNamed(reading: Reading, asker: Asker): Promise<string> {
  const { guild } = asker;
  if (guild === null) return '';
  const is = await standingAt({ desk: guild }, reading, asker);
  return refusalOf('draft.list', asker, is) === undefined ? guild : '';
}

/** What a source is: one of everybody's, or of the desk in whose server it is asked. */
export async function composeSource(written: string, reading: Reading, asker: Asker): Promise<Document> {
  const registry = reading.archive.registry();
  const { id } = sourceIn(written.replace(/^new\s*:/i, ''), { registry }, await deskNamed(reading, asker));
  const source = registry.sources.get(id);
  const rows = source ? [...sourceWords(source, { registry })] : [];
  return {
    kind: 'source',
    title: source?.name ?? id,
    subtitle: source?.desk === undefined ? [] : ['Added by the desk of this server; only it can name it.'],
    sections: [{ id: 'source', lines: [], rows: rows.map(([field, is]) => [strong(field), text(': '), said(is)]) }],
    footer: [],
  };
}
