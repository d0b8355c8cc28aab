import type { Call } from '../../kernel/scope.ts';
import { associations } from '../wafv2/state.ts';
import { logRoleOf, setLogRole } from './logging.ts';
import { badRequest, notFound, pageOf } from './refusals.ts';
import {
  type ApiKeyRow,
  apiKeys,
  type Declared,
  type DomainRow,
  deployments,
  domains,
  mappings,
  methods,
  type Part,
  partsOf,
  type RestApiRow,
  resources,
  restApis,
  stages,
  usagePlans,
} from './state.ts';

export type Input = Record<string, never> & { restApiId?: string; position?: string; limit?: number };

/** Names of CloudFormation's properties begin with a capital letter, members of this API with a small one. */
function lowered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lowered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name[0]!.toLowerCase() + name.slice(1), lowered(each)]),
  );
}

export const pick = (declared: Declared, ...names: string[]): Record<string, unknown> =>
  Object.fromEntries(
    names
      .filter((name) => declared[name] !== undefined)
      .map((name) => [name[0]!.toLowerCase() + name.slice(1), lowered(declared[name])]),
  );

const tagged = (tags: Record<string, string> | undefined) => (tags && Object.keys(tags).length > 0 ? { tags } : {});

const apiAnswer = (row: RestApiRow) => ({
  id: row.id,
  ...pick(row.declared, 'Name', 'Description', 'BinaryMediaTypes', 'MinimumCompressionSize'),
  createdDate: new Date(row.created),
  apiKeySource: row.declared.ApiKeySourceType ?? 'HEADER',
  endpointConfiguration: { types: row.declared.EndpointConfiguration?.Types ?? ['EDGE'] },
  disableExecuteApiEndpoint: String(row.declared.DisableExecuteApiEndpoint ?? false) === 'true',
  rootResourceId: row.rootId,
  ...tagged(row.tags),
});

export function foundApi(api: string | undefined, call: Call): RestApiRow {
  const row = restApis.in(call).get(api ?? '');
  if (!row) throw notFound('Invalid API identifier specified');
  return row;
}

export const getRestApi = ({ restApiId }: Input, call: Call) => apiAnswer(foundApi(restApiId, call));

export const getRestApis = (input: Input, call: Call) => {
  const { items, ...end } = pageOf(restApis.in(call).values(), input);
  return { items: items.map(apiAnswer), ...end };
};

/** The firewall before a stage, if one is. */
const webAclOf = (arn: string, call: Call) => {
  const row = associations.in(call).get(arn);
  return row ? { webAclArn: row.webAcl } : {};
};

/** What a stage says of its methods, by `<path>/<method>`: what was not said is what API Gateway does by itself. */
const methodSettings = (declared: Declared) =>
  Object.fromEntries(
    (declared.MethodSettings ?? []).map((each: Declared) => {
      const path = String(each.ResourcePath ?? '/*')
        .replace(/^\//, '')
        .replaceAll('/', '~1');
      const isOn = (name: string) => String(each[name] ?? false) === 'true';
      return [
        `${path === '*' ? '*' : `~1${path}`}/${each.HttpMethod ?? '*'}`,
        {
          metricsEnabled: isOn('MetricsEnabled'),
          loggingLevel: each.LoggingLevel ?? 'OFF',
          dataTraceEnabled: isOn('DataTraceEnabled'),
          throttlingBurstLimit: Number(each.ThrottlingBurstLimit ?? 5_000),
          throttlingRateLimit: Number(each.ThrottlingRateLimit ?? 10_000),
          cachingEnabled: isOn('CachingEnabled'),
          cacheTtlInSeconds: Number(each.CacheTtlInSeconds ?? 300),
          cacheDataEncrypted: isOn('CacheDataEncrypted'),
          requireAuthorizationForCacheControl: true,
          unauthorizedCacheControlHeaderStrategy: 'SUCCEED_WITH_RESPONSE_HEADER',
        },
      ];
    }),
  );

const stageAnswer = ({ api, declared, created, tags }: Part, call: Call) => ({
  stageName: declared.StageName,
  deploymentId: declared.DeploymentId,
  ...pick(declared, 'Description', 'Variables'),
  cacheClusterEnabled: String(declared.CacheClusterEnabled ?? false) === 'true',
  ...(String(declared.CacheClusterEnabled) === 'true' && {
    cacheClusterSize: String(declared.CacheClusterSize ?? '0.5'),
  }),
  cacheClusterStatus: String(declared.CacheClusterEnabled) === 'true' ? 'AVAILABLE' : 'NOT_AVAILABLE',
  methodSettings: methodSettings(declared),
  ...webAclOf(`arn:aws:apigateway:${call.region}::/restapis/${api}/stages/${declared.StageName}`, call),
  ...(declared.AccessLogSetting && { accessLogSettings: lowered(declared.AccessLogSetting) }),
  tracingEnabled: String(declared.TracingEnabled ?? false) === 'true',
  createdDate: new Date(created),
  lastUpdatedDate: new Date(created),
  ...tagged(tags),
});

export const getStages = ({ restApiId }: Input, call: Call) => ({
  item: partsOf(stages, foundApi(restApiId, call).id, call).map((row) => stageAnswer(row, call)),
});

export function getStage({ restApiId, stageName }: Input & { stageName?: string }, call: Call) {
  const row = stages.in(call).get(`${foundApi(restApiId, call).id}/${stageName}`);
  if (!row) throw notFound('Invalid stage identifier specified');
  return stageAnswer(row, call);
}

export const getDeployments = (input: Input, call: Call) => {
  const { items, ...end } = pageOf(partsOf(deployments, foundApi(input.restApiId, call).id, call), input);
  return {
    items: items.map(({ id, created, declared }) => ({
      id,
      createdDate: new Date(created),
      ...pick(declared, 'Description'),
    })),
    ...end,
  };
};

/** The root and all below it, with the methods that they have. */
export function getResources(input: Input, call: Call) {
  const { id: api, rootId } = foundApi(input.restApiId, call);
  const all = partsOf(resources, api, call);
  const pathOf = (id: string): string => {
    const row = all.find((each) => each.id === id);
    return row ? `${pathOf(row.declared.ParentId)}/${row.declared.PathPart}` : '';
  };
  const methodsOf = (id: string) =>
    Object.fromEntries(
      partsOf(methods, api, call)
        .filter(({ declared }) => declared.ResourceId === id)
        .map(({ declared }) => [declared.HttpMethod, {}]),
    );
  const withMethods = (id: string) => {
    const own = methodsOf(id);
    return Object.keys(own).length > 0 ? { resourceMethods: own } : {};
  };
  const { items, ...end } = pageOf(
    [
      { id: rootId, path: '/', ...withMethods(rootId) },
      ...all.map(({ id, declared }) => ({
        id,
        parentId: declared.ParentId,
        pathPart: declared.PathPart,
        path: pathOf(id),
        ...withMethods(id),
      })),
    ],
    input,
  );
  return { items, ...end };
}

const keyAnswer = (row: ApiKeyRow, call: Call, withValue: boolean) => ({
  id: row.id,
  ...(withValue && { value: row.value }),
  name: row.name,
  ...(row.description !== undefined && { description: row.description }),
  enabled: row.enabled,
  createdDate: new Date(row.created),
  lastUpdatedDate: new Date(row.updated),
  stageKeys: usagePlans
    .in(call)
    .values()
    .flatMap(({ keys, declared }) =>
      keys.includes(row.id) ? (declared.ApiStages ?? []).map((each: Declared) => `${each.ApiId}/${each.Stage}`) : [],
    ),
  ...tagged(row.tags),
});

export function keyRow(id: string | undefined, call: Call): ApiKeyRow {
  const row = apiKeys.in(call).get(id ?? '');
  if (!row) throw notFound('Invalid API Key identifier specified');
  return row;
}

export const getApiKey = ({ apiKey, includeValue = false }: { apiKey?: string; includeValue?: boolean }, call: Call) =>
  keyAnswer(keyRow(apiKey, call), call, includeValue);

export function getApiKeys(input: Input & { includeValues?: boolean; nameQuery?: string }, call: Call) {
  const rows = apiKeys
    .in(call)
    .values()
    .filter(({ name }) => name.startsWith(input.nameQuery ?? ''));
  const { items, ...end } = pageOf(rows, input);
  return { items: items.map((row) => keyAnswer(row, call, input.includeValues ?? false)), ...end };
}

export function planAnswer({ id, declared, tags }: { id: string; declared: Declared; tags: Record<string, string> }) {
  return {
    id,
    name: declared.UsagePlanName,
    ...pick(declared, 'Description', 'Throttle', 'Quota'),
    apiStages: (declared.ApiStages ?? []).map((each: Declared) => ({
      apiId: each.ApiId,
      stage: each.Stage,
      ...(each.Throttle && {
        throttle: Object.fromEntries(Object.entries(each.Throttle).map(([path, value]) => [path, lowered(value)])),
      }),
    })),
    ...tagged(tags),
  };
}

export function getUsagePlans(input: Input, call: Call) {
  const { items, ...end } = pageOf(usagePlans.in(call).values(), input);
  return { items: items.map(planAnswer), ...end };
}

const domainAnswer = (row: DomainRow) => ({
  domainName: row.name,
  ...pick(row.declared, 'CertificateArn', 'RegionalCertificateArn', 'SecurityPolicy'),
  regionalDomainName: row.regionalName,
  regionalHostedZoneId: row.hostedZoneId,
  domainNameStatus: 'AVAILABLE',
  ...tagged(row.tags),
});

export const getDomainNames = (input: Input, call: Call) => {
  const { items, ...end } = pageOf(domains.in(call).values(), input);
  return { items: items.map(domainAnswer), ...end };
};

export function getDomainName({ domainName }: { domainName?: string }, call: Call) {
  const row = domains.in(call).get(domainName ?? '');
  if (!row) throw notFound('Invalid domain name identifier specified');
  return domainAnswer(row);
}

export function getBasePathMappings(input: Input & { domainName?: string }, call: Call) {
  getDomainName(input, call);
  const rows = mappings
    .in(call)
    .values()
    .filter(({ domain }) => domain === input.domainName);
  const { items, ...end } = pageOf(rows, input);
  return { items: items.map(({ path, api, stage }) => ({ basePath: path, restApiId: api, stage })), ...end };
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html: of the account, in a region. */
const accountAnswer = (call: Call) => {
  const role = logRoleOf(call);
  return {
    ...(role !== undefined && { cloudwatchRoleArn: role }),
    throttleSettings: { burstLimit: 5_000, rateLimit: 10_000 },
    features: ['UsagePlans'],
    apiKeyVersion: '4',
  };
};

export const getAccount = (_input: object, call: Call) => accountAnswer(call);

export function updateAccount(
  { patchOperations = [] }: { patchOperations?: { op?: string; path?: string; value?: string }[] },
  call: Call,
) {
  for (const { op, path, value } of patchOperations) {
    if (path !== '/cloudwatchRoleArn')
      throw badRequest(`Invalid patch path ${path}. Must be one of: [/cloudwatchRoleArn]`);
    setLogRole(op === 'remove' ? undefined : value, call);
  }
  return accountAnswer(call);
}
