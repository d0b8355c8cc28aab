/** A request as it comes to a function URL or an API, before it is put into an event. */
export interface WebRequest {
  method: string;
  /** As in the address, still encoded, without the query. */
  path: string;
  query: URLSearchParams;
  /** By name in small letters; several of one name joined as HTTP does. */
  headers: Readonly<Record<string, string>>;
  body: Buffer;
  sourceIp: string;
}

export interface WebAnswer {
  status: number;
  headers: Record<string, string | string[]>;
  body: Buffer | string;
}

const TEXT = /^(?:text\/|application\/(?:json|javascript|xml|x-www-form-urlencoded|[\w.-]+\+(?:json|xml))\b)/i;

export const isText = (type: string | undefined): boolean => type === undefined || TEXT.test(type);

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const pad = (value: number): string => String(value).padStart(2, '0');

/** `30/Nov/2026:01:02:03 +0000` */
export function requestTime(at: number): string {
  const date = new Date(at);
  const clock = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(pad).join(':');
  return `${pad(date.getUTCDate())}/${MONTHS[date.getUTCMonth()]}/${date.getUTCFullYear()}:${clock} +0000`;
}

interface Where {
  routeKey: string;
  stage: string;
  apiId: string;
  accountId: string;
  domainName: string;
  requestId: string;
  pathParameters?: Record<string, string>;
  stageVariables?: Record<string, string>;
  authorizer?: unknown;
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html, format 2.0 */
export function eventOfVersion2(request: WebRequest, where: Where, now: number): Record<string, unknown> {
  const { cookie, ...headers } = request.headers;
  const query = new Map<string, string>();
  for (const [name, value] of request.query) query.set(name, query.has(name) ? `${query.get(name)},${value}` : value);
  const asText = isText(request.headers['content-type']);
  return {
    version: '2.0',
    routeKey: where.routeKey,
    rawPath: decodeURI(request.path),
    rawQueryString: request.query.toString(),
    ...(cookie !== undefined && { cookies: cookie.split(/;\s*/) }),
    headers,
    ...(query.size > 0 && { queryStringParameters: Object.fromEntries(query) }),
    ...(where.pathParameters && { pathParameters: where.pathParameters }),
    ...(where.stageVariables && { stageVariables: where.stageVariables }),
    requestContext: {
      accountId: where.accountId,
      apiId: where.apiId,
      ...(where.authorizer !== undefined && { authorizer: where.authorizer }),
      domainName: where.domainName,
      domainPrefix: where.domainName.split('.')[0],
      http: {
        method: request.method,
        path: decodeURI(request.path),
        protocol: 'HTTP/1.1',
        sourceIp: request.sourceIp,
        userAgent: request.headers['user-agent'] ?? '',
      },
      requestId: where.requestId,
      routeKey: where.routeKey,
      stage: where.stage,
      time: requestTime(now),
      timeEpoch: now,
    },
    ...(request.body.length > 0 && { body: request.body.toString(asText ? 'utf8' : 'base64') }),
    isBase64Encoded: request.body.length > 0 && !asText,
  };
}

interface ProxyAnswer {
  statusCode?: unknown;
  headers?: Record<string, unknown>;
  multiValueHeaders?: Record<string, unknown[]>;
  cookies?: unknown;
  body?: unknown;
  isBase64Encoded?: unknown;
}

/** What a function says in format 2.0; without a status code all of it is the body. Undefined when it is malformed. */
export function answerOfVersion2(payload: string): WebAnswer | undefined {
  const value = JSON.parse(payload) as ProxyAnswer | null;
  if (typeof value !== 'object' || value === null || value.statusCode === undefined)
    return {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: typeof value === 'string' ? value : payload,
    };
  const answer = answerOfVersion1(payload);
  if (!answer) return undefined;
  answer.headers['content-type'] ??= 'application/json';
  if (Array.isArray(value.cookies)) answer.headers['set-cookie'] = value.cookies.map(String);
  return answer;
}

/** What a function says in format 1.0; undefined when it is malformed, which callers see as 502. */
export function answerOfVersion1(payload: string): WebAnswer | undefined {
  const value = JSON.parse(payload) as ProxyAnswer | null;
  if (typeof value !== 'object' || value === null) return undefined;
  const status = Number(value.statusCode);
  if (!Number.isInteger(status) || status < 100 || status > 599) return undefined;
  if (value.body !== undefined && value.body !== null && typeof value.body !== 'string') return undefined;
  const headers: Record<string, string | string[]> = {};
  for (const [name, each] of Object.entries(value.headers ?? {})) headers[name.toLowerCase()] = String(each);
  for (const [name, each] of Object.entries(value.multiValueHeaders ?? {}))
    headers[name.toLowerCase()] = each.map(String);
  const body = value.body ?? '';
  return { status, headers, body: value.isBase64Encoded === true ? Buffer.from(body, 'base64') : body };
}
