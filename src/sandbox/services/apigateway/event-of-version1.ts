import { isText, requestTime, type WebRequest } from '../lambda/http-event.ts';

/** What both kinds of API say in format 1.0. */
export interface Where1 {
  resourceId: string;
  resourcePath: string;
  path: string;
  stage: string;
  apiId: string;
  accountId: string;
  domainName: string;
  requestId: string;
  pathParameters: Record<string, string>;
  stageVariables: Record<string, string> | undefined;
  authorizer?: Record<string, unknown> | undefined;
  apiKey?: string | undefined;
  apiKeyId?: string | undefined;
}

const orNull = (value: Record<string, unknown>) => (Object.keys(value).length > 0 ? value : null);

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html */
export function eventOfVersion1(request: WebRequest, where: Where1, now: number): Record<string, unknown> {
  const query = [...new Set(request.query.keys())];
  const isEncoded = request.body.length > 0 && !isText(request.headers['content-type']);
  return {
    resource: where.resourcePath,
    path: where.path,
    httpMethod: request.method,
    headers: { ...request.headers },
    multiValueHeaders: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, [value]])),
    queryStringParameters: orNull(Object.fromEntries(query.map((name) => [name, request.query.getAll(name).at(-1)]))),
    multiValueQueryStringParameters: orNull(
      Object.fromEntries(query.map((name) => [name, request.query.getAll(name)])),
    ),
    pathParameters: orNull(where.pathParameters),
    stageVariables: where.stageVariables ?? null,
    requestContext: {
      resourceId: where.resourceId,
      resourcePath: where.resourcePath,
      httpMethod: request.method,
      requestTime: requestTime(now),
      requestTimeEpoch: now,
      path: `/${where.stage}${where.path}`,
      accountId: where.accountId,
      protocol: 'HTTP/1.1',
      stage: where.stage,
      domainPrefix: where.domainName.split('.')[0],
      domainName: where.domainName,
      apiId: where.apiId,
      requestId: where.requestId,
      extendedRequestId: where.requestId,
      ...(where.authorizer && { authorizer: where.authorizer }),
      identity: {
        sourceIp: request.sourceIp,
        userAgent: request.headers['user-agent'] ?? null,
        ...(where.apiKey !== undefined && { apiKey: where.apiKey, apiKeyId: where.apiKeyId }),
      },
    },
    body: request.body.length > 0 ? request.body.toString(isEncoded ? 'base64' : 'utf8') : null,
    isBase64Encoded: isEncoded,
  };
}
