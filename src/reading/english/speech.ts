import type { Speech } from '../language.ts';
import { each, phrases, words } from '../phrases.ts';

export const SPEECH = phrases<Speech>([
  ...each<Speech>(
    { stance: 'reports' },
    'said, says, say, saying, reported, reports, report, reporting, announced, announces, confirmed, confirms, documented, documents, recorded, records, counted, counts, added, adds, stated, states, wrote, writes, put, puts, gave, gives, raised, raises, noted, notes, listed, tallied, revised, tweeted, posted, quoted, described, warned, warns, spoke of, revealed, disclosed, broadcast, published, registered, monitored',
  ),
  ...each<Speech>({ stance: 'reports', to: true }, 'told, tells'),
  ...each<Speech>(
    { stance: 'claims' },
    'claimed, claims, claim, claiming, alleged, alleges, boasted, asserted, insisted',
  ),
  ...each<Speech>({ stance: 'concedes' }, 'acknowledged, acknowledges, admitted, admits, conceded, concedes'),
  ...each<Speech>(
    { stance: 'denies' },
    'denied, denies, deny, denying, rejected, rejects, dismissed, dismisses, refuted, refutes, disputed, disputes, debunked',
  ),
  ...each<Speech>({ stance: 'estimates' }, 'estimated, estimates, estimate, estimating, believes, reckons'),
  ...each<Speech>({ stance: 'verifies' }, 'verified, verifies, has verified'),
  ...each<Speech>({ stance: 'withdraws' }, 'withdrew, retracted, retracts, withdraws'),
]);

export const ACCORDING = phrases(
  each(true as const, 'according to, as per, as reported by, as told by, in the words of, reported by, quoted by'),
);
export const CITING = phrases(each(true as const, 'citing, quoting, cited, quoted, relaying, attributing it to'));

/** Those who may speak without being in the registry, by the last word of what they are called. */
export const SPEAKERS = words(
  'official officials ministry minister ministers source sources witness witnesses resident residents villager villagers spokesman spokeswoman spokesperson spokespeople police medic medics doctor doctors hospital hospitals rescuer rescuers activist activists monitor monitors observer observers commander commanders mayor governor authorities authority army military government activists journalist reporter group groups organisation organization agency agencies media television broadcaster newspaper command statement diplomat diplomats analyst analysts lawyer coordinator director head chief director-general chair survivors survivor relatives surgeon nurse fighters militia envoy president defence defense department office administration council centre center responders teams paramedics civil union rebels rebel insurgents militants opposition forces faction factions coalition committee network observatory federation foundation network company',
);

/** Part one telling of a sentence from the next. */
export const CLAUSES = words('while whereas but although though however ;');

export const HEDGES = phrases<string>(
  'reportedly,allegedly,unverified,unconfirmed,preliminary,initial reports,initial,could not be verified,cannot be verified,could not independently verify,believed to be,believed,thought to be,feared,apparently,suspected,provisional,may have,might have,not independently verified,so-called'
    .split(',')
    .map((hedge) => [hedge, hedge] as const),
);
