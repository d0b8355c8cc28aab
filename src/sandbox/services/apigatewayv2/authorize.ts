import { createRemoteJWKSet, type JWTPayload, jwtVerify } from 'jose';
import type { Scope } from '../../kernel/scope.ts';
import type { World } from '../../kernel/world.ts';
import { callFunction, functionOf } from '../apigateway/web-call.ts';
import { evaluate } from '../iam/evaluate.ts';
import type { WebRequest } from '../lambda/http-event.ts';
import type { HttpPart } from './state.ts';

export type Verdict =
  | { allowed: true; authorizer: Record<string, unknown> }
  | { allowed: false; status: 401 | 403 | 500 };

const refuse = (status: 401 | 403 | 500): Verdict => ({ allowed: false, status });

/** `$request.header.Authorization` */
function sourceOf(source: string, { headers, query }: WebRequest): string | undefined {
  const [, kind, name = ''] = /^\$request\.(header|querystring)\.(.+)$/.exec(source) ?? [];
  return kind === 'header' ? headers[name.toLowerCase()] : (query.get(name) ?? undefined);
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html */
export async function authorizeJwt(
  { declared }: HttpPart,
  scopes: readonly string[],
  request: WebRequest,
): Promise<Verdict> {
  const token = sourceOf(declared.IdentitySource[0], request)?.replace(/^Bearer /i, '');
  if (!token) return refuse(401);
  const { Issuer, Audience } = declared.JwtConfiguration as { Issuer: string; Audience: string[] };
  let claims: JWTPayload;
  try {
    claims = (await jwtVerify(token, await keysOf(Issuer), { issuer: Issuer, algorithms: ALGORITHMS })).payload;
  } catch {
    return refuse(401);
  }
  const audiences = [claims.aud ?? (claims.client_id as string | undefined) ?? []].flat();
  if (!audiences.some((each) => Audience.includes(each))) return refuse(401);
  const given = String(claims.scope ?? claims.scp ?? '')
    .split(' ')
    .filter(Boolean);
  if (scopes.length > 0 && !scopes.some((each) => given.includes(each))) return refuse(403);
  const shown = Object.fromEntries(
    Object.entries(claims).map(([name, value]) => [
      name,
      Array.isArray(value) ? `[${value.join(' ')}]` : String(value),
    ]),
  );
  return {
    allowed: true,
    authorizer: { jwt: { claims: shown, scopes: given.length > 0 && scopes.length > 0 ? given : null } },
  };
}

/** RSA only. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512'];

const keySets = new Map<string, ReturnType<typeof createRemoteJWKSet>>();

async function keysOf(issuer: string): Promise<ReturnType<typeof createRemoteJWKSet>> {
  const known = keySets.get(issuer);
  if (known) return known;
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await fetch(address, { signal: AbortSignal.timeout(1_500) });
  const { jwks_uri } = (await response.json()) as { jwks_uri: string };
  const keys = createRemoteJWKSet(new URL(jwks_uri), { timeoutDuration: 1_500 });
  keySets.set(issuer, keys);
  return keys;
}

const remembered = new WeakMap<World, Map<string, { until: number; verdict: Verdict }>>();

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html */
export async function authorizeByFunction(
  { id, api, declared }: HttpPart,
  request: WebRequest,
  {
    routeArn,
    event,
    routeKey,
    scope,
  }: { routeArn: string; event: Record<string, unknown>; routeKey: string; scope: Scope },
): Promise<Verdict> {
  const sources = (declared.IdentitySource ?? []) as string[];
  const identity = sources.map((source) => sourceOf(source, request));
  if (identity.some((value) => !value)) return refuse(401);
  const ttlS = Number(declared.AuthorizerResultTtlInSeconds ?? 0);
  const all = remembered.get(scope.world) ?? new Map();
  remembered.set(scope.world, all);
  const key = JSON.stringify([api, id, identity]);
  const known = ttlS > 0 && sources.length > 0 ? all.get(key) : undefined;
  const now = scope.world.clock.now();
  if (known && known.until > now) return known.verdict;
  const version = declared.AuthorizerPayloadFormatVersion ?? '2.0';
  const input = {
    ...event,
    type: 'REQUEST',
    routeArn,
    ...(version === '2.0' ? { version, identitySource: identity, routeKey } : { version, methodArn: routeArn }),
  };
  const sourceArn = `arn:aws:execute-api:${scope.region}:${scope.account}:${api}/authorizers/${id}`;
  const end = await callFunction(functionOf(declared.AuthorizerUri), input, { sourceArn, timeoutMs: 10_000, scope });
  if (end?.kind !== 'answer') return refuse(500);
  const verdict = verdictOf(end.payload, routeArn, String(declared.EnableSimpleResponses ?? false) === 'true');
  if (ttlS > 0) all.set(key, { until: now + ttlS * 1_000, verdict });
  return verdict;
}

function verdictOf(payload: string, routeArn: string, isSimple: boolean): Verdict {
  const value = JSON.parse(payload) as Record<string, unknown> | null;
  const authorizer = { lambda: value?.context ?? null };
  if (isSimple) {
    if (typeof value?.isAuthorized !== 'boolean') return refuse(500);
    return value.isAuthorized ? { allowed: true, authorizer } : refuse(403);
  }
  if (value?.policyDocument === undefined) return refuse(500);
  const document = JSON.stringify(value.policyDocument);
  const { decision } = evaluate([{ name: 'authorizer', document }], {
    action: 'execute-api:Invoke',
    resource: routeArn,
  });
  return decision === 'allowed' ? { allowed: true, authorizer } : refuse(403);
}
