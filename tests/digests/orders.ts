import type { Digest } from '../../src/digests/digest.ts';
import { digest as schema } from '../../src/digests/digest.ts';
import { intentDraft, postName } from '../../src/digests/post.ts';
import type { Intent, SlotRef } from '../../src/digests/records.ts';
import type { Schedule } from '../../src/digests/schedule.ts';

export const at = (text: string): number => Date.parse(text);
export const iso = (ms: number): string => new Date(ms).toISOString();

export const daily = (zone: string, ...times: string[]): Schedule => ({
  by: 'times',
  zone,
  times,
  days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
});
export const cron = (zone: string, expression: string): Schedule => ({ by: 'cron', zone, cron: expression });

/** A digest as `/digest create` would make it. */
export const order = (change: Partial<Digest> = {}): Digest =>
  schema.parse({
    id: 'D1',
    name: 'Morning',
    guild: '100',
    channel: '200',
    situations: ['river-2024'],
    schedule: daily('Europe/Berlin', '07:30'),
    length: 'standard',
    filters: {},
    whenNothing: 'line',
    flash: false,
    style: 'post',
    publish: false,
    paused: false,
    createdBy: '300',
    createdAt: '2027-01-10T12:00:00Z',
    revision: 1,
    ...change,
  });

export const claim = (slot: SlotRef, change: Partial<Omit<Intent, 'nonce'>> = {}) =>
  intentDraft({
    id: 'D1',
    post: postName.slot('D1', slot),
    purpose: 'slot',
    slot: { wall: slot.wall, at: slot.at },
    attempt: 1,
    channel: '200',
    payload: { content: 'as it was' },
    window: { 'river-2024': { from: 10, to: 20 } },
    ...change,
  });
