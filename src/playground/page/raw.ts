import type { Raw } from './wire.ts';

/**
 * Readers for Discord objects as they came over the wire. Every one answers `undefined` (or an empty list) instead of
 * throwing when a field is missing or of another type: the page then shows less, never breaks.
 */

const isRaw = (value: unknown): value is Raw => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The string under `key`. */
export const str = (raw: Raw | undefined, key: string): string | undefined => {
  const value = raw?.[key];
  return typeof value === 'string' ? value : undefined;
};

/** The finite number under `key`. */
export const num = (raw: Raw | undefined, key: string): number | undefined => {
  const value = raw?.[key];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
};

/** True only where `key` holds `true`. */
export const yes = (raw: Raw | undefined, key: string): boolean => raw?.[key] === true;

/** The object under `key`. */
export const obj = (raw: Raw | undefined, key: string): Raw | undefined => {
  const value = raw?.[key];
  return isRaw(value) ? value : undefined;
};

/** The objects of the list under `key`. */
export const objs = (raw: Raw | undefined, key: string): readonly Raw[] => {
  const value = raw?.[key];
  return Array.isArray(value) ? value.filter(isRaw) : [];
};

/** The strings of the list under `key`. */
export const strs = (raw: Raw | undefined, key: string): readonly string[] => {
  const value = raw?.[key];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
};

/** The numbers of the list under `key`. */
export const nums = (raw: Raw | undefined, key: string): readonly number[] => {
  const value = raw?.[key];
  return Array.isArray(value) ? value.filter((item): item is number => typeof item === 'number') : [];
};
