import type { Scope } from '../kernel/scope.ts';
import type { World } from '../kernel/world.ts';
import { claimsOf } from '../services/ecr/authorization-token.ts';
import { RegistryFault } from './registry-fault.ts';

/**
 * Whose registry is meant: the password of GetAuthorizationToken names account and region. Without one 401, which
 * makes Docker log in.
 */
export function authenticate(
  world: World,
  { authorization = '', token }: { authorization?: string | undefined; token: string | null },
): Scope {
  const [, basic] = /^Basic\s+(\S+)$/i.exec(authorization) ?? [];
  const [user, ...rest] = Buffer.from(basic ?? '', 'base64')
    .toString('utf8')
    .split(':');
  const password = token ?? (user === 'AWS' ? rest.join(':') : undefined);
  const claims = password === undefined ? undefined : claimsOf(password);
  if (!claims) throw new RegistryFault('UNAUTHORIZED', 'Not Authorized', 401);
  if (claims.expiresAt <= Date.now())
    throw new RegistryFault('DENIED', 'Your authorization token has expired. Reauthenticate and try again.', 403);
  return { world, account: claims.account, region: claims.region };
}
