import { log } from '../shared/log.ts';
import { contextOf, type Policy, policy, type SimpleAnswer, scopesOf } from './answer.ts';
import { type AuthorizerEvent, bearerOf } from './event.ts';
import type { Settings } from './settings.ts';
import type { Verdict } from './verify.ts';

/** The one message that API Gateway answers with 401; every other error becomes 500. */
const UNAUTHORIZED = 'Unauthorized';

/** The answer to API Gateway, given a way to judge a token. */
export async function authorize(
  event: AuthorizerEvent,
  settings: Settings,
  judge: (token: string) => Promise<Verdict>,
): Promise<Policy | SimpleAnswer> {
  const token = bearerOf(event);
  const verdict = token === undefined ? { refused: 'missing' } : await judge(token);
  const requestId = 'requestContext' in event ? event.requestContext?.requestId : undefined;

  if ('refused' in verdict) {
    log('info', 'refused', { reason: verdict.refused, requestId });
    if (settings.refusal === 401) throw new Error(UNAUTHORIZED);
    return denied(event);
  }
  const held = scopesOf(verdict.claims);
  const missing = settings.scopes.filter((scope) => !held.includes(scope));
  if (missing.length > 0) {
    log('info', 'forbidden', { missing, requestId });
    return denied(event);
  }
  return isSimple(event)
    ? { isAuthorized: true, context: contextOf(verdict.claims, settings.context) }
    : policy('Allow', event.methodArn, verdict.claims, settings.context);
}

const denied = (event: AuthorizerEvent): Policy | SimpleAnswer =>
  isSimple(event) ? { isAuthorized: false } : policy('Deny', event.methodArn, {}, []);

const isSimple = (event: AuthorizerEvent) => event.type === 'REQUEST' && event.version === '2.0';
