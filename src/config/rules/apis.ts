import type { Api } from '../blocks/api.ts';
import { type Finding, PROD_ERROR, PROD_WARNING, type Rule, type RuleContext } from './rule.ts';

const each = (say: (api: Api) => [field: string, message: string, remedy: string] | undefined) =>
  function* ({ blocks }: RuleContext): Iterable<Finding> {
    for (const [name, api] of Object.entries(blocks.apis)) {
      const said = say(api);
      if (said)
        yield { path: ['apis', name, ...said[0].split('.')], message: `apis.${name}: ${said[1]}`, remedy: said[2] };
    }
  };

export const API_RULES: readonly Rule[] = [
  {
    id: 'api-kind',
    title: 'An option belongs to the kind of API that has it',
    severity: 'error',
    check: each((api) => {
      if (api.kind === 'rest') return undefined;
      const rest = (field: string): [string, string, string] => [
        field,
        `${field} needs kind rest`,
        'write kind: rest, or remove it',
      ];
      if (api.validation !== 'none') return rest('validation');
      if (api.authorizer.kind === 'jwt-lambda') return rest('authorizer');
      if (api.waf) return rest('waf');
      if (api.cacheGb !== undefined) return rest('cacheGb');
      if (api.cacheQuery) return rest('cacheQuery');
      if (api.minCompressionBytes !== undefined) return rest('minCompressionBytes');
      const withBody = Object.entries(api.routes).find(([, { body }]) => body);
      if (withBody) return rest('routes');
      if (Object.values(api.routes).some(({ transform }) => transform)) return rest('routes');
      return api.apiKeys ? rest('apiKeys') : undefined;
    }),
  },
  {
    id: 'api-cache-query',
    title: 'A cache knows by which query parameters answers differ',
    severity: 'warning',
    check: each(({ kind, cacheGb, cacheQuery }) => {
      if (kind !== 'rest') return undefined;
      if (cacheGb === undefined)
        return cacheQuery && ['cacheQuery', 'there is no cache to keep answers in', 'add cacheGb, or remove it'];
      return cacheQuery
        ? undefined
        : [
            'cacheGb',
            'the cache takes every query for the same: ?page=2 is answered with what ?page=1 was',
            'write cacheQuery with the names that matter, such as [page], or [] if none does',
          ];
    }),
  },
  {
    id: 'api-quota',
    title: 'A quota counts the requests of keys',
    severity: 'error',
    check: each(({ quota, apiKeys }) =>
      quota && !apiKeys ? ['quota', 'a quota counts by key, and there are none', 'add apiKeys: true'] : undefined,
    ),
  },
  {
    id: 'api-scopes',
    title: 'Scopes are of tokens that API Gateway reads itself',
    severity: 'error',
    check: each(({ kind, authorizer, routes }) => {
      const [key, { open } = { open: false }] =
        Object.entries(routes).find(([, { scopes }]) => scopes.length > 0) ?? [];
      if (key === undefined) return undefined;
      if (open) return ['routes', `${key} is open to everybody and wants scopes`, 'keep one of the two'];
      const reads = authorizer.kind === 'cognito' || (authorizer.kind === 'jwt' && kind === 'http');
      return reads
        ? undefined
        : [
            'routes',
            `${key} wants scopes, which authorizer ${authorizer.kind} does not look at`,
            'use cognito, or jwt with kind: http',
          ];
    }),
  },
  {
    id: 'api-route-paths',
    title: 'A path has one name for each of its variables',
    severity: 'error',
    check: each(({ kind, routes }) => {
      if (kind !== 'rest') return undefined;
      const names = new Map<string, string>();
      for (const key of Object.keys(routes)) {
        const parts = key.split(' ')[1]!.split('/').slice(1);
        for (const [index, part] of parts.entries()) {
          const place = parts.slice(0, index).join('/');
          if (!part.startsWith('{')) continue;
          const other = names.get(place);
          // API Gateway refuses a second variable beside the first.
          if (other !== undefined && other !== part)
            return ['routes', `/${place} is followed by ${other} and by ${part}`, `write ${other} in both`];
          names.set(place, part);
        }
      }
      return undefined;
    }),
  },
  {
    id: 'api-transform',
    title: 'A transformed request takes each value from one place',
    severity: 'error',
    check: each(({ cors, routes }) => {
      for (const [key, { transform }] of Object.entries(routes)) {
        if (!transform) continue;
        const inPath = [...key.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
        const sources = Object.values(transform.request).map((source) => source.split('.'));
        for (const [place, name = ''] of sources) {
          if (place === 'path' && !inPath.includes(name))
            return [
              'routes',
              `${key} has no {${name}} in its path`,
              `write one of ${inPath.join(', ') || 'the query'}`,
            ];
          // API Gateway looks for a name in path, query and headers, in this order.
          const others = { path: [], query: ['path'], header: ['path', 'query'] }[place ?? ''] ?? [];
          if (others.some((other) => sources.some(([one, its]) => one === other && its === name)))
            return ['routes', `${key} takes ${name} from ${place} and from elsewhere`, 'give them different names'];
          if (place === 'query' && inPath.includes(name))
            return [
              'routes',
              `${key} takes ${name} from the query, and has it in its path`,
              'give them different names',
            ];
        }
        if (cors && cors.origins.length > 1)
          return [
            'cors.origins',
            `${key} is transformed, and its answers can allow one origin only`,
            'name one origin',
          ];
      }
      return undefined;
    }),
  },
  {
    id: 'prod-data-trace',
    title: 'No request bodies stand in production logs',
    severity: PROD_ERROR,
    check: each(({ logging }) =>
      logging.dataTrace ? ['logging.dataTrace', 'request bodies would be logged', 'write dataTrace: false'] : undefined,
    ),
  },
  {
    id: 'prod-open-api',
    title: 'A production API knows who calls',
    severity: PROD_WARNING,
    check: each(({ authorizer, apiKeys }) =>
      authorizer.kind === 'none' && !apiKeys ? ['authorizer', 'everybody may call', 'add an authorizer'] : undefined,
    ),
  },
  {
    id: 'prod-cors',
    title: 'In production only named origins may call',
    severity: PROD_ERROR,
    check: function* ({ blocks }) {
      const open = (path: string[]): Finding => ({
        path,
        message: `${path[0]}.${path[1]}: CORS allows every origin`,
        remedy: 'name the origins, such as https://app.example.com',
      });
      for (const [name, { cors }] of Object.entries(blocks.apis))
        if (cors?.origins.includes('*')) yield open(['apis', name, 'cors', 'origins']);
      for (const [name, { cors }] of Object.entries(blocks.buckets))
        if (cors.includes('*')) yield open(['buckets', name, 'cors']);
      for (const [name, site] of Object.entries(blocks.sites))
        if (site.kind === 'media' && site.corsOrigins.includes('*')) yield open(['sites', name, 'corsOrigins']);
    },
  },
];
