export { DRAFT_ACTS } from './acts.ts';
export { DRAFT_FORMS } from './read-forms.ts';
