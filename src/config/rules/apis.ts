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
      if (api.cacheGb !== undefined) return rest('cacheGb');
      if (api.minCompressionBytes !== undefined) return rest('minCompressionBytes');
      return api.apiKeys ? rest('apiKeys') : undefined;
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
