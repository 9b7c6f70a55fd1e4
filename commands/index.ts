import { brief } from './brief.ts';
import { casualties } from './casualties.ts';
import { changes } from './changes.ts';
import { entry } from './entry.ts';
import { help } from './help.ts';
import { map } from './map.ts';
import { situation } from './situation.ts';
import { sources } from './sources.ts';
import { timeline } from './timeline.ts';

/** Every command, in the order in which help lists them. Dispatch, deployment and the console all read this list. */
export const commands = [brief, changes, casualties, timeline, map, sources, entry, situation, help] as const;
