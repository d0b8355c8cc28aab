import type { Cors } from '@aws-sdk/client-lambda';
import type { WebAnswer, WebRequest } from './http-event.ts';

const allows = (wanted: readonly string[] | undefined, value: string): boolean =>
  wanted?.some((each) => each === '*' || each.toLowerCase() === value.toLowerCase()) ?? false;

/** What an allowed origin is told with every answer. */
export function corsOf(cors: Cors | undefined, { headers }: WebRequest): Record<string, string> {
  const { origin } = headers;
  if (!cors?.AllowOrigins || origin === undefined || !allows(cors.AllowOrigins, origin)) return {};
  return {
    'access-control-allow-origin': cors.AllowOrigins.includes('*') && !cors.AllowCredentials ? '*' : origin,
    vary: 'Origin',
    ...(cors.AllowCredentials && { 'access-control-allow-credentials': 'true' }),
    ...(cors.ExposeHeaders?.length && { 'access-control-expose-headers': cors.ExposeHeaders.join(',') }),
  };
}

/** A preflight is answered without the function, once the URL is configured for CORS. */
export function preflight(cors: Cors | undefined, request: WebRequest): WebAnswer | undefined {
  const method = request.headers['access-control-request-method'];
  if (!cors || request.method !== 'OPTIONS' || method === undefined) return undefined;
  const granted = corsOf(cors, request);
  const isAllowed = 'access-control-allow-origin' in granted && allows(cors.AllowMethods ?? ['*'], method);
  return {
    status: 200,
    headers: isAllowed
      ? {
          ...granted,
          'access-control-allow-methods': (cors.AllowMethods ?? ['*']).join(','),
          ...(cors.AllowHeaders?.length && { 'access-control-allow-headers': cors.AllowHeaders.join(',') }),
          ...(cors.MaxAge !== undefined && { 'access-control-max-age': String(cors.MaxAge) }),
        }
      : {},
    body: '',
  };
}
