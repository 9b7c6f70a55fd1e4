import type { RecordDraft } from '../../src/ledger/ledger.ts';

export const NOW = '2026-11-23T09:00:00.000Z';

/** A draft to append; only what a test is about needs to be said. */
export const draft = (body: unknown = 'text', over: Partial<RecordDraft> = {}): RecordDraft => ({
  at: NOW,
  author: 'editor',
  kind: 'noted',
  body,
  ...over,
});
