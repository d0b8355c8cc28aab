import type { HttpRoute } from '../../kernel/http-route.ts';
import type { Scope } from '../../kernel/scope.ts';
import type { World } from '../../kernel/world.ts';
import { serveHttp } from '../apigatewayv2/serve-http.ts';
import { httpApis } from '../apigatewayv2/state.ts';
import type { WebAnswer, WebRequest } from '../lambda/http-event.ts';
import { readWebRequest, writeWebAnswer } from '../lambda/web-request.ts';
import { serveRest } from './serve-rest.ts';
import { domains, mappings, restApis } from './state.ts';

const ROUTE = /^\/_apigateway\/([^/?]+)(\/[^?]*)?/;

/**
 * `https://<api>.execute-api.<region>.amazonaws.com/…`, and the names that were given to APIs, are reached here as
 * `/_apigateway/<host>/…`.
 */
export const apiRoute: HttpRoute = async (message, response, { world }) => {
  const [, host = '', path = '/'] = ROUTE.exec(message.url ?? '') ?? [];
  const request = await readWebRequest(message, path);
  const target = await world.transaction(() => targetOf(host.toLowerCase(), path, world));
  const answer = target ? await serve(target, host, request) : forbidden();
  writeWebAnswer(response, request, answer);
};

const forbidden = (): WebAnswer => ({
  status: 403,
  headers: { 'content-type': 'application/json' },
  body: '{"message":"Forbidden"}',
});

interface Target {
  kind: 'http' | 'rest';
  api: string;
  /** Undefined when the path begins with it. */
  stage?: string;
  path: string;
  scope: Scope;
}

function* scopesOf(world: World, table: string): Iterable<Scope> {
  for (const partition of world.store.partitions(table)) {
    const [account = '', region = ''] = partition.split('/');
    yield { world, account, region };
  }
}

function kindOf(api: string, scope: Scope): 'http' | 'rest' | undefined {
  if (restApis.in(scope).has(api)) return 'rest';
  return httpApis.in(scope).has(api) ? 'http' : undefined;
}

/** Which API a host means: one of its own by its id, or what a domain leads to by the longest base path. */
function targetOf(host: string, path: string, world: World): Target | undefined {
  const [, id, region] = /^([a-z0-9]{10})\.execute-api\.([a-z0-9-]+)\.amazonaws\.com$/.exec(host) ?? [];
  if (id !== undefined) {
    for (const table of [restApis.name, httpApis.name])
      for (const scope of scopesOf(world, table)) {
        const kind = scope.region === region ? kindOf(id, scope) : undefined;
        if (kind) return { kind, api: id, path, scope };
      }
  }
  for (const scope of scopesOf(world, domains.name)) {
    const domain = domains
      .in(scope)
      .values()
      .find(({ name, regionalName }) => name === host || regionalName === host);
    if (!domain) continue;
    const fitting = mappings
      .in(scope)
      .values()
      .filter((each) => each.domain === domain.name && isUnder(path, each.path))
      .sort((a, b) => b.path.length - a.path.length || (a.path === '(none)' ? 1 : -1))[0];
    const kind = fitting && kindOf(fitting.api, scope);
    if (!kind) return undefined;
    const rest = fitting.path === '(none)' ? path : path.slice(fitting.path.length + 1) || '/';
    return { kind, api: fitting.api, stage: fitting.stage, path: rest, scope };
  }
  return undefined;
}

const isUnder = (path: string, base: string): boolean =>
  base === '(none)' || path === `/${base}` || path.startsWith(`/${base}/`);

async function serve({ kind, api, stage, path, scope }: Target, host: string, request: WebRequest): Promise<WebAnswer> {
  if (kind === 'http') return serveHttp({ api, stage, path, host, request, scope });
  const [, first = '', rest = '/'] = stage === undefined ? (/^\/([^/]*)(\/.*)?$/.exec(path) ?? []) : ['', stage, path];
  return serveRest({ api, stage: first, path: rest, host, request, scope });
}
