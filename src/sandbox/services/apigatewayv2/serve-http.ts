import { randomUUID } from 'node:crypto';
import type { Scope } from '../../kernel/scope.ts';
import { writeAccessLog } from '../apigateway/access-log.ts';
import { eventOfVersion1 } from '../apigateway/event-of-version1.ts';
import { takeToken } from '../apigateway/throttle.ts';
import { callFunction, functionOf } from '../apigateway/web-call.ts';
import {
  answerOfVersion1,
  answerOfVersion2,
  eventOfVersion2,
  type WebAnswer,
  type WebRequest,
} from '../lambda/http-event.ts';
import { authorizeByFunction, authorizeJwt, type Verdict } from './authorize.ts';
import { corsHeaders, preflight } from './cors.ts';
import { findRoute, type Route } from './find-route.ts';
import { authorizers, type HttpPart, httpApis, integrations, partsOf, routes, stages } from './state.ts';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html (F-125) */
const MOST_BYTES = 10_485_760;
const MOST_MS = 30_000;

export interface HttpCall {
  api: string;
  stage: string | undefined;
  path: string;
  host: string;
  request: WebRequest;
  scope: Scope;
}

const said = (status: number, message: string): WebAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ message }),
});

const WORDS = { 401: 'Unauthorized', 403: 'Forbidden', 500: 'Internal Server Error' } as const;

/** Answers a request to an HTTP API. What a stage shows is always the API as it is: stages here deploy by themselves. */
export async function serveHttp(call: HttpCall): Promise<WebAnswer> {
  const { api, scope, request } = call;
  const requestId = randomUUID();
  const found = await scope.world.transaction(() => find(call));
  if (!found) return said(404, 'Not Found');
  const cors = found.row.declared.CorsConfiguration;
  const answer = preflight(cors, request) ?? (await answerOf(call, found, requestId));
  answer.headers['apigw-requestid'] ??= requestId;
  await scope.world.transaction(() =>
    writeAccessLog(
      found.stage.declared.AccessLogSettings,
      {
        requestId,
        'identity.sourceIp': request.sourceIp,
        requestTime: new Date().toISOString(),
        httpMethod: request.method,
        routeKey: found.route?.row.declared.RouteKey,
        path: call.path,
        protocol: 'HTTP/1.1',
        status: answer.status,
        responseLength: Buffer.byteLength(answer.body),
        stage: found.stage.id,
        apiId: api,
      },
      `${api}/${found.stage.id}`,
      scope,
    ),
  );
  return { ...answer, headers: { ...answer.headers, ...corsHeaders(cors, request) } };
}

interface Found {
  row: HttpPart;
  stage: HttpPart;
  path: string;
  route: Route | undefined;
  integration: HttpPart | undefined;
  authorizer: HttpPart | undefined;
}

/** `$default` is reached without a name, every other stage by the first part of the path. */
function find({ api, stage: mapped, path, request, scope }: HttpCall): Found | undefined {
  const row = httpApis.in(scope).get(api)!;
  const [, first = '', rest = '/'] = /^\/([^/]*)(\/.*)?$/.exec(path) ?? [];
  const stageAt = (name: string) => stages.in(scope).get(`${api}/${name}`);
  const named = mapped === undefined && first !== '$default' ? stageAt(first) : undefined;
  const stage = mapped === undefined ? (named ?? stageAt('$default')) : stageAt(mapped);
  if (!stage) return undefined;
  const inner = named ? rest : path;
  const route = findRoute(partsOf(routes, api, scope), request.method, inner);
  const part = (table: typeof integrations, id: string | undefined) =>
    id === undefined ? undefined : table.in(scope).get(`${api}/${id.replace('integrations/', '')}`);
  return {
    row,
    stage,
    path: inner,
    route,
    integration: part(integrations, route?.row.declared.Target),
    authorizer: part(authorizers, route?.row.declared.AuthorizerId),
  };
}

async function answerOf(call: HttpCall, found: Found, requestId: string): Promise<WebAnswer> {
  const { api, request, scope } = call;
  const { route, integration, stage } = found;
  if (!route || !integration) return said(404, 'Not Found');
  if (request.body.length > MOST_BYTES) return said(413, 'Request Entity Too Large');
  if (!hasRoom(call, found)) return said(429, 'Too Many Requests');
  const now = scope.world.clock.stamp();
  const routeKey = route.row.declared.RouteKey as string;
  const event = (version: string, authorizer?: Record<string, unknown>) =>
    eventOf(version, { call, found, requestId, now }, authorizer);
  const verdict = await judge(call, found, event('2.0'));
  if (!verdict.allowed) return said(verdict.status, WORDS[verdict.status]);
  const { declared } = integration;
  if (declared.IntegrationType !== 'AWS_PROXY')
    return said(501, 'The sandbox simulates integrations with functions, no others');
  const timeoutMs = Math.min(MOST_MS, Number(declared.TimeoutInMillis ?? MOST_MS));
  const [, pattern = '/$default'] = routeKey.split(' ');
  const sourceArn = `arn:aws:execute-api:${scope.region}:${scope.account}:${api}/${stage.id}/${routeKey === '$default' ? '$default' : `${request.method}${pattern}`}`;
  const version = declared.PayloadFormatVersion as string;
  const end = await callFunction(functionOf(declared.IntegrationUri), event(version, verdict.authorizer), {
    sourceArn,
    timeoutMs,
    scope,
  });
  if (!end) return said(500, 'Internal Server Error');
  if (end.kind === 'timeout') return said(503, 'Service Unavailable');
  const answer =
    end.kind === 'failed'
      ? undefined
      : version === '2.0'
        ? answerOfVersion2(end.payload)
        : answerOfVersion1(end.payload);
  return answer ?? said(500, 'Internal Server Error');
}

function eventOf(
  version: string,
  { call, found, requestId, now }: { call: HttpCall; found: Found; requestId: string; now: number },
  authorizer: Record<string, unknown> | undefined,
): Record<string, unknown> {
  const { api, host, request, scope } = call;
  const { route, stage, path } = found;
  const routeKey = route!.row.declared.RouteKey as string;
  const hasStage = stage.id !== '$default' && call.stage === undefined;
  const shared = { stage: stage.id, apiId: api, accountId: scope.account, domainName: host, requestId };
  if (version === '1.0')
    return {
      version: '1.0',
      ...eventOfVersion1(
        request,
        {
          ...shared,
          resourceId: routeKey,
          resourcePath: routeKey.split(' ')[1] ?? '$default',
          path,
          pathParameters: route!.pathParameters,
          stageVariables: stage.declared.StageVariables,
          authorizer,
        },
        now,
      ),
    };
  return eventOfVersion2(
    { ...request, path: hasStage ? `/${stage.id}${path}` : path },
    {
      ...shared,
      routeKey,
      ...(Object.keys(route!.pathParameters).length > 0 && { pathParameters: route!.pathParameters }),
      ...(stage.declared.StageVariables && { stageVariables: stage.declared.StageVariables }),
      ...(authorizer && Object.keys(authorizer).length > 0 && { authorizer }),
    },
    now,
  );
}

async function judge(
  { api, request, scope }: HttpCall,
  { route, stage, authorizer }: Found,
  event: Record<string, unknown>,
): Promise<Verdict> {
  const { declared } = route!.row;
  const type = declared.AuthorizationType ?? 'NONE';
  if (type === 'AWS_IAM')
    return request.headers.authorization?.startsWith('AWS4-')
      ? { allowed: true, authorizer: {} }
      : { allowed: false, status: 403 };
  if (type === 'NONE' || !authorizer) return { allowed: true, authorizer: {} };
  if (type === 'JWT') return authorizeJwt(authorizer, declared.AuthorizationScopes ?? [], request);
  const routeArn = `arn:aws:execute-api:${scope.region}:${scope.account}:${api}/${stage.id}/${request.method}${new URL(`http://x${request.path}`).pathname}`;
  return authorizeByFunction(authorizer, request, { routeArn, event, routeKey: declared.RouteKey, scope });
}

function hasRoom({ api, scope }: HttpCall, { stage, route }: Found): boolean {
  const key = route!.row.declared.RouteKey as string;
  const own = stage.declared.RouteSettings?.[key];
  const settings = own ?? stage.declared.DefaultRouteSettings;
  if (settings?.ThrottlingRateLimit === undefined && settings?.ThrottlingBurstLimit === undefined) return true;
  const limits = {
    rate: Number(settings.ThrottlingRateLimit ?? 10_000),
    burst: Number(settings.ThrottlingBurstLimit ?? 5_000),
  };
  return takeToken(scope.world, `http/${api}/${stage.id}/${own ? key : '*'}`, limits);
}
