import type { ApiSettings, RouteTransform } from './api-settings.ts';

export interface CachedRequest {
  /** Variables of its path. */
  inPath: readonly string[];
  /** Past the authorizer. */
  open?: boolean;
  transform?: RouteTransform | undefined;
}

/**
 * What a kept answer belongs to: API Gateway gives it to whoever asks with the same values of these, and looks at nothing
 * else, neither at the query nor at the token.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html
 */
export function cacheKeys(settings: ApiSettings, { inPath, open = false, transform }: CachedRequest): string[] {
  if (settings.cacheGb === undefined) return [];
  const { authorizer, cors, cacheQuery = [] } = settings;
  return [
    ...new Set([
      ...inPath,
      // Nobody may be given what another one is allowed to see.
      ...(open || authorizer.kind === 'none' ? [] : [header('Authorization')]),
      // With one origin of several, its name stands in the answer.
      ...(cors && cors.origins.length > 1 ? [header('Origin')] : []),
      ...cacheQuery.map((name) => `method.request.querystring.${name}`),
      ...(transform ? Object.values(transform.request).flatMap(takenFrom) : []),
    ]),
  ];
}

/** Of a method: the variables of its path are there, the other keys may be. */
export const declared = (inPath: readonly string[], keys: readonly string[] = []): Record<string, boolean> =>
  Object.fromEntries([...new Set([...inPath, ...keys])].map((key) => [key, inPath.includes(key)]));

const header = (name: string): string => `method.request.header.${name}`;

/** What a transformed request is made of says what its answer depends on. */
function takenFrom(source: string): string[] {
  const [place, name = ''] = source.split('.');
  if (place === 'query') return [`method.request.querystring.${name}`];
  return place === 'header' ? [header(name)] : [];
}
