import { describe, expect, test } from 'vitest';
import { figure } from '../../src/model/figure.ts';
import { bareHeadline } from '../../src/reading/english/bare.ts';
import { read } from '../../src/reading/read.ts';
import { CONTEXT } from './setting.ts';

const cut = (text: string, at?: { readonly start: number; readonly end: number }): string | undefined =>
  at && text.slice(at.start, at.end);

test('each part of a proposal says where it was read', () => {
  const text = '🔴 “At least 255 people” killed since Wednesday in Aleppo, mostly combatants — SOHR';
  const reading = read(text, CONTEXT);
  const [whole, share] = reading.figures;
  expect(whole?.figure).toEqual({
    id: 'killed',
    measure: 'killed',
    qualifier: 'at_least',
    low: 255,
    high: null,
    group: {},
    scope: { from: '2024-11-27', to: '2024-11-29', area: 'aleppo-city' },
    mode: 'cumulative',
    asOf: '2024-11-29',
  });
  expect(whole?.originator).toEqual({ source: 'sohr', name: 'SOHR' });
  const spans = Object.fromEntries(Object.entries(whole?.spans ?? {}).map(([k, at]) => [k, cut(text, at)]));
  expect(spans).toEqual({
    number: '255',
    qualifier: 'At least',
    measure: 'killed',
    group: 'people',
    scope: 'since Wednesday',
    originator: 'SOHR',
  });
  expect(share?.figure).toMatchObject({
    qualifier: 'constraint',
    word: 'mostly',
    group: { status: 'combatant' },
    part: { of: 'killed', as: 'subset' },
  });
  expect(cut(text, share?.spans.number)).toBe('mostly combatants');
  expect(reading.place?.id).toBe('aleppo-city');
});

describe('times are read against the day of publication, in the zone of the situation', () => {
  const at = (text: string, published = CONTEXT.published) => {
    const { occurred, figures } = read(text, { ...CONTEXT, published });
    return { occurred, scope: figures[0]?.figure.scope, mode: figures[0]?.figure.mode };
  };
  test.each([
    ['Two people were killed on Wednesday.', '2024-11-27', '2024-11-27'],
    ['Two people were killed yesterday.', '2024-11-28', '2024-11-28'],
    ['Two people were killed on Nov. 26.', '2024-11-26', '2024-11-26'],
    ['Two people were killed on 2024-11-25.', '2024-11-25', '2024-11-25'],
    ['Two people were killed on the 24th of November.', '2024-11-24', '2024-11-24'],
    ['Two people were killed on Tuesday, 26 November.', '2024-11-26', '2024-11-26'],
    ['Two people have been killed since 27 November.', '2024-11-27', '2024-11-29'],
    ['Two people were killed between 26 and 28 November.', '2024-11-26', '2024-11-28'],
    ['Two people were killed in the past 24 hours.', '2024-11-28', '2024-11-29'],
    ['Two people were killed on 30 December.', '2024-12-30', '2024-12-30'],
    ['Two people were killed.', '2024-11-29', '2024-11-29'],
  ])('%s', (text, from, to) => {
    expect(at(text).scope).toEqual({ from, to });
  });
  test('a text of 22:30 UTC is of the next day in Damascus', () => {
    expect(at('Two people were killed yesterday.', new Date('2024-11-28T22:30:00Z')).scope?.from).toBe('2024-11-28');
  });
  test('a time of day gives a moment', () => {
    expect(at('The shell fell yesterday at 18:00.').occurred).toEqual({
      from: '2024-11-28T15:00:00Z',
      precision: 'exact_time',
    });
  });
  test('when something was said is not when it happened', () => {
    expect(at('SOHR said on Wednesday that two people were killed.').occurred).toBeUndefined();
  });
});

describe('who says so', () => {
  const who = (text: string) =>
    read(text, CONTEXT).figures.map(({ originator, publisher, stance }) => [
      originator?.source ?? originator?.name,
      publisher?.source,
      stance,
    ]);
  test.each([
    ['Reuters reported, citing the Observatory, that 12 people were killed.', 'sohr', 'reuters', 'reports'],
    ['12 people were killed, the head of the Observatory told AFP.', 'sohr', 'afp', 'reports'],
    ['12 people were killed, according to the Syrian Network for Human Rights.', 'snhr', undefined, 'reports'],
    ['The Russian Defense Ministry claimed 12 people were killed.', 'russian-defence-ministry', undefined, 'claims'],
    ['12 people were killed, SANA said.', 'sana', undefined, 'claims'],
    ['OCHA estimates that 12 people were killed.', 'ocha', undefined, 'estimates'],
    ['12 people were killed, the fire brigade chief said.', 'fire brigade chief', undefined, 'reports'],
    ['SOHR said two houses burned. It added that 12 people were killed.', 'sohr', undefined, 'reports'],
    ['12 people were killed, the man who spoke to us said.', undefined, undefined, 'reports'],
  ])('%s', (text, originator, publisher, stance) => {
    expect(who(text)).toEqual([[originator, publisher, stance]]);
  });
  test('a denial is no figure, and is kept as one', () => {
    const reading = read('SANA denied that 40 soldiers had been killed.', CONTEXT);
    expect(reading.figures).toEqual([]);
    expect(reading.attributions).toMatchObject([{ originator: { source: 'sana' }, stance: 'denies' }]);
  });
  test('what was taken from elsewhere is among the doubts', () => {
    const [, second] = read('SOHR said 2 people were killed on Wednesday. Four were wounded.', CONTEXT).figures;
    expect(second?.doubts).toEqual([
      'the time is that of the text, not of this sentence',
      'who says so stands in another sentence',
    ]);
  });
});

test('parts that add up are a partition, children are a subset', () => {
  const text =
    'SOHR: 242 people killed: 218 combatants and 24 civilians. Five people were hurt, among them two children.';
  const { figures } = read(text, CONTEXT);
  expect(figures.map((p) => p.figure.part)).toEqual([
    undefined,
    { of: 'killed', as: 'partition' },
    { of: 'killed', as: 'partition' },
    undefined,
    { of: 'injured', as: 'subset' },
  ]);
});

test('the headline is the first sentence, without alarm, cut at a word', () => {
  const headline = (text: string) => read(text, CONTEXT).headline;
  expect(headline('🚨🚨 BREAKING: Shells hit Saraqib. Two dead.')).toBe('Shells hit Saraqib');
  expect(headline('Lt. Gen. Ali spoke.\nMore')).toBe('Lt. Gen. Ali spoke');
  expect(headline('<https://example.org/a> Shells hit Saraqib https://example.org/b?c=d')).toBe('Shells hit Saraqib');
  const long = headline(`${'word '.repeat(80)}end`) ?? '';
  expect(long.length).toBeLessThanOrEqual(200);
  expect(long).toMatch(/word…$/);
  expect(headline('!!! 12 ???')).toBeUndefined();
});

test('addresses are listed once, without the mark behind them', () => {
  expect(read('See https://example.org/a, (https://example.org/b) and https://example.org/a.', CONTEXT).urls).toEqual([
    'https://example.org/a',
    'https://example.org/b',
  ]);
});

test('the narrowest place that is named is proposed', () => {
  expect(read('In Aleppo governorate, a shell fell on Atarib.', CONTEXT).place?.id).toBe('atarib');
});

test('a language that is not known has a headline and no figures', () => {
  const reading = read('12 people killed', { ...CONTEXT, language: 'fr' });
  expect(reading).toMatchObject({ headline: '12 people killed', figures: [], attributions: [] });
});

test('every proposal holds to the model', () => {
  const text =
    'SOHR: 12 killed, over 30 injured, up to 9 missing, 2-3 abducted, dozens detained, no one freed, fewer than 5 displaced';
  const { figures } = read(text, CONTEXT);
  expect(figures.length).toBeGreaterThanOrEqual(6);
  for (const p of figures) expect(figure.parse(p.figure)).toEqual(p.figure);
});

describe('what did not happen, or counts something else, is no figure', () => {
  const said = (text: string) => read(text, CONTEXT).figures.map(({ figure: f }) => [f.measure, f.low]);
  test.each<[string, (string | number)[][]]>([
    ['Two gunmen killed five people.', [['killed', 5]]],
    ['The 12 officers were not killed.', []],
    ['The strike did not kill 12 people.', []],
    ['The fighting could displace 200,000 people.', []],
    ['The toll rose from 14 to 19.', [['killed', 19]]],
    ['Nobody was killed.', [['killed', 0]]],
    ['The T-72 and Base 46 were hit; 30 km away 2 people were killed in 2024.', [['killed', 2]]],
  ])('%s', (text, figures) => {
    expect(said(text)).toEqual(figures);
  });
});

test('a place in the name of who speaks is no place', () => {
  const { figures, place } = read('The Syrian Observatory for Human Rights said 12 people were killed.', CONTEXT);
  expect(figures[0]?.figure.scope.area).toBeUndefined();
  expect(place).toBeUndefined();
});

test('who names the weekday need not name the year, and a count never begins after it was published', () => {
  const later = { ...CONTEXT, published: new Date('2026-11-23T12:00:00Z') };
  const from = (text: string): string | undefined => read(text, later).figures[0]?.figure.scope.from;
  expect(from('At least 255 people have been killed since Wednesday 27 November, SOHR said.')).toBe('2024-11-27');
  expect(from('At least 255 people have been killed since 27 November, SOHR said.')).toBe('2025-11-27');
});

test.each([
  [
    'At least 255 people have been killed since Wednesday, SOHR said',
    'At least 255 people have been killed since Wednesday',
  ],
  ['The SOHR said on Friday that 8 people were killed', '8 people were killed'],
  ['SOHR says shells hit Saraqib', 'Shells hit Saraqib'],
  ['Two people died, according to the SOHR', 'Two people died'],
  ['According to SOHR, two people died', 'Two people died'],
  ['The office of SOHR said it was hit', 'The office of SOHR said it was hit'],
  ['The SOHR (a monitor) reported that shells hit Saraqib', 'Shells hit Saraqib'],
  ['SOHR says so', 'SOHR says so'],
  ['SOHRs say that it was hit', 'SOHRs say that it was hit'],
])('who says so is told beside the headline: %s', (headline, bare) => {
  expect(bareHeadline(headline, 'SOHR')).toBe(bare);
});

test('a short name in brackets does not hide who speaks', () => {
  const told = (text: string) => read(text, CONTEXT).attributions.map((a) => a.originator.source);
  expect(told('The Syrian Observatory for Human Rights (SOHR) reported that 3 people died')).toEqual(['sohr']);
  expect(told('Three people were killed (two of them children), said SOHR')).toEqual(['sohr']);
});
