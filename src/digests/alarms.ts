import type { AlarmedDigest } from '../briefing/digest-alarms.ts';
import type { Digest } from './digest.ts';

/** A digest as its moderators are told of it. */
export const alarmed = ({ id, name, channel, schedule: { zone } }: Digest): AlarmedDigest => ({
  id,
  name,
  channel,
  zone,
});
