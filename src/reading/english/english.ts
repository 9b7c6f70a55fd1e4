import type { Bound, Language, Toll } from '../language.ts';
import { each, phrases, words } from '../phrases.ts';
import { moments } from './dates.ts';
import { KINDS, NOUNS, SIDE_WORDS } from './nouns.ts';
import { numeral } from './numerals.ts';
import { ACCORDING, CITING, CLAUSES, HEDGES, SPEAKERS, SPEECH } from './speech.ts';
import { VERBS } from './verbs.ts';

const bound = (value: Bound, list: string) => each(value, list);
const toll = (measure: string | null, list: string) => each<Toll>({ measure }, list);
const yes = (list: string) => phrases(each(true as const, list));

/** Names of peoples and spellings that are one in a name: "Russia's Defense Ministry" is the Russian Defence Ministry. */
const STEMS: Readonly<Record<string, string>> = {
  russian: 'russia',
  syrian: 'syria',
  iranian: 'iran',
  iraqi: 'iraq',
  israeli: 'israel',
  ukrainian: 'ukraine',
  turkish: 'turkey',
  türkiye: 'turkey',
  turkiye: 'turkey',
  lebanese: 'lebanon',
  jordanian: 'jordan',
  egyptian: 'egypt',
  american: 'us',
  'u.s.': 'us',
  'u.n.': 'un',
  center: 'centre',
  defense: 'defence',
  organization: 'organisation',
  organizations: 'organisations',
  tv: 'television',
  spokesman: 'spokesperson',
  spokeswoman: 'spokesperson',
};

export const english: Language = {
  code: 'en',
  numeral,
  moments,
  bounds: phrases([
    ...bound(
      'at_least',
      'at least, no fewer than, no less than, not less than, a minimum of, minimum, ≥, at the very least',
    ),
    ...bound(
      'more_than',
      'more than, over, upwards of, in excess of, above, exceeding, exceeded, exceeds, well over, >, topped, surpassed, passed',
    ),
    ...bound('at_most', 'up to, as many as, no more than, not more than, at most, a maximum of, maximum, ≤'),
    ...bound('less', 'fewer than, less than, under, below, <'),
    ...bound(
      'about',
      'about, around, some, nearly, almost, roughly, approximately, approx, approx., an estimated, estimated, close to, circa, ca, c., ~, ≈, just over, just under, an average of',
    ),
    ...bound('between', 'between'),
    ...bound('from', 'from'),
  ]),
  boundsAfter: phrases([
    ...bound('at_least', 'or more, +, at least, at the least'),
    ...bound('about', 'or so, or thereabouts'),
  ]),
  rangeMarks: words('to - – —'),
  rangeAnd: 'and',
  more: yes('another, additional, further, a further, an additional, new, yet another, more, newly, extra'),
  fillers: phrases([
    ...each(
      'total' as const,
      'a total of, the total of, total of, altogether, overall, in total, a combined, a cumulative',
    ),
    ...each(
      'filler' as const,
      'only, just, the, all, all of the, as, other, these, those, its, their, his, her, of the, at a time',
    ),
  ]),
  nouns: NOUNS,
  kinds: KINDS,
  sideWords: SIDE_WORDS,
  verbs: VERBS,
  auxiliaries: words(
    'was were is are be been being has have had got get gets left reported reportedly confirmed also now already still feared believed presumed known thought allegedly later officially to all both either themselves instantly immediately there so far newly recently subsequently tragically sadly declared found pronounced seriously severely badly critically lightly slightly may might currently remain remained remains not never others more alone',
  ),
  adjuncts: words('in on at from near of across around inside outside throughout'),
  ages: /-(?:year|month|week|day)s?-old$/,
  untrue: yes(
    'are false, is false, were false, was false, untrue, are fabricated, fabricated, no truth, baseless, a hoax, fake news',
  ),
  pronouns: words('he she they it we i you this that there who one which both some many'),
  negations: words(
    "not never wasn't weren't hasn't haven't didn't isn't aren't hadn't don't doesn't without neither nor",
  ),
  modals: words("could would might may should can shall will if threatens risk risks threatened couldn't wouldn't"),
  infinitive: 'to',
  perfects: words('have has had'),
  presents: words('are is remain remains'),
  stockWords: words('still currently remain remains now'),
  copulas: words('were was are is being'),
  stops: words(
    'in on at by from to for with near since during after before as when while and or but that which who whom whose where after into inside outside across through against around over under between among within per of than because until via amid following including whose this last next was were is are be been being has have had had did do does said says told it they he she we so then there not also later about incl plus & late early',
  ),
  lists: words(', and & plus /'),
  alternatives: words('or and /'),
  relatives: words('who that which whom'),
  tolls: phrases([
    ...toll(
      'killed',
      'toll, death toll, number of dead, number of deaths, number of killed, number killed, number of people killed, number of fatalities, number of martyrs, deaths, fatalities, killed, dead, body count, the dead',
    ),
    ...toll(
      'injured',
      'number of wounded, number of injured, number of injuries, injured, wounded, injuries, number of people injured, number wounded',
    ),
    ...toll(
      'displaced',
      'number of displaced, number of displaced people, number of people displaced, displaced, number displaced, the newly displaced, newly displaced',
    ),
    ...toll('missing', 'number of missing, missing, number of people missing'),
    ...toll('casualties', 'casualty toll, casualties, number of casualties, casualty count'),
    ...toll('detained', 'number of detainees, number of detained, number of arrests, arrests'),
    ...toll('settlements_captured', 'number of villages captured, number of settlements captured'),
    ...toll('strikes', 'number of air strikes, number of strikes'),
    ...toll(null, 'total, count, tally, figure, total number, number, overall number, overall total'),
  ]),
  tollLinks: words(
    'to at as of is was now reached hit passed exceeded topped stands stood : reaching hits standing reaches exceeds surpassed',
  ),
  putLinks: words(': at to as'),
  rises: words(
    'rose risen rises rising climbed climbs climbing increased increases grew grown jumped jumps up fell dropped falls down lowered cut revised raised raises',
  ),
  include: yes(
    'including, incl, among them, among whom, amongst them, with, mostly including, and among them, they include, includes',
  ),
  includeAfter: yes(
    'among them, among whom, included, amongst them, were among, was among, are among, among the dead, among those killed',
  ),
  ofThem: phrases([
    ...each(
      '',
      'of them, of whom, of those, of these, of which, of the victims, of the civilians, of the total, of that number',
    ),
    ...each('killed', 'of the dead, of the killed, of those killed, of those who died'),
    ...each('injured', 'of the wounded, of the injured, of those wounded, of those injured'),
    ...each('displaced', 'of the displaced, of those displaced'),
  ]),
  onSide: yes('on the, from, from the, of the, of'),
  sideNoun: 'side',
  rangeOr: 'or',
  shares: phrases(
    [
      'mostly',
      'mainly',
      'most of them',
      'most of whom',
      'the majority of them',
      'the majority of whom',
      'a majority of them',
      'more than half of them',
      'over half of them',
      'about half of them',
      'around half of them',
      'nearly half of them',
      'half of them',
      'half of whom',
      'more than half of whom',
      'many of them',
      'many of whom',
      'some of them',
      'several of them',
      'a third of them',
      'largely',
      'chiefly',
      'the vast majority of them',
      'almost all of them',
    ].map((share) => [share, share] as const),
  ),
  shareHeads: new Map([
    ['most', 'most of them'],
    ['majority', 'the majority of them'],
    ['half', 'half of them'],
    ['many', 'many of them'],
  ]),
  allOfThem: yes('all of them, all of whom, all, both, both of them, both of whom'),
  cumulative: yes('so far, to date, in total, in all, altogether, all told, overall, cumulative, cumulatively, total'),
  speech: SPEECH,
  accordingTo: ACCORDING,
  citing: CITING,
  speakers: SPEAKERS,
  bodies: words('observatory network committee federation foundation society programme fund'),
  clauses: CLAUSES,
  hedges: HEDGES,
  articles: words('the a an its their our his her this'),
  numbered: words(
    'base regiment brigade division corps battalion unit room route highway road article section chapter page paragraph resolution annex figure table footnote no number nr line phase day week camp sector area zone gate hill point station channel level type model kilometre km block tower building flight apartment law decree version item part act group windows studio radio tv checkpoint street square g iphone covid kilometer post terminal',
  ),
  stem: (word) => STEMS[word] ?? word,
  abbreviations: words(
    'mr mrs ms dr gen lt col maj sgt capt brig st no nov dec oct sept sep aug jan feb mar apr jun jul approx incl est ca vs etc hon rev prof gov',
  ),
};
