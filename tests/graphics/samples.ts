import type { CountedIncident, TollChart, TollSeries, TollValue } from '../../src/graphics/toll-data.ts';

export const value = (asOf: string, printed: string, more: Partial<TollValue> = {}): TollValue => {
  const n = Number(/\d+/.exec(printed)?.[0]);
  return { asOf, qualifier: 'exact', low: n, high: n, printed, from: '2024-11-27', ...more };
};

export const atLeast = (asOf: string, n: number): TollValue =>
  value(asOf, `at least ${n}`, { qualifier: 'at_least', high: null });

export const sohr: TollSeries = {
  originator: 'sohr',
  label: 'Observatory',
  values: [
    value('2024-11-28', '202'),
    atLeast('2024-11-29T06:00:00+03:00', 242),
    atLeast('2024-11-29T21:00:00+03:00', 255),
    value('2024-11-30', '311'),
    atLeast('2024-12-02', 417),
  ],
};

export const chart = (...series: readonly TollSeries[]): TollChart => ({
  title: 'People killed, as reported',
  subtitle: 'As known on 3 December 2024',
  measure: 'People killed',
  series,
  note: 'These counts overlap and are not added.',
});

export const incident = (day: string, low: number | null, high: number | null, label = 'Market'): CountedIncident => ({
  from: day,
  to: day,
  low,
  high,
  label,
});
