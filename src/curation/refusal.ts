/** Why a proposal cannot be recorded, whatever anybody says. */
export interface Refusal {
  /**
   * missing: what it is about is not there. changed: somebody changed it since the proposer saw it. same: nothing would
   * change. invalid: it holds what cannot be stored.
   */
  readonly why: 'missing' | 'changed' | 'same' | 'invalid';
  readonly say: string;
  readonly hint?: string;
}

export const refuse = (why: Refusal['why'], say: string, hint?: string): { readonly refused: Refusal } => ({
  refused: { why, say, ...(hint !== undefined && { hint }) },
});
