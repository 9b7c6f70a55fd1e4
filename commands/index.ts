import { addToBriefing } from './add-to-briefing.ts';
import { brief } from './brief.ts';
import { casualties } from './casualties.ts';
import { catchup } from './catchup.ts';
import { changes } from './changes.ts';
import { desk } from './desk.ts';
import { digest } from './digest.ts';
import { editionCommand } from './edition.ts';
import { entry } from './entry.ts';
import { help } from './help.ts';
import { map } from './map.ts';
import { review } from './review.ts';
import { situation } from './situation.ts';
import { source } from './source.ts';
import { sources } from './sources.ts';
import { timeline } from './timeline.ts';

/** Those whose answers are briefings that can be shown once more. */
const told = [brief, changes, catchup, casualties, timeline, map, entry] as const;
const edition = editionCommand(told.flatMap((command) => command.leaves));

/** Every command, in the order in which help lists them. Dispatch, deployment and the console all read this list. */
export const commands = [
  brief,
  changes,
  catchup,
  casualties,
  timeline,
  map,
  sources,
  entry,
  addToBriefing,
  review,
  source,
  edition,
  situation,
  digest,
  desk,
  help,
] as const;
