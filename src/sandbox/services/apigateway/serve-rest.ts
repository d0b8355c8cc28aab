import { randomUUID } from 'node:crypto';
import type { Scope } from '../../kernel/scope.ts';
import { answerOfVersion1, type WebAnswer, type WebRequest } from '../lambda/http-event.ts';
import { writeAccessLog } from './access-log.ts';
import { type Authorized, authorize } from './authorize.ts';
import { eventOfVersion1 } from './event-of-version1.ts';
import { findRoute, type Route } from './find-route.ts';
import { GatewayFault, gatewayAnswer } from './gateway-answer.ts';
import { answerOfTemplate, eventOfTemplate } from './lambda-integration.ts';
import { mockAnswer } from './mock-integration.ts';
import { type DeploymentRow, deployments, type Part, restApis, stages } from './state.ts';
import { takeToken } from './throttle.ts';
import { useKey } from './usage.ts';
import { validateRequest } from './validate-request.ts';
import { callFunction, functionOf } from './web-call.ts';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html (F-125) */
const MOST_BYTES = 10_485_760;
const MOST_MS = 29_000;

export interface RestCall {
  api: string;
  stage: string;
  /** Within the stage. */
  path: string;
  host: string;
  request: WebRequest;
  scope: Scope;
}

interface Deployed {
  stage: Part;
  deployment: DeploymentRow;
}

/** Answers a request to a REST API as its stage was deployed. */
export async function serveRest(call: RestCall): Promise<WebAnswer> {
  const requestId = randomUUID();
  const { scope, request } = call;
  const deployed = await scope.world.transaction(() => find(call));
  if (!deployed)
    return { status: 403, headers: { 'content-type': 'application/json' }, body: '{"message":"Forbidden"}' };
  const began = Date.now();
  let route: Route | undefined;
  let answer: WebAnswer;
  let error: string | null | undefined;
  let responseType: string | undefined;
  try {
    route = findRoute(deployed.deployment, call.path, request.method);
    if (!route) throw new GatewayFault('MISSING_AUTHENTICATION_TOKEN');
    answer = await answerRoute(call, deployed, route, requestId);
  } catch (thrown) {
    if (!(thrown instanceof GatewayFault)) throw thrown;
    answer = gatewayAnswer(thrown, deployed.deployment.gatewayResponses);
    error = thrown.shown;
    responseType = thrown.type;
  }
  answer.headers['x-amzn-requestid'] ??= requestId;
  await scope.world.transaction(() =>
    writeAccessLog(
      deployed.stage.declared.AccessLogSetting,
      {
        requestId,
        extendedRequestId: requestId,
        'identity.sourceIp': request.sourceIp,
        'identity.userAgent': request.headers['user-agent'],
        requestTimeEpoch: began,
        requestTime: new Date(began).toISOString(),
        httpMethod: request.method,
        resourcePath: route?.resourcePath,
        path: `/${call.stage}${call.path}`,
        protocol: 'HTTP/1.1',
        status: answer.status,
        responseLength: Buffer.byteLength(answer.body),
        responseLatency: Date.now() - began,
        'error.message': error ?? undefined,
        'error.responseType': responseType,
        stage: call.stage,
        apiId: call.api,
      },
      `${call.api}/${call.stage}`,
      scope,
    ),
  );
  return answer;
}

function find({ api, stage, scope }: RestCall): Deployed | undefined {
  const row = restApis.in(scope).has(api) ? stages.in(scope).get(`${api}/${stage}`) : undefined;
  const deployment = row && deployments.in(scope).get(`${api}/${row.declared.DeploymentId}`);
  return deployment && { stage: row, deployment };
}

async function answerRoute(call: RestCall, deployed: Deployed, route: Route, requestId: string): Promise<WebAnswer> {
  const { api, stage, path, request, scope } = call;
  const { declared } = route.method;
  if (request.body.length > MOST_BYTES) throw new GatewayFault('REQUEST_TOO_LARGE');
  const methodArn = `arn:aws:execute-api:${scope.region}:${scope.account}:${api}/${stage}/${request.method}${path}`;
  const event = (authorized?: Authorized, keyId?: string) =>
    eventOfVersion1(
      request,
      {
        ...route,
        path,
        stage,
        apiId: api,
        accountId: scope.account,
        domainName: call.host,
        requestId,
        stageVariables: deployed.stage.declared.Variables,
        authorizer: authorized && { principalId: authorized.principalId, ...authorized.context },
        ...(keyId !== undefined && { apiKey: request.headers['x-api-key'], apiKeyId: keyId }),
      },
      scope.world.clock.stamp(),
    );
  const authorizer = deployed.deployment.authorizers.find(({ id }) => id === declared.AuthorizerId);
  if (declared.AuthorizationType === 'AWS_IAM' && !request.headers.authorization?.startsWith('AWS4-'))
    throw new GatewayFault('MISSING_AUTHENTICATION_TOKEN');
  const authorized = authorizer && (await authorize(authorizer, request, { methodArn, event, scope }));
  const needsKey = String(declared.ApiKeyRequired ?? false) === 'true';
  const keyId = needsKey
    ? await scope.world.transaction(() =>
        useKey(authorized?.usageIdentifierKey ?? request.headers['x-api-key'], call, scope),
      )
    : undefined;
  requireRoom(call, deployed, route);
  validateRequest(route, request, deployed.deployment);

  const integration = declared.Integration;
  if (integration.Type === 'MOCK') return mockAnswer(integration, declared, request);
  if (integration.Type !== 'AWS_PROXY' && integration.Type !== 'AWS')
    throw new GatewayFault(
      'API_CONFIGURATION_ERROR',
      `The sandbox does not simulate integrations of the type ${integration.Type}`,
    );
  const uri = replaceVariables(integration.Uri, deployed.stage.declared.Variables);
  const timeoutMs = Math.min(MOST_MS, Number(integration.TimeoutInMillis ?? MOST_MS));
  const sourceArn = `arn:aws:execute-api:${scope.region}:${scope.account}:${api}/${stage}/${declared.HttpMethod === 'ANY' ? request.method : declared.HttpMethod}${route.resourcePath}`;
  const proxied = event(authorized, keyId);
  const context = proxied.requestContext as Record<string, unknown>;
  const { pathParameters } = route;
  const translated = { integration, method: declared, request, pathParameters, context };
  const given = integration.Type === 'AWS' ? eventOfTemplate(translated) : proxied;
  const end = await callFunction(functionOf(uri), given, { sourceArn, timeoutMs, scope });
  if (!end) throw new GatewayFault('API_CONFIGURATION_ERROR');
  if (end.kind === 'timeout') throw new GatewayFault('INTEGRATION_TIMEOUT');
  if (integration.Type === 'AWS') return answerOfTemplate(end, translated);
  const answer = end.kind === 'failed' ? undefined : answerOfVersion1(end.payload);
  // As AWS does: a handler that has thrown, or whose answer has no status, is 502 to its caller.
  if (!answer)
    return {
      status: 502,
      headers: { 'content-type': 'application/json' },
      body: '{"message": "Internal server error"}',
    };
  answer.headers['content-type'] ??= 'application/json';
  return answer;
}

const replaceVariables = (text: string, variables: Record<string, string> = {}): string =>
  text.replaceAll(/\$\{stageVariables\.(\w+)\}/g, (_found, name: string) => variables[name] ?? '');

/** The limits of the stage for the method at hand, else for all. */
function requireRoom({ api, stage, scope, request }: RestCall, { stage: row }: Deployed, route: Route): void {
  const settings = (row.declared.MethodSettings ?? []) as Record<string, unknown>[];
  const path = route.resourcePath.slice(1).replaceAll('/', '~1');
  const own = settings.find(
    ({ ResourcePath = '', HttpMethod }) =>
      String(ResourcePath).replace(/^\//, '') === path && HttpMethod === request.method,
  );
  const found = own ?? settings.find(({ ResourcePath, HttpMethod }) => ResourcePath === '/*' && HttpMethod === '*');
  if (found?.ThrottlingRateLimit === undefined && found?.ThrottlingBurstLimit === undefined) return;
  const limits = {
    rate: Number(found.ThrottlingRateLimit ?? 10_000),
    burst: Number(found.ThrottlingBurstLimit ?? 5_000),
  };
  const key = `stage/${api}/${stage}/${own ? `${request.method} ${path}` : '*'}`;
  if (!takeToken(scope.world, key, limits)) throw new GatewayFault('THROTTLED');
}
