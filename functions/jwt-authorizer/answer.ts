import type { JWTPayload } from 'jose';

export type Scalar = string | number | boolean;

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html */
export interface Policy {
  principalId: string;
  policyDocument: {
    Version: '2012-10-17';
    Statement: [{ Action: 'execute-api:Invoke'; Effect: 'Allow' | 'Deny'; Resource: string }];
  };
  context: Record<string, Scalar>;
}

/** Of an HTTP API with simple responses. */
export interface SimpleAnswer {
  isAuthorized: boolean;
  context?: Record<string, Scalar>;
}

/**
 * A policy for the whole stage. API Gateway keeps the answer for the token, so one for the method at hand would deny
 * the next route to the same token.
 */
export function policy(
  effect: 'Allow' | 'Deny',
  methodArn: string,
  claims: JWTPayload,
  names: readonly string[],
): Policy {
  return {
    principalId: typeof claims.sub === 'string' && claims.sub !== '' ? claims.sub : 'unknown',
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Action: 'execute-api:Invoke', Effect: effect, Resource: stageOf(methodArn) }],
    },
    context: contextOf(claims, names),
  };
}

/** `arn:aws:execute-api:region:account:api/stage/GET/path` → `…/stage/*`. */
const stageOf = (methodArn: string): string => `${methodArn.split('/', 2).join('/')}/*`;

/** Names by which integrations know what tokens call otherwise. */
const CLAIM_OF: Record<string, string> = { userId: 'sub' };

/**
 * The claims that were asked for. API Gateway takes scalars only and answers 500 to a list or an object, so these
 * become JSON: `["admin","user"]` cannot be confused with one role whose name has a comma.
 */
export function contextOf(claims: JWTPayload, names: readonly string[]): Record<string, Scalar> {
  const entries = names.flatMap((name): [string, Scalar][] => {
    const value = own(claims, name) ?? own(claims, CLAIM_OF[name] ?? name);
    if (value === undefined || value === null) return [];
    const scalar = ['string', 'number', 'boolean'].includes(typeof value);
    return [[name, scalar ? (value as Scalar) : JSON.stringify(value)]];
  });
  return Object.fromEntries(entries);
}

const own = (claims: JWTPayload, name: string): unknown => (Object.hasOwn(claims, name) ? claims[name] : undefined);

/** Scopes as OAuth has them in `scope` (or Azure in `scp`), and those that some write as lists. */
export function scopesOf(claims: JWTPayload): string[] {
  return ['scope', 'scp', 'scopes', 'roles', 'cognito:groups'].flatMap((name) => {
    const value = own(claims, name);
    if (typeof value === 'string') return value.split(' ');
    return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
  });
}
