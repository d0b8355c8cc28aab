import type { Properties, ResourceProvider } from '../../kernel/resource-provider.ts';
import type { Call, TableDefinition } from '../../kernel/scope.ts';
import { domainProvider, mappingProvider } from '../apigateway/domain-types.ts';
import { badRequest, conflict, notFound } from '../apigateway/refusals.ts';
import { freshId, mappings } from '../apigateway/state.ts';
import { authorizers, deployments, type HttpPart, httpApis, integrations, partsOf, routes, stages } from './state.ts';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const MOST_MS = 30_000;

const endpointOf = (id: string, { region }: Call): string => `https://${id}.execute-api.${region}.amazonaws.com`;

type Tags = Record<string, string>;

/** Here tags are a map. */
const tagsOf = (properties: Properties, stackTags: readonly { Key: string; Value: string }[]): Tags => ({
  ...Object.fromEntries(stackTags.map(({ Key, Value }) => [Key, Value])),
  ...properties.Tags,
});

export const api: ResourceProvider = {
  create(properties, { call, tags }) {
    if (properties.Body !== undefined || properties.BodyS3Location !== undefined)
      return {
        status: 'failed',
        reason: 'The sandbox does not read definitions of APIs: routes and integrations are needed',
      };
    if (properties.ProtocolType !== 'HTTP')
      return {
        status: 'failed',
        reason: `The sandbox simulates HTTP APIs, none of the protocol ${properties.ProtocolType}`,
      };
    checkCors(properties);
    const id = freshId();
    httpApis.in(call).put(id, {
      id,
      api: id,
      declared: properties,
      created: call.world.clock.stamp(),
      tags: tagsOf(properties, tags),
    });
    return { status: 'done', physicalId: id };
  },
  update({ after, physicalId }, { call, tags }) {
    checkCors(after);
    httpApis.in(call).update(physicalId, (draft) => {
      draft.declared = after;
      draft.tags = tagsOf(after, tags);
    });
    return { status: 'done', physicalId };
  },
  delete(_properties, physicalId, { call }) {
    if (
      mappings
        .in(call)
        .values()
        .some((row) => row.api === physicalId)
    )
      throw badRequest('Please remove all API mappings related to the API in your domains before deleting it.');
    for (const table of [routes, integrations, authorizers, stages, deployments])
      for (const { id } of partsOf(table, physicalId, call)) table.in(call).delete(`${physicalId}/${id}`);
    httpApis.in(call).delete(physicalId);
    return { status: 'done', physicalId };
  },
  read(physicalId, _properties, { call }) {
    const row = httpApis.in(call).get(physicalId);
    return row && { ...structuredClone(row.declared), ApiId: row.id, ApiEndpoint: endpointOf(row.id, call) };
  },
};

function checkCors({ CorsConfiguration: cors }: Properties): void {
  if (String(cors?.AllowCredentials ?? false) === 'true' && cors.AllowOrigins?.includes('*'))
    throw badRequest('AllowOrigins can not be * when AllowCredentials is true');
}

interface Options {
  key?: (properties: Properties) => string;
  check?: (properties: Properties, call: Call, key: string) => void;
  checkDelete?: (part: HttpPart, call: Call) => void;
  attributes?: (part: HttpPart) => Properties;
}

/** What belongs to an API, kept as it was declared. */
function part(table: TableDefinition<HttpPart>, { key, check, checkDelete, attributes }: Options): ResourceProvider {
  const place = (properties: Properties, id: string) => `${properties.ApiId}/${id}`;
  return {
    create(properties, { call, tags }) {
      if (!httpApis.in(call).has(properties.ApiId))
        throw notFound(`Invalid API identifier specified ${call.account}:${properties.ApiId}`);
      const id = key?.(properties) ?? freshId(7);
      check?.(properties, call, id);
      if (key && table.in(call).has(place(properties, id))) throw conflict(`${id} already exists`);
      table.in(call).put(place(properties, id), {
        id,
        api: properties.ApiId,
        declared: properties,
        created: call.world.clock.stamp(),
        tags: tagsOf({ Tags: table === stages ? properties.Tags : undefined }, tags),
      });
      return { status: 'done', physicalId: id };
    },
    update({ after, physicalId }, { call }) {
      check?.(after, call, physicalId);
      table.in(call).update(place(after, physicalId), (draft) => {
        draft.declared = after;
      });
      return { status: 'done', physicalId };
    },
    delete(properties, physicalId, { call }) {
      const row = table.in(call).get(place(properties, physicalId));
      if (row) checkDelete?.(row, call);
      table.in(call).delete(place(properties, physicalId));
      return { status: 'done', physicalId };
    },
    read(physicalId, properties, { call }) {
      const row = table.in(call).get(place(properties, physicalId));
      return row && { ...structuredClone(row.declared), ...attributes?.(row) };
    },
  };
}

export const integration = part(integrations, {
  check({ IntegrationType, IntegrationUri, PayloadFormatVersion, TimeoutInMillis = MOST_MS }) {
    if (!['AWS_PROXY', 'HTTP_PROXY'].includes(IntegrationType))
      throw badRequest(`HTTP APIs do not support integrations of the type ${IntegrationType}`);
    if (!IntegrationUri) throw badRequest('IntegrationUri is required');
    if (IntegrationType === 'AWS_PROXY' && !['1.0', '2.0'].includes(PayloadFormatVersion))
      throw badRequest('PayloadFormatVersion is a required parameter for integrations of type AWS_PROXY');
    if (Number(TimeoutInMillis) < 50 || Number(TimeoutInMillis) > MOST_MS)
      throw badRequest(`Timeout should be between 50 ms and ${MOST_MS} ms`);
  },
  checkDelete({ id, api: apiId }, call) {
    if (partsOf(routes, apiId, call).some(({ declared }) => declared.Target === `integrations/${id}`))
      throw conflict(`Cannot delete Integration with id '${id}', it is referenced by a route`);
  },
  attributes: ({ id }) => ({ IntegrationId: id }),
});

export const route = part(routes, {
  check({ ApiId, RouteKey, Target, AuthorizationType = 'NONE', AuthorizerId }, call, key) {
    if (!/^(?:\$default|(?:ANY|GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) \/\S*)$/.test(RouteKey))
      throw badRequest(
        'The provided route key is not formatted properly for HTTP protocol. Format should be "<HTTP METHOD> /<RESOURCE PATH>" or "$default"',
      );
    if (partsOf(routes, ApiId, call).some(({ id, declared }) => declared.RouteKey === RouteKey && id !== key))
      throw conflict(`Route with key ${RouteKey} already exists for this API`);
    if (Target !== undefined && !integrations.in(call).has(`${ApiId}/${Target.replace('integrations/', '')}`))
      throw badRequest('Invalid Integration identifier specified');
    if (['JWT', 'CUSTOM'].includes(AuthorizationType) && !authorizers.in(call).has(`${ApiId}/${AuthorizerId}`))
      throw badRequest('Invalid Authorizer identifier specified');
  },
  attributes: ({ id }) => ({ RouteId: id }),
});

export const authorizer = part(authorizers, {
  check({ AuthorizerType, JwtConfiguration, AuthorizerUri, IdentitySource = [] }) {
    if (AuthorizerType === 'JWT') {
      if (!JwtConfiguration?.Issuer || !JwtConfiguration.Audience?.length)
        throw badRequest('JwtConfiguration with an issuer and an audience is required');
      if (IdentitySource.length !== 1) throw badRequest('IdentitySource of a JWT authorizer must be one expression');
    } else if (!AuthorizerUri) throw badRequest('AuthorizerUri is required');
  },
  attributes: ({ id }) => ({ AuthorizerId: id }),
});

export const stage = part(stages, {
  key: ({ StageName }) => StageName,
  check({ AccessLogSettings }) {
    if (AccessLogSettings?.DestinationArn && !/^arn:[^:]+:(?:logs|firehose):/.test(AccessLogSettings.DestinationArn))
      throw badRequest(`Invalid ARN specified in the request: ${AccessLogSettings.DestinationArn}`);
  },
});

export const deployment = part(deployments, { attributes: ({ id }) => ({ DeploymentId: id }) });

export const domainName = domainProvider(
  ({ DomainNameConfigurations }) => DomainNameConfigurations?.[0]?.CertificateArn,
);

export const apiMapping = mappingProvider(
  ({ DomainName, ApiMappingKey, ApiId, Stage }) => ({
    domain: DomainName,
    path: ApiMappingKey || '(none)',
    api: ApiId,
    stage: Stage,
  }),
  ({ api: apiId, stage: name }, call) => stages.in(call).has(`${apiId}/${name}`),
  (_place, id) => id,
);
