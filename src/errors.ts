/** A refusal in words for people: what is wrong, and what would be right. Everything else is logged and answered generically. */
export class UserError extends Error {
  override readonly name = 'UserError';
  /** Who can fix it, and how. */
  readonly hint: string | undefined;
  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}
