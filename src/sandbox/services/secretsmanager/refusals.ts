import { AwsFault } from '../../kernel/fault.ts';
import { type Constrained, violation } from '../constraints.ts';

export const invalidRequest = (message: string) => new AwsFault('InvalidRequestException', message);

export const invalidParameter = (message: string) => new AwsFault('InvalidParameterException', message);

export const secretMissing = () =>
  new AwsFault('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");

export const valueMissing = (what: string) =>
  new AwsFault('ResourceNotFoundException', `Secrets Manager can't find the specified secret value for ${what}`);

export const markedForDeletion = () =>
  invalidRequest("You can't perform this operation on the secret because it was marked for deletion.");

export function requireValid(...members: Constrained[]): void {
  const complaint = violation(members);
  if (complaint) throw new AwsFault('ValidationException', complaint);
}

/** Clients make one up; a call without it did not come from an SDK (recordings test_no_client_request_token[*]). */
export function requireToken(token: string | undefined, refuse = invalidRequest): string {
  if (token === undefined) throw refuse('You must provide a ClientRequestToken value. We recommend a UUID-type value.');
  if (token.length < 32 || token.length > 64)
    throw invalidParameter('ClientRequestToken must be 32-64 characters long.');
  return token;
}
