import type { HttpPart } from './state.ts';

export interface Route {
  row: HttpPart;
  pathParameters: Record<string, string>;
}

/**
 * The route that fits best: whole paths first, then greedy ones, `$default` last; of two with the same path the one
 * with the method. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
export function findRoute(routes: readonly HttpPart[], verb: string, path: string): Route | undefined {
  const found = routes
    .flatMap((row) => {
      const [method = '', pattern] = (row.declared.RouteKey as string).split(' ');
      if (pattern === undefined || (method !== 'ANY' && method !== verb)) return [];
      const pathParameters = matchPath(pattern, path);
      return pathParameters ? [{ row, pathParameters, weight: weightOf(pattern) + (method === 'ANY' ? 0 : 0.5) }] : [];
    })
    .sort((a, b) => b.weight - a.weight)[0];
  if (found) return found;
  const fallback = routes.find(({ declared }) => declared.RouteKey === '$default');
  return fallback && { row: fallback, pathParameters: {} };
}

const segmentsOf = (path: string): string[] => path.split('/').filter(Boolean);

function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  const [wanted, given] = [segmentsOf(pattern), segmentsOf(path)];
  const parameters: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const [, name, greedy] = /^\{(.+?)(\+?)\}$/.exec(part) ?? [];
    const value = given[index];
    if (value === undefined) return undefined;
    if (name === undefined && part !== decode(value)) return undefined;
    if (name === undefined) continue;
    if (greedy) return { ...parameters, [name]: given.slice(index).map(decode).join('/') };
    parameters[name] = decode(value);
  }
  return given.length === wanted.length ? parameters : undefined;
}

/** More for what is written out, less for variables, least for greedy ones. */
const weightOf = (pattern: string): number =>
  segmentsOf(pattern).reduce((sum, part) => sum + (part.endsWith('+}') ? -1_000 : part.startsWith('{') ? 1 : 10), 0);

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
