import type { Document, Piece } from '../briefing/document.ts';
import { said, text } from '../briefing/tell.ts';
import type { Check, GuildFacts } from './facts.ts';
import { ROLES } from './record.ts';
import type { DeskState } from './state.ts';

/** What is looked at besides what Discord says. */
export interface Health {
  /** What is wrong with the store, a line each. */
  readonly problems: readonly string[];
  readonly now: Date;
}

const good = (what: string): Check => ({ ok: true, what });
const bad = (what: string, fix: string): Check => ({ ok: false, what, fix });
const named = (words: readonly string[]): string => words.map((word) => `“${word}”`).join(', ');

function modLog(guild: string, desk: DeskState, facts: GuildFacts): Check {
  const { modLog: id } = desk.settings;
  if (id === undefined)
    return bad('No mod-log: changes are told nowhere.', 'An admin of the desk chooses a channel with /desk settings.');
  const channel = facts.channel(guild, id);
  if (!channel)
    return bad(
      'The mod-log channel is gone, or Sitrep cannot see it.',
      'Somebody who manages channels gives Sitrep “View Channel” there, or an admin chooses another with /desk settings.',
    );
  if (channel.missing.length > 0)
    return bad(
      `In the mod-log #${channel.name} Sitrep lacks ${named(channel.missing)}.`,
      'Somebody who manages that channel can give it in the channel’s permissions.',
    );
  return good(`Mod-log: #${channel.name}.`);
}

function roles(guild: string, { roles: map }: DeskState, facts: GuildFacts): readonly Check[] {
  const fix = 'An admin (or somebody with “Manage Server”) chooses roles with /desk roles.';
  const lost = ROLES.filter((role) => map[role].some((id) => !facts.role(guild, id)));
  return [
    map.editor.length + map.reviewer.length + map.admin.length === 0
      ? bad('No role is editor, reviewer or admin: only people with “Manage Server” can change anything.', fix)
      : good(
          `Roles: ${ROLES.map((role) => `${role} ${map[role].length > 0 ? map[role].map((id) => facts.role(guild, id)?.name ?? 'a role that is gone').join(', ') : role === 'reader' ? 'everybody' : 'nobody'}`).join('; ')}.`,
        ),
    ...lost.map((role) => bad(`A role that was ${role} is gone from the server.`, fix)),
  ];
}

const DAY = 86_400_000;

function waiting({ settings, drafts, roles: map }: DeskState, now: Date): readonly Check[] {
  const open = [...drafts.values()].filter(({ state }) => state === 'submitted');
  const old = open.filter(({ changed }) => now.getTime() - Date.parse(changed) > DAY);
  const stuck = [...drafts.values()].filter(({ state }) => state === 'approved');
  const alone = settings.review !== 'off' && map.reviewer.length + map.admin.length === 0;
  return [
    old.length > 0
      ? bad(
          `${old.length} of ${open.length} drafts have waited for more than a day.`,
          'A reviewer decides with /review list.',
        )
      : good(open.length === 0 ? 'No draft waits for review.' : `${open.length} drafts wait for review.`),
    ...(stuck.length > 0
      ? [
          bad(
            `Approved, but not recorded: ${stuck.map(({ id }) => id).join(', ')}.`,
            'A reviewer approves them once more with /review approve.',
          ),
        ]
      : []),
    ...(alone
      ? [
          bad(
            'Changes wait for a reviewer, and no role is reviewer or admin.',
            'An admin names one with /desk roles, or turns review off with /desk settings.',
          ),
        ]
      : []),
  ];
}

/** How a desk stands, a line for each thing that can be wrong. `more` comes from others who look after something. */
export function checksOf(
  guild: string,
  desk: DeskState,
  facts: GuildFacts | undefined,
  { problems, now }: Health,
  more: readonly Check[] = [],
): readonly Check[] {
  const ahead = facts?.ahead() ?? 0;
  const registered = facts?.registered();
  const operator = 'Whoever runs Sitrep';
  return [
    ...(facts ? [modLog(guild, desk, facts), ...roles(guild, desk, facts)] : []),
    ...waiting(desk, now),
    ...(registered === false
      ? [bad('The commands could not be registered with Discord.', `${operator} finds why in its log.`)]
      : [good(registered === true ? 'The commands are registered.' : 'The commands are being registered.')]),
    ...(ahead === 0
      ? [good('The clock agrees with Discord’s.')]
      : [
          bad(
            `The clock is ${Math.round(Math.abs(ahead) / 1000)} s ${ahead > 0 ? 'ahead of' : 'behind'} Discord’s.`,
            `${operator} sets the clock of that machine (NTP).`,
          ),
        ]),
    ...(problems.length === 0
      ? [good('The store is whole and can be written.')]
      : problems.map((problem) => bad(`The store: ${problem}`, `${operator} looks at it with “npm run verify”.`))),
    ...more,
  ];
}

const row = (check: Check): readonly Piece[] =>
  check.ok ? [text('✓ '), said(check.what)] : [text('✗ '), said(check.what), text(' '), said(check.fix)];

export function composeDoctor(checks: readonly Check[]): Document {
  const wrong = checks.filter(({ ok }) => !ok);
  return {
    kind: 'desk',
    title: 'State of the desk',
    subtitle: [wrong.length === 0 ? 'Nothing is wrong.' : `${wrong.length} of ${checks.length} need somebody.`],
    sections: [{ id: 'checks', lines: [], rows: [...wrong, ...checks.filter(({ ok }) => ok)].map(row) }],
    footer: [],
  };
}
