import type { Scope } from '../../kernel/scope.ts';
import type { World } from '../../kernel/world.ts';
import { evaluate } from '../iam/evaluate.ts';
import type { WebRequest } from '../lambda/http-event.ts';
import { GatewayFault } from './gateway-answer.ts';
import type { Declared, Part } from './state.ts';
import { callFunction, functionOf } from './web-call.ts';

export interface Authorized {
  principalId?: string;
  /** Scalars, as they come into `requestContext.authorizer`. */
  context: Record<string, unknown>;
  usageIdentifierKey?: string;
}

interface Decision extends Authorized {
  policy: string;
}

/** Decisions that are remembered, until a moment of virtual time. */
const remembered = new WeakMap<World, Map<string, { until: number; decision: Decision }>>();

/** `method.request.header.Authorization,context.path`: what the decision hangs on. Undefined when a part is not there. */
function identityOf(sources: string, request: WebRequest): string[] | undefined {
  const values = sources
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean)
    .map((source) => {
      const [, kind, name = ''] = /^(?:method\.request\.|\$request\.)(header|querystring)\.(.+)$/.exec(source) ?? [];
      if (kind === 'header') return request.headers[name.toLowerCase()];
      return kind === 'querystring' ? (request.query.get(name) ?? undefined) : source;
    });
  return values.every((value) => value !== undefined && value !== '') ? (values as string[]) : undefined;
}

/** Asks the authorizer of a method, or remembers what it has said; throws what the caller is told otherwise. */
export async function authorize(
  { id, api, declared }: Part,
  request: WebRequest,
  { methodArn, event, scope }: { methodArn: string; event: () => Record<string, unknown>; scope: Scope },
): Promise<Authorized> {
  const isToken = declared.Type === 'TOKEN';
  const sources = declared.IdentitySource ?? (isToken ? 'method.request.header.Authorization' : '');
  const identity = identityOf(sources, request);
  const ttlS = Number(declared.AuthorizerResultTtlInSeconds ?? 300);
  if (!identity && (isToken || ttlS > 0)) throw new GatewayFault('UNAUTHORIZED');
  if (
    isToken &&
    declared.IdentityValidationExpression &&
    !new RegExp(declared.IdentityValidationExpression).test(identity![0]!)
  )
    throw new GatewayFault('UNAUTHORIZED');

  const all = remembered.get(scope.world) ?? new Map();
  remembered.set(scope.world, all);
  const key = JSON.stringify([api, id, identity, methodArn.split(':')[5]?.split('/').slice(0, 2)]);
  const known = ttlS > 0 ? all.get(key) : undefined;
  const now = scope.world.clock.now();
  const decision: Decision =
    known && known.until > now
      ? known.decision
      : await ask(declared, isToken, identity, { id, api, methodArn, event, scope });
  if (ttlS > 0) all.set(key, known && known.until > now ? known : { until: now + ttlS * 1_000, decision });
  judge(decision, methodArn);
  return decision;
}

async function ask(
  declared: Declared,
  isToken: boolean,
  identity: string[] | undefined,
  {
    id,
    api,
    methodArn,
    event,
    scope,
  }: { id: string; api: string; methodArn: string; event: () => Record<string, unknown>; scope: Scope },
): Promise<Decision> {
  if (declared.Type === 'COGNITO_USER_POOLS')
    throw new GatewayFault('AUTHORIZER_FAILURE', 'In the sandbox user pools of Cognito issue no tokens');
  const input = isToken
    ? { type: 'TOKEN', methodArn, authorizationToken: identity![0] }
    : { type: 'REQUEST', methodArn, ...event() };
  const sourceArn = `arn:aws:execute-api:${scope.region}:${scope.account}:${api}/authorizers/${id}`;
  const end = await callFunction(functionOf(declared.AuthorizerUri), input, { sourceArn, timeoutMs: 29_000, scope });
  if (!end) throw new GatewayFault('AUTHORIZER_CONFIGURATION_ERROR');
  if (end.kind === 'timeout') throw new GatewayFault('AUTHORIZER_FAILURE');
  if (end.kind === 'failed') {
    const { errorMessage } = JSON.parse(end.payload) as { errorMessage?: string };
    throw new GatewayFault(errorMessage === 'Unauthorized' ? 'UNAUTHORIZED' : 'AUTHORIZER_FAILURE');
  }
  return decisionOf(end.payload);
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html */
function decisionOf(payload: string): Decision {
  const value = JSON.parse(payload) as Record<string, unknown> | null;
  const statements = (value?.policyDocument as { Statement?: unknown } | undefined)?.Statement;
  const context = (value?.context ?? {}) as Record<string, unknown>;
  // Only scalars may be in the context (F-123).
  const isFlat = Object.values(context).every((each) => each === null || typeof each !== 'object');
  if (typeof value?.principalId !== 'string' || statements === undefined || !isFlat)
    throw new GatewayFault('AUTHORIZER_CONFIGURATION_ERROR');
  return {
    principalId: value.principalId,
    policy: JSON.stringify(value.policyDocument),
    context: Object.fromEntries(
      Object.entries(context).map(([name, each]) => [name, each === null ? null : String(each)]),
    ),
    ...(typeof value.usageIdentifierKey === 'string' && { usageIdentifierKey: value.usageIdentifierKey }),
  };
}

function judge({ policy }: Decision, methodArn: string): void {
  const { decision } = evaluate([{ name: 'authorizer', document: policy }], {
    action: 'execute-api:Invoke',
    resource: methodArn,
  });
  if (decision === 'explicitDeny')
    throw new GatewayFault('ACCESS_DENIED', 'User is not authorized to access this resource with an explicit deny');
  if (decision !== 'allowed') throw new GatewayFault('ACCESS_DENIED');
}
