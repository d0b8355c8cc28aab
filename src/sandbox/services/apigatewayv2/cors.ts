import type { WebAnswer, WebRequest } from '../lambda/http-event.ts';
import type { Declared } from './state.ts';

const allows = (wanted: readonly string[] | undefined, value: string): boolean =>
  wanted?.some(
    (each) =>
      each === '*' ||
      each.toLowerCase() === value.toLowerCase() ||
      // `https://*` and `http://*` stand for all of their kind.
      (/^https?:\/\/\*$/.test(each) && value.startsWith(each.slice(0, -1))),
  ) ?? false;

/** With CORS configured, an API answers what browsers ask for, whatever its functions say. */
export function corsHeaders(cors: Declared | undefined, { headers }: WebRequest): Record<string, string> {
  const { origin } = headers;
  if (!cors || origin === undefined || !allows(cors.AllowOrigins, origin)) return {};
  const withCredentials = String(cors.AllowCredentials ?? false) === 'true';
  return {
    'access-control-allow-origin': cors.AllowOrigins.includes('*') ? '*' : origin,
    ...(withCredentials && { 'access-control-allow-credentials': 'true' }),
    ...(cors.ExposeHeaders?.length && { 'access-control-expose-headers': cors.ExposeHeaders.join(',') }),
  };
}

export function preflight(cors: Declared | undefined, request: WebRequest): WebAnswer | undefined {
  const method = request.headers['access-control-request-method'];
  if (!cors || request.method !== 'OPTIONS' || request.headers.origin === undefined || method === undefined)
    return undefined;
  const granted = corsHeaders(cors, request);
  if (!('access-control-allow-origin' in granted) || !allows(cors.AllowMethods, method))
    return { status: 204, headers: {}, body: '' };
  return {
    status: 204,
    headers: {
      ...granted,
      'access-control-allow-methods': (cors.AllowMethods ?? []).join(','),
      ...(cors.AllowHeaders?.length && { 'access-control-allow-headers': cors.AllowHeaders.join(',') }),
      ...(cors.MaxAge !== undefined && { 'access-control-max-age': String(cors.MaxAge) }),
    },
    body: '',
  };
}
