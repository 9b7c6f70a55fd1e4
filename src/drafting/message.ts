import { readable } from '../asking/asking.ts';
import type { Asker, Target } from '../asking/command.ts';
import { standingAt } from '../asking/desk.ts';
import type { Form } from '../asking/form.ts';
import type { Reading } from '../asking/reading.ts';
import { refusalOf } from '../desk/may.ts';
import { UserError } from '../errors.ts';
import type { Picture } from '../picture/picture.ts';
import { momentText } from './fields.ts';
import type { Setting } from './filled.ts';
import { eventForm, messageForm } from './forms.ts';
import { benchOf } from './opened.ts';
import { valuesOf } from './start.ts';

/** Situations that take entries of the asker here, the one that was changed last first. */
async function mine(reading: Reading, asker: Asker): Promise<readonly Picture[]> {
  const all = await readable(reading, asker);
  const may = await Promise.all(
    all.map(async ({ situation }) => {
      const closed = situation.status === 'closed';
      return refusalOf('entry.add', asker, await standingAt(situation, reading, asker), { closed }) === undefined;
    }),
  );
  return all.filter((_, i) => may[i]).sort((a, b) => (a.at < b.at ? 1 : -1));
}

/**
 * The form of an entry, filled from a message: its first sentence, the time and the source that it names, its link. The
 * link of the message itself where it holds none.
 */
export async function startFromMessage(target: Target, reading: Reading, asker: Asker): Promise<Form> {
  const { guild } = benchOf(reading, asker);
  const pictures = await mine(reading, asker);
  const [first] = pictures;
  if (!first)
    throw new UserError(
      'There is no situation here to which you could add it.',
      'Editors of the desk that keeps a situation can; an admin says who they are, with /desk roles.',
    );
  const setting: Setting = {
    known: { picture: first, registry: reading.archive.registry() },
    desk: guild,
    now: reading.now(),
  };
  const text = target.content.slice(0, 6000);
  // A replay's clock stands before that of the chat in which it is tried.
  const at = new Date(Math.min(Date.parse(target.at), setting.now.getTime())).toISOString();
  const read = valuesOf(text, setting, at);
  const { zone } = first.situation;
  const published = momentText(`${at.slice(0, 16)}:00Z`, 'UTC');
  const args = { menu: '1', ...(text.trim() !== '' && { text }), published: `${published} utc` };
  const values = { ...read, link: read.link ?? target.url };
  if (pictures.length === 1)
    return eventForm(
      { ...args, situation: first.situation.slug },
      { ...values, when: read.when ?? momentText(`${at.slice(0, 16)}:00Z`, zone) },
    );
  return messageForm(
    args,
    // The zone depends on the situation that is chosen.
    { ...values, when: read.when ?? `${published} utc` },
    pictures
      .slice(0, 25)
      .map((p, i) => ({ label: p.situation.title, value: p.situation.slug, ...(i === 0 && { chosen: true }) })),
  );
}
