import type { ApiAuthorizer, ApiSettings } from '../../infra/api-settings.ts';
import type { FunctionSettings } from '../../infra/function-settings.ts';
import type { OnDelete, Text } from '../../infra/setting-values.ts';
import type { Api } from '../config/blocks/api.ts';
import type { Blocks } from '../config/blocks.ts';
import { lambdaRuntime, NEWEST_NODE } from '../domain/lambda-runtimes.ts';

export interface ApiNames {
  blocks: Blocks;
  project: string;
  env: string;
}

export function apiSettings({ blocks, project, env }: ApiNames, onDelete: OnDelete): Record<string, ApiSettings> {
  return Object.fromEntries(
    Object.entries(blocks.apis).map(([name, api]) => {
      const { kind, description, stage, domain, certificate, cors, validation, throttle, logging } = api;
      const settings: ApiSettings = {
        kind,
        // CloudWatch knows a REST API by its name alone, and an account has several environments.
        name: api.name ?? `${project}-${env}-${name}`,
        ...(description ? { description } : {}),
        stage,
        handler: api.handler.replace(/^fn\./, ''),
        ...(domain
          ? { domain: { name: domain, ...(certificate.startsWith('arn:') ? { certificateArn: certificate } : {}) } }
          : {}),
        authorizer: authorizerOf(name, api, { blocks, onDelete }),
        ...(cors ? { cors } : {}),
        validate: {
          body: validation === 'body' || validation === 'both',
          parameters: validation === 'params' || validation === 'both',
        },
        ...(throttle ? { throttle } : {}),
        logging: {
          level: ({ off: 'OFF', error: 'ERROR', info: 'INFO' } as const)[logging.level],
          dataTrace: logging.dataTrace,
          access: logging.access,
        },
        ...(api.waf ? { waf: { ratePer5Min: blocks.edge.ratePer5Min } } : {}),
        ...(api.cacheGb === undefined ? {} : { cacheGb: api.cacheGb }),
        ...(api.cacheGb !== undefined && api.cacheQuery ? { cacheQuery: [...new Set(api.cacheQuery)] } : {}),
        ...(api.minCompressionBytes === undefined ? {} : { minCompressionBytes: api.minCompressionBytes }),
        apiKeys: api.apiKeys,
        ...(api.quota ? { quota: { limit: api.quota.limit, period: PERIODS[api.quota.period] } } : {}),
        ...routesOf(api),
      };
      return [name, settings];
    }),
  );
}

const PERIODS = { day: 'DAY', week: 'WEEK', month: 'MONTH' } as const;

function routesOf({ routes }: Api): Pick<ApiSettings, 'routes'> {
  const found = Object.entries(routes).map(([key, { handler, open, scopes, body, transform }]) => [
    key,
    {
      ...(handler ? { handler: handler.replace(/^fn\./, '') } : {}),
      open,
      scopes,
      ...(body ? { body } : {}),
      ...(transform ? { transform } : {}),
    },
  ]);
  return found.length > 0 ? { routes: Object.fromEntries(found) } : {};
}

function authorizerOf(
  name: string,
  { kind, authorizer }: Api,
  { blocks, onDelete }: { blocks: Blocks; onDelete: OnDelete },
): ApiAuthorizer {
  switch (authorizer.kind) {
    case 'none':
      return { kind: 'none' };
    case 'jwt-lambda':
      return { kind: 'function', name: authorizerName(name, blocks), cacheSeconds: authorizer.cacheSeconds };
    case 'jwt':
      // A REST API looks at no tokens of others by itself.
      return kind === 'rest'
        ? { kind: 'function', name: authorizerName(name, blocks), cacheSeconds: TOKEN_SECONDS }
        : { kind: 'jwt', issuer: authorizer.issuer, audience: authorizer.audience };
    case 'cognito':
      return {
        kind: 'cognito',
        mfa: ({ off: 'OFF', optional: 'OPTIONAL', required: 'ON' } as const)[authorizer.mfa],
        groups: authorizer.groups,
        onDelete,
      };
  }
}

const TOKEN_SECONDS = 300;

/** The function that answers for an API's tokens; a function of the configuration keeps its name. */
export function authorizerName(api: string, { functions }: Blocks): string {
  const name = `${api}-authorizer`;
  return Object.hasOwn(functions, name) ? `${name}-of-platform` : name;
}

/** Functions that APIs need beside those that are configured. */
export function authorizerFunctions(blocks: Blocks): Record<string, FunctionSettings> {
  return Object.fromEntries(
    Object.entries(blocks.apis).flatMap(([name, api]) => {
      const found = tokensOf(api);
      return found ? [[authorizerName(name, blocks), authorizerFunction(found)] as const] : [];
    }),
  );
}

interface Tokens {
  uses: FunctionSettings['uses'];
  environment: Record<string, Text>;
}

function tokensOf({ kind, authorizer }: Api): Tokens | undefined {
  if (authorizer.kind === 'jwt-lambda') {
    const [block = '', key = ''] = authorizer.secret.split('#');
    const name = block.replace(/^secret\./, '');
    return {
      uses: [{ kind: 'secret', name }],
      environment: {
        JWT_ALGORITHMS: ['HS256'],
        JWT_SECRET_ARN: [{ of: 'secret-arn', name }],
        JWT_SECRET_KEY: [key],
        ...(authorizer.context.length > 0 ? { JWT_CONTEXT: [authorizer.context.join(',')] } : {}),
      },
    };
  }
  if (authorizer.kind !== 'jwt' || kind !== 'rest') return undefined;
  const issuer = authorizer.issuer.replace(/\/$/, '');
  return {
    uses: [],
    environment: {
      JWT_ISSUER: [authorizer.issuer],
      JWT_AUDIENCE: [authorizer.audience.join(',')],
      JWT_JWKS_URL: [authorizer.keys ?? `${issuer}/.well-known/jwks.json`],
    },
  };
}

const authorizerFunction = ({ uses, environment }: Tokens): FunctionSettings => ({
  source: 'builtin:jwt-authorizer',
  handler: 'index.handler',
  runtime: lambdaRuntime(NEWEST_NODE),
  architecture: 'arm64',
  memoryMiB: 256,
  timeoutSeconds: 10,
  uses,
  environment,
  deadLetters: false,
  rollout: { type: 'all-at-once' },
});
