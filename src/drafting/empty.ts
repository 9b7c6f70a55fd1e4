import type { Picture } from '../picture/picture.ts';
import { Touches } from '../picture/touches.ts';

/** What stands in for a situation where a draft is about sources alone. */
export const EMPTY: Picture = {
  situation: {
    slug: 'sources',
    title: 'Sources',
    zone: 'Etc/UTC',
    start: '1970-01-01',
    status: 'active',
    visibility: 'desk',
    sample: false,
    sides: [],
    parties: [],
    places: [],
  },
  seq: 0,
  at: '',
  entries: new Map(),
  links: [],
  linksOf: new Map(),
  touches: new Touches(),
};
