import { gatewayUrl } from '../gateway.ts';
import { rawChannel, rawGuild, rawMember, rawRole, rawUser } from '../payloads.ts';
import { unknownGuild, unknownMember, unknownUser } from '../problem.ts';
import type { Guild, World } from '../world.ts';
import type { Parts } from './parts.ts';
import { type Call, ok, param, type Route, route } from './route.ts';

/** Who the bot is and where it is: gateway, application, users, guilds. */
export function aboutRoutes({ world }: Parts): Route[] {
  const application = () => ({
    id: world.bot.id,
    name: world.bot.name,
    icon: null,
    description: '',
    summary: '',
    bot_public: true,
    bot_require_code_grant: false,
    verify_key: '0'.repeat(64),
    flags: 0,
    owner: rawUser(world.bot),
    team: null,
    bot: rawUser(world.bot),
    install_params: { scopes: ['bot', 'applications.commands'], permissions: '0' },
    integration_types_config: { '0': {} },
  });
  return [
    route('GET /gateway/bot', () =>
      ok({
        url: gatewayUrl(world),
        shards: 1,
        session_start_limit: { total: 1000, remaining: 999, reset_after: 86_400_000, max_concurrency: 1 },
      }),
    ),
    route('GET /users/@me', () => ok({ ...rawUser(world.bot), verified: true, mfa_enabled: false, email: null })),
    route('GET /users/:user', (call) => {
      const user = world.users.get(param(call, 'user'));
      if (user === undefined) throw unknownUser();
      return ok(rawUser(user));
    }),
    route('GET /applications/@me', () => ok(application())),
    route('GET /oauth2/applications/@me', () => ok(application())),
    route('GET /guilds/:guild', (call) => {
      const {
        channels: _channels,
        threads: _threads,
        members: _members,
        presences: _presences,
        ...guild
      } = rawGuild(world, guildOf(world, call));
      return ok(guild);
    }),
    route('GET /guilds/:guild/channels', (call) => {
      const guild = guildOf(world, call);
      const channels = [...world.channels.values()].filter(
        (one) => one.guildId === guild.id && one.thread === undefined,
      );
      return ok(channels.map((one) => rawChannel(world, one)));
    }),
    route('GET /guilds/:guild/roles', (call) => ok([...guildOf(world, call).roles.values()].map(rawRole))),
    route('GET /guilds/:guild/members/:user', (call) => {
      const member = guildOf(world, call).members.get(param(call, 'user'));
      if (member === undefined) throw unknownMember();
      return ok(rawMember(member));
    }),
  ];
}

export function guildOf(world: World, call: Call): Guild {
  const guild = world.guilds.get(param(call, 'guild'));
  if (guild === undefined) throw unknownGuild();
  return guild;
}
