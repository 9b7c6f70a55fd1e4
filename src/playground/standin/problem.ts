import type { JsonObject } from './json.ts';

/** A refusal as it goes over the wire: HTTP status, Discord's JSON error code and text. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly status: number;
  readonly code: number;
  readonly body: JsonObject;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: number,
    message: string,
    more: JsonObject = {},
    headers: Record<string, string> = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.body = { message, code, ...more };
    this.headers = headers;
  }
}

export const unauthorized = () => new ApiProblem(401, 0, '401: Unauthorized');
export const noSuchRoute = () => new ApiProblem(404, 0, '404: Not Found');
export const methodNotAllowed = () => new ApiProblem(405, 0, '405: Method Not Allowed');
export const serverError = () => new ApiProblem(500, 0, '500: Internal Server Error');
export const tooLarge = () => new ApiProblem(413, 40005, 'Request entity too large');
export const notJson = () => new ApiProblem(400, 50109, 'The request body contains invalid JSON.');

export const unknownChannel = () => new ApiProblem(404, 10003, 'Unknown Channel');
export const unknownGuild = () => new ApiProblem(404, 10004, 'Unknown Guild');
export const unknownMember = () => new ApiProblem(404, 10007, 'Unknown Member');
export const unknownMessage = () => new ApiProblem(404, 10008, 'Unknown Message');
export const unknownUser = () => new ApiProblem(404, 10013, 'Unknown User');
export const unknownWebhook = () => new ApiProblem(404, 10015, 'Unknown Webhook');
export const unknownInteraction = () => new ApiProblem(404, 10062, 'Unknown interaction');
export const unknownCommand = () => new ApiProblem(404, 10063, 'Unknown application command');

export const acknowledgedBefore = () => new ApiProblem(400, 40060, 'Interaction has already been acknowledged.');
export const crosspostedBefore = () => new ApiProblem(400, 40033, 'This message has already been crossposted.');
export const missingAccess = () => new ApiProblem(403, 50001, 'Missing Access');
export const foreignMessage = () => new ApiProblem(403, 50005, 'Cannot edit a message authored by another user');
export const emptyMessage = () => new ApiProblem(400, 50006, 'Cannot send an empty message');
export const noDirectMessages = () => new ApiProblem(403, 50007, 'Cannot send messages to this user');
export const notATextChannel = () => new ApiProblem(400, 50008, 'Cannot send messages in a non-text channel');
export const missingPermissions = () => new ApiProblem(403, 50013, 'Missing Permissions');
export const wrongChannelType = () => new ApiProblem(400, 50024, 'Cannot execute action on this channel type');
export const invalidWebhookToken = () => new ApiProblem(401, 50027, 'Invalid Webhook Token');
export const threadLocked = () => new ApiProblem(400, 160_005, 'This thread is locked');
export const forumNeedsThread = () =>
  new ApiProblem(400, 40_058, 'Cannot message this channel until a thread is created');
export const tagRequired = () =>
  new ApiProblem(400, 40_067, 'A tag is required to create a forum post in this channel');
export const threadThere = () => new ApiProblem(400, 160_004, 'A thread has already been created for this message');
