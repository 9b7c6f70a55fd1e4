/**
 * The frames that page and playground exchange. The page is compiled as a project of its own (for browsers), to another
 * folder: that is why this one import names the emitted file, which the compiler need not rewrite.
 */
export type * from './page/wire.js';
