import { createHash } from 'node:crypto';
import type { Call } from '../../kernel/scope.ts';
import { foundApi, getDomainName, type Input, keyRow, pick, planAnswer } from './reads.ts';
import { notFound, pageOf } from './refusals.ts';
import {
  authorizers,
  type Declared,
  deployments,
  gatewayResponses,
  mappings,
  methods,
  models,
  type Part,
  partsOf,
  resources,
  restApis,
  stages,
  usagePlans,
  validators,
} from './state.ts';

const authorizerAnswer = ({ id, declared }: Part) => ({
  id,
  ...pick(
    declared,
    'Name',
    'Type',
    'ProviderARNs',
    'AuthType',
    'AuthorizerUri',
    'AuthorizerCredentials',
    'IdentitySource',
    'IdentityValidationExpression',
  ),
  authorizerResultTtlInSeconds: Number(declared.AuthorizerResultTtlInSeconds ?? 300),
});

export function getAuthorizers(input: Input, call: Call) {
  const { items, ...end } = pageOf(partsOf(authorizers, foundApi(input.restApiId, call).id, call), input);
  return { items: items.map(authorizerAnswer), ...end };
}

export function getAuthorizer({ restApiId, authorizerId }: Input & { authorizerId?: string }, call: Call) {
  const row = authorizers.in(call).get(`${foundApi(restApiId, call).id}/${authorizerId}`);
  if (!row) throw notFound('Invalid Authorizer identifier specified');
  return authorizerAnswer(row);
}

interface MethodInput extends Record<string, unknown> {
  restApiId?: string;
  resourceId?: string;
  httpMethod?: string;
}

const integrationAnswer = (declared: Declared, resourceId: string) => ({
  ...pick(declared, 'Type', 'Uri', 'ConnectionType', 'ConnectionId', 'Credentials', 'RequestParameters'),
  ...pick(declared, 'ContentHandling', 'CacheKeyParameters'),
  ...(declared.IntegrationHttpMethod !== undefined && { httpMethod: declared.IntegrationHttpMethod }),
  // Its keys are types of content: no names of ours.
  ...(declared.RequestTemplates && { requestTemplates: { ...declared.RequestTemplates } }),
  passthroughBehavior: declared.PassthroughBehavior ?? 'WHEN_NO_MATCH',
  timeoutInMillis: Number(declared.TimeoutInMillis ?? 29_000),
  cacheNamespace: declared.CacheNamespace ?? resourceId,
  ...(declared.IntegrationResponses && {
    integrationResponses: Object.fromEntries(
      declared.IntegrationResponses.map((each: Declared) => [
        String(each.StatusCode),
        {
          ...pick(each, 'SelectionPattern', 'ContentHandling'),
          statusCode: String(each.StatusCode),
          ...(each.ResponseParameters && { responseParameters: { ...each.ResponseParameters } }),
          ...(each.ResponseTemplates && { responseTemplates: { ...each.ResponseTemplates } }),
        },
      ]),
    ),
  }),
});

function foundMethod({ restApiId, resourceId, httpMethod }: MethodInput, call: Call): Declared {
  const { id } = foundApi(restApiId, call);
  foundResource({ restApiId, resourceId }, call);
  const row = partsOf(methods, id, call).find(
    ({ declared }) => declared.ResourceId === resourceId && declared.HttpMethod === httpMethod,
  );
  if (!row) throw notFound('Invalid Method identifier specified');
  return row.declared;
}

const methodAnswer = (declared: Declared) => ({
  ...pick(declared, 'HttpMethod', 'AuthorizationType', 'AuthorizerId', 'RequestValidatorId', 'OperationName'),
  ...pick(declared, 'AuthorizationScopes'),
  apiKeyRequired: String(declared.ApiKeyRequired ?? false) === 'true',
  ...(declared.RequestParameters && {
    requestParameters: Object.fromEntries(
      Object.entries(declared.RequestParameters).map(([name, value]) => [name, String(value) === 'true']),
    ),
  }),
  ...(declared.RequestModels && { requestModels: { ...declared.RequestModels } }),
  ...(declared.Integration && { methodIntegration: integrationAnswer(declared.Integration, declared.ResourceId) }),
  ...(declared.MethodResponses && {
    methodResponses: Object.fromEntries(
      declared.MethodResponses.map((each: Declared) => [
        String(each.StatusCode),
        {
          statusCode: String(each.StatusCode),
          ...(each.ResponseModels && { responseModels: { ...each.ResponseModels } }),
          ...(each.ResponseParameters && {
            responseParameters: Object.fromEntries(
              Object.entries(each.ResponseParameters).map(([name, value]) => [name, String(value) === 'true']),
            ),
          }),
        },
      ]),
    ),
  }),
});

export const getMethod = (input: MethodInput, call: Call) => methodAnswer(foundMethod(input, call));

export function getIntegration(input: MethodInput, call: Call) {
  const { Integration, ResourceId } = foundMethod(input, call);
  if (!Integration) throw notFound('No integration defined for method');
  return integrationAnswer(Integration, ResourceId);
}

function foundResource({ restApiId, resourceId }: MethodInput, call: Call): Part | undefined {
  const api = foundApi(restApiId, call);
  const row = resources.in(call).get(`${api.id}/${resourceId}`);
  if (!row && resourceId !== api.rootId) throw notFound('Invalid Resource identifier specified');
  return row;
}

export function getDeployment({ restApiId, deploymentId }: Input & { deploymentId?: string }, call: Call) {
  const row = deployments.in(call).get(`${foundApi(restApiId, call).id}/${deploymentId}`);
  if (!row) throw notFound('Invalid Deployment identifier specified');
  return { id: row.id, createdDate: new Date(row.created), ...pick(row.declared, 'Description') };
}

const DRAFT4 = 'http://json-schema.org/draft-04/schema#';

/** What every API begins with (recording test_api_gateway_request_validator_with_ref_models). */
const FIRST_MODELS = [
  {
    name: 'Empty',
    description: 'This is a default empty schema model',
    schema: { $schema: DRAFT4, title: 'Empty Schema', type: 'object' },
  },
  {
    name: 'Error',
    description: 'This is a default error schema model',
    schema: { $schema: DRAFT4, title: 'Error Schema', type: 'object', properties: { message: { type: 'string' } } },
  },
];

/** Models are known by their names here; the id that AWS gives each stands for nothing else. */
const modelId = (api: string, name: string): string =>
  createHash('sha256').update(`${api} ${name}`).digest('hex').slice(0, 6);

export function getModels(input: Input, call: Call) {
  const { id: api } = foundApi(input.restApiId, call);
  const own = partsOf(models, api, call).map(({ id, declared: { Schema, ContentType, Description } }) => ({
    name: id,
    ...(Description !== undefined && { description: Description }),
    ...(Schema !== undefined && { schema: typeof Schema === 'string' ? Schema : JSON.stringify(Schema) }),
    ...(ContentType !== undefined && { contentType: ContentType }),
  }));
  const first = FIRST_MODELS.map((model) => ({ ...model, schema: JSON.stringify(model.schema, null, 2) }));
  const { items, ...end } = pageOf([...first, ...own], input);
  return {
    items: items.map((model) => ({ id: modelId(api, model.name), contentType: 'application/json', ...model })),
    ...end,
  };
}

export function getRequestValidators(input: Input, call: Call) {
  const { items, ...end } = pageOf(partsOf(validators, foundApi(input.restApiId, call).id, call), input);
  return {
    items: items.map(({ id, declared }) => ({
      id,
      ...pick(declared, 'Name'),
      validateRequestBody: String(declared.ValidateRequestBody ?? false) === 'true',
      validateRequestParameters: String(declared.ValidateRequestParameters ?? false) === 'true',
    })),
    ...end,
  };
}

/** Those that the API has changed; the others stand as they come with API Gateway, and are left out here. */
export function getGatewayResponses(input: Input, call: Call) {
  const { items, ...end } = pageOf(partsOf(gatewayResponses, foundApi(input.restApiId, call).id, call), input);
  return {
    items: items.map(({ declared }) => ({
      ...pick(declared, 'ResponseType', 'StatusCode'),
      ...(declared.ResponseParameters && { responseParameters: { ...declared.ResponseParameters } }),
      ...(declared.ResponseTemplates && { responseTemplates: { ...declared.ResponseTemplates } }),
      defaultResponse: false,
    })),
    ...end,
  };
}

export function getBasePathMapping(input: Input & { domainName?: string; basePath?: string }, call: Call) {
  getDomainName(input, call);
  const row = mappings.in(call).get(`${input.domainName}/${input.basePath || '(none)'}`);
  if (!row) throw notFound('Invalid base path mapping identifier specified');
  return { basePath: row.path, restApiId: row.api, stage: row.stage };
}

function foundPlan(id: string | undefined, call: Call) {
  const row = usagePlans.in(call).get(id ?? '');
  if (!row) throw notFound('Invalid Usage Plan ID specified');
  return row;
}

export function getUsagePlan({ usagePlanId }: { usagePlanId?: string }, call: Call) {
  const row = foundPlan(usagePlanId, call);
  return { ...planAnswer(row), tags: { ...row.tags } };
}

export function getUsagePlanKeys(input: Input & { usagePlanId?: string; nameQuery?: string }, call: Call) {
  const keys = foundPlan(input.usagePlanId, call)
    .keys.map((id) => keyRow(id, call))
    .filter(({ name }) => name.startsWith(input.nameQuery ?? ''));
  const { items, ...end } = pageOf(keys, input);
  return { items: items.map(({ id, name, value }) => ({ id, type: 'API_KEY', name, value })), ...end };
}

/** Of what carries tags here: APIs, stages, keys, plans and domains, by the end of their ARN. */
export function getTags({ resourceArn = '' }: { resourceArn?: string }, call: Call) {
  const path = resourceArn.slice(resourceArn.indexOf('::/') + 3);
  const [, api, stage] = /^restapis\/([^/]+)(?:\/stages\/([^/]+))?$/.exec(path) ?? [];
  const [, plan] = /^usageplans\/([^/]+)$/.exec(path) ?? [];
  const [, key] = /^apikeys\/([^/]+)$/.exec(path) ?? [];
  const [, domain] = /^domainnames\/([^/]+)$/.exec(path) ?? [];
  if (stage !== undefined) {
    const row = stages.in(call).get(`${foundApi(api, call).id}/${stage}`);
    if (!row) throw notFound('Invalid stage identifier specified');
    return { tags: { ...row.tags } };
  }
  if (api !== undefined) return { tags: { ...restApis.in(call).get(foundApi(api, call).id)!.tags } };
  if (plan !== undefined) return { tags: { ...foundPlan(plan, call).tags } };
  if (key !== undefined) return { tags: { ...keyRow(key, call).tags } };
  if (domain !== undefined) return { tags: { ...getDomainName({ domainName: domain }, call).tags } };
  throw notFound(`Invalid Resource identifier specified`);
}
