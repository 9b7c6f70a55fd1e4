import { withoutLocalisations } from '../commands.ts';
import { isObject, type JsonObject } from '../json.ts';
import { ApiProblem, missingAccess, notJson, unknownCommand } from '../problem.ts';
import { guildOf } from './about-routes.ts';
import type { Parts } from './parts.ts';
import { type Call, nothing, ok, param, type Route, route } from './route.ts';

/** Application commands, global and per guild. */
export function commandRoutes({ world, commands }: Parts): Route[] {
  const own = (call: Call) => {
    if (param(call, 'app') !== world.bot.id)
      throw new ApiProblem(403, 20_012, 'You are not authorized to perform this action on this application');
  };
  const at = (path: string, scopeOf: (call: Call) => string | undefined): Route[] => [
    route(`GET ${path}`, (call) => {
      own(call);
      const list = commands.list(scopeOf(call));
      return ok(call.query.get('with_localizations') === 'true' ? list : list.map(withoutLocalisations));
    }),
    route(`PUT ${path}`, (call) => {
      own(call);
      if (!Array.isArray(call.body)) throw notJson();
      return ok(commands.overwrite(scopeOf(call), call.body.filter(isObject)));
    }),
    route(`POST ${path}`, (call) => {
      own(call);
      if (!isObject(call.body)) throw notJson();
      const given = call.body;
      const others = commands.list(scopeOf(call)).filter((one) => !sameCommand(one, given));
      return ok(commands.overwrite(scopeOf(call), [...others, given]).at(-1));
    }),
    route(`GET ${path}/:command`, (call) => {
      own(call);
      return ok(known(commands.list(scopeOf(call)), call));
    }),
    route(`DELETE ${path}/:command`, (call) => {
      own(call);
      const list = commands.list(scopeOf(call));
      const gone = known(list, call);
      commands.overwrite(
        scopeOf(call),
        list.filter((one) => one !== gone),
      );
      return nothing;
    }),
  ];
  return [
    ...at('/applications/:app/commands', () => undefined),
    ...at('/applications/:app/guilds/:guild/commands', (call) => {
      if (!world.guilds.has(param(call, 'guild'))) throw missingAccess();
      return guildOf(world, call).id;
    }),
  ];
}

function sameCommand(one: JsonObject, other: JsonObject): boolean {
  return one['name'] === other['name'] && one['type'] === (other['type'] ?? 1);
}

function known(list: readonly JsonObject[], call: Call): JsonObject {
  const found = list.find((one) => one['id'] === param(call, 'command'));
  if (found === undefined) throw unknownCommand();
  return found;
}
