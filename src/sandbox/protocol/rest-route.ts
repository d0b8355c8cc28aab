import type { OperationModel, ServiceModel } from './service-model.ts';
import type { WireRequest } from './wire.ts';

interface Route {
  readonly operation: OperationModel;
  readonly method: string;
  readonly pattern: RegExp;
  readonly labels: readonly string[];
  readonly literals: number;
  readonly fixedQuery: URLSearchParams;
  readonly needsQuery: readonly string[];
  readonly needsHeaders: readonly string[];
}

export interface RouteMatch {
  readonly operation: OperationModel;
  readonly labels: Readonly<Record<string, string>>;
}

const ROUTES = new WeakMap<ServiceModel, Route[]>();

/**
 * Which operation a REST request asks for: method and path must fit, and of those the one that explains most of the
 * request wins, by its fixed query (`?uploads`), its required parameters (`uploadId`) and headers (`x-amz-copy-source`).
 */
export function matchRoute(request: WireRequest, model: ServiceModel): RouteMatch | undefined {
  let routes = ROUTES.get(model);
  if (!routes) {
    routes = [...model.operations.values()].filter(({ http }) => http).map(toRoute);
    ROUTES.set(model, routes);
  }

  let best: { score: number; route: Route; found: RegExpExecArray } | undefined;
  for (const route of routes) {
    if (route.method !== request.method) continue;
    const found = route.pattern.exec(request.path);
    const score = found ? scoreOf(route, request) : undefined;
    if (!found || score === undefined) continue;
    if (!best || score > best.score) best = { score, route, found };
  }
  if (!best) return undefined;
  const { route, found } = best;
  const labels = route.labels.map((label, at) => [label, decodeURIComponent(found[at + 1] ?? '')]);
  return { operation: route.operation, labels: Object.fromEntries(labels) };
}

function scoreOf(route: Route, { query, headers }: WireRequest): number | undefined {
  let score = route.literals * 100;
  for (const [key, value] of route.fixedQuery) {
    // `x-id` only tells operations of equal paths apart, and only the SDK sends it.
    if (key === 'x-id') {
      if (query.get(key) === value) score += 0.5;
    } else if (query.get(key) === value) score += 10;
    else return undefined;
  }
  if (!route.needsQuery.every((key) => query.has(key))) return undefined;
  if (!route.needsHeaders.every((key) => headers[key] !== undefined)) return undefined;
  return score + route.needsQuery.length + route.needsHeaders.length;
}

function toRoute(operation: OperationModel): Route {
  const [method, pathAndQuery] = operation.http!;
  const [path = '/', fixed = ''] = pathAndQuery.split('?');
  const labels: string[] = [];
  const pattern = path.replace(
    /\{(\w+)(\+?)\}|[.*+?^$()[\]\\|]/g,
    (text, label: string | undefined, greedy: string) => {
      if (label === undefined) return `\\${text}`;
      labels.push(label);
      return greedy ? '(.+)' : '([^/]+)';
    },
  );
  const required = requiredMembers(operation);
  return {
    operation,
    method,
    pattern: new RegExp(`^${pattern}${pattern.endsWith('/') ? '?' : '/?'}$`, 's'),
    labels,
    literals: path.split('/').filter((part) => part && !part.startsWith('{')).length,
    fixedQuery: new URLSearchParams(fixed),
    needsQuery: required.flatMap(({ httpQuery }) => httpQuery ?? []),
    needsHeaders: required.flatMap(({ httpHeader }) => httpHeader?.toLowerCase() ?? []),
  };
}

/** A structure's schema puts its required members first and says how many they are. */
function requiredMembers({ input }: OperationModel): { httpQuery?: string; httpHeader?: string }[] {
  if (!input.isStructSchema()) return [];
  const count = (input.getSchema() as unknown as unknown[])[6] as number | undefined;
  return [...input.structIterator()].slice(0, count ?? 0).map(([, schema]) => schema.getMergedTraits());
}
