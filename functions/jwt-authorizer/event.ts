/**
 * The three forms in which API Gateway asks an authorizer.
 * REST API: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-input.html
 * HTTP API: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html
 */
export type AuthorizerEvent = TokenEvent | RequestEvent | HttpApiEvent;

export interface TokenEvent {
  type: 'TOKEN';
  authorizationToken?: string;
  methodArn: string;
}

/** Of a REST API, or of an HTTP API with payload 1.0. */
export interface RequestEvent {
  type: 'REQUEST';
  version?: '1.0';
  methodArn: string;
  headers?: Record<string, string> | null;
  multiValueHeaders?: Record<string, string[]> | null;
  requestContext?: { requestId?: string };
}

/** Of an HTTP API with payload 2.0 and simple responses. */
export interface HttpApiEvent {
  type: 'REQUEST';
  version: '2.0';
  routeArn: string;
  headers?: Record<string, string>;
  requestContext?: { requestId?: string };
}

/** The token after `Bearer`, if there is exactly one. */
export function bearerOf(event: AuthorizerEvent): string | undefined {
  const values = event.type === 'TOKEN' ? [event.authorizationToken ?? ''] : authorizationHeaders(event);
  return values.length === 1 ? /^Bearer +(\S+)$/i.exec(values[0]!)?.[1] : undefined;
}

/** REST APIs keep the capitals of the client; two headers of the name would be a choice, and we make none. */
function authorizationHeaders(event: RequestEvent | HttpApiEvent): string[] {
  const several = 'multiValueHeaders' in event ? event.multiValueHeaders : undefined;
  const headers: Record<string, string | string[]> = several ?? event.headers ?? {};
  return Object.entries(headers).flatMap(([name, value]) => (name.toLowerCase() === 'authorization' ? value : []));
}
