import { createHash, randomInt } from 'node:crypto';
import type { Scope } from '../../kernel/scope.ts';
import { invalidValue } from './refusals.ts';

/** Letters first; no hyphen at the end, none twice: API reference, CreateDBCluster. */
export function requireIdentifier(parameter: string, id: string | undefined, max = 63): string {
  if (!id) throw invalidValue(`The parameter ${parameter} must be provided and must not be blank.`);
  if (id.length > max || !/^[a-zA-Z](-?[a-zA-Z0-9])*$/.test(id))
    throw invalidValue(
      `The parameter ${parameter} is not a valid identifier. Identifiers must begin with a letter; must contain only ASCII letters, digits, and hyphens; and must not end with a hyphen or contain two consecutive hyphens.`,
    );
  return id.toLowerCase();
}

export const arnOf = (scope: Scope, kind: string, id: string): string =>
  `arn:aws:rds:${scope.region}:${scope.account}:${kind}:${id}`;

/** `cluster-` or `db-` and 26 characters that are never used again. */
export const freshResourceId = (prefix: string): string =>
  `${prefix}-${random('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 26)}`;

export const freshHexId = (prefix: string): string => `${prefix}-${random('0123456789abcdef', 17)}`;

const random = (alphabet: string, length: number): string =>
  Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');

/**
 * Endpoints: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Overview.Endpoints.html
 * Their middle is the same for a whole account and region.
 */
export const endpointOf = (scope: Scope, id: string, kind: '' | 'cluster-' | 'cluster-ro-' | 'proxy-' = ''): string =>
  `${id}.${kind}${accountPart(scope)}.${scope.region}.rds.amazonaws.com`;

function accountPart({ account, region }: Scope): string {
  const digest = createHash('sha256').update(`${account}/${region}`).digest();
  return `c${[...digest.subarray(0, 11)].map((byte) => (byte % 36).toString(36)).join('')}`;
}
