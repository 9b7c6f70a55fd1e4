import type { Reading } from '../asking/asking.ts';
import type { Asker } from '../asking/command.ts';
import type { Document } from '../briefing/document.ts';
import { said, strong, text } from '../briefing/tell.ts';
import { sourceWords } from '../curation/diff.ts';
import { sourceIn } from './fields.ts';

/** What a source is: one of everybody's, or of the desk in whose server it is asked. */
export function composeSource(written: string, reading: Reading, { guild }: Asker): Document {
  const registry = reading.archive.registry();
  const { id } = sourceIn(written.replace(/^new\s*:/i, ''), { registry }, guild ?? '');
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
