import type { Properties, ResourceContext, ResourceProvider } from '../../kernel/resource-provider.ts';
import type { Call } from '../../kernel/scope.ts';
import { logRoleOf, requireLogRole, setLogRole } from './logging.ts';
import { requireApi } from './parts.ts';
import { badRequest, conflict } from './refusals.ts';
import {
  authorizers,
  deployments,
  freshId,
  gatewayResponses,
  mappings,
  methods,
  models,
  partsOf,
  resources,
  restApis,
  stages,
  validators,
} from './state.ts';

export const tagsOf = (properties: Properties, stackTags: ResourceContext['tags']): Record<string, string> =>
  Object.fromEntries([...stackTags, ...(properties.Tags ?? [])].map(({ Key, Value }) => [Key, Value]));

export const restApi: ResourceProvider = {
  create(properties, { call, tags }) {
    if (properties.Body !== undefined || properties.BodyS3Location !== undefined)
      return {
        status: 'failed',
        reason: 'The sandbox does not read definitions of APIs: resources and methods are needed',
      };
    const id = freshId();
    restApis.in(call).put(id, {
      id,
      api: id,
      rootId: freshId(),
      declared: properties,
      created: call.world.clock.stamp(),
      tags: tagsOf(properties, tags),
    });
    return { status: 'done', physicalId: id };
  },
  update({ after, physicalId }, { call, tags }) {
    restApis.in(call).update(physicalId, (draft) => {
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
        .some(({ api }) => api === physicalId)
    )
      throw badRequest('Please remove all base path mappings related to the API in your domains before deleting it.');
    for (const table of [resources, methods, authorizers, validators, models, gatewayResponses, stages, deployments])
      for (const { id } of partsOf(table as typeof resources, physicalId, call))
        table.in(call).delete(`${physicalId}/${id}`);
    restApis.in(call).delete(physicalId);
    return { status: 'done', physicalId };
  },
  read(physicalId, _properties, { call }) {
    const row = restApis.in(call).get(physicalId);
    return row && { ...structuredClone(row.declared), RestApiId: row.id, RootResourceId: row.rootId };
  },
};

function deploy(api: string, declared: Properties, call: Call): string {
  requireApi(api, call);
  const declaredMethods = partsOf(methods, api, call);
  if (declaredMethods.length === 0) throw badRequest("The REST API doesn't contain any methods");
  const bare = declaredMethods.find((each) => !each.declared.Integration);
  if (bare) throw badRequest(`No integration defined for method`);
  const id = freshId(6);
  deployments.in(call).put(`${api}/${id}`, {
    id,
    api,
    declared,
    created: call.world.clock.stamp(),
    rootId: restApis.in(call).get(api)!.rootId,
    resources: partsOf(resources, api, call),
    methods: declaredMethods,
    authorizers: partsOf(authorizers, api, call),
    validators: partsOf(validators, api, call),
    models: partsOf(models, api, call),
    gatewayResponses: partsOf(gatewayResponses, api, call),
  });
  return id;
}

export const deployment: ResourceProvider = {
  create(properties, { call }) {
    const { RestApiId, StageName, StageDescription } = properties;
    const id = deploy(RestApiId, properties, call);
    if (StageName !== undefined) putStage({ ...StageDescription, RestApiId, StageName, DeploymentId: id }, call);
    return { status: 'done', physicalId: id, attributes: { DeploymentId: id } };
  },
  update: ({ physicalId }) => ({ status: 'done', physicalId }),
  delete({ RestApiId, StageName }, physicalId, { call }) {
    if (StageName !== undefined) stages.in(call).delete(`${RestApiId}/${StageName}`);
    if (partsOf(stages, RestApiId, call).some(({ declared }) => declared.DeploymentId === physicalId))
      throw badRequest('Active stages pointing to this deployment must be moved or deleted');
    deployments.in(call).delete(`${RestApiId}/${physicalId}`);
    return { status: 'done', physicalId };
  },
  read(physicalId, properties, { call }) {
    return deployments.in(call).has(`${properties.RestApiId}/${physicalId}`)
      ? { ...properties, DeploymentId: physicalId }
      : undefined;
  },
};

function putStage(properties: Properties, call: Call, tags: Record<string, string> = {}): void {
  const { RestApiId, StageName, DeploymentId, AccessLogSetting, MethodSettings = [] } = properties;
  requireApi(RestApiId, call);
  if (!deployments.in(call).has(`${RestApiId}/${DeploymentId}`)) throw badRequest('Deployment id does not exist');
  if (!/^\w[\w-]*$/.test(StageName)) throw badRequest('Stage name only allows a-zA-Z0-9_-');
  const logs = (MethodSettings as Properties[]).some(({ LoggingLevel = 'OFF' }) => LoggingLevel !== 'OFF');
  requireLogRole(logs || Boolean(AccessLogSetting?.DestinationArn), call);
  if (AccessLogSetting?.DestinationArn && !/^arn:[^:]+:(?:logs|firehose):/.test(AccessLogSetting.DestinationArn))
    throw badRequest(`Invalid ARN specified in the request: ${AccessLogSetting.DestinationArn}`);
  if (
    AccessLogSetting?.Format &&
    !AccessLogSetting.Format.includes('$context.requestId') &&
    !AccessLogSetting.Format.includes('$context.extendedRequestId')
  )
    throw badRequest('Access Log format must contain at least $context.requestId or $context.extendedRequestId');
  const key = `${RestApiId}/${StageName}`;
  const created = stages.in(call).get(key)?.created ?? call.world.clock.stamp();
  stages.in(call).put(key, { id: StageName, api: RestApiId, declared: properties, created, tags });
}

export const stage: ResourceProvider = {
  create(properties, { call, tags }) {
    if (stages.in(call).has(`${properties.RestApiId}/${properties.StageName}`)) throw conflict('Stage already exists');
    putStage(properties, call, tagsOf(properties, tags));
    return { status: 'done', physicalId: properties.StageName };
  },
  update({ after, physicalId }, { call, tags }) {
    putStage(after, call, tagsOf(after, tags));
    return { status: 'done', physicalId };
  },
  delete({ RestApiId }, physicalId, { call }) {
    stages.in(call).delete(`${RestApiId}/${physicalId}`);
    return { status: 'done', physicalId };
  },
  read(physicalId, { RestApiId }, { call }) {
    const row = stages.in(call).get(`${RestApiId}/${physicalId}`);
    return row && structuredClone(row.declared);
  },
};

/** There is one account. A stack that goes does not take its role back: https://github.com/aws/aws-cdk/issues/6194 */
export const accountSettings: ResourceProvider = {
  create({ CloudWatchRoleArn }, { call, generateName }) {
    setLogRole(CloudWatchRoleArn, call);
    const physicalId = generateName({ maxLength: 64 });
    return { status: 'done', physicalId, attributes: { Id: physicalId } };
  },
  update({ after, physicalId }, { call }) {
    setLogRole(after.CloudWatchRoleArn, call);
    return { status: 'done', physicalId };
  },
  delete: (_properties, physicalId) => ({ status: 'done', physicalId }),
  read(physicalId, _properties, { call }) {
    const role = logRoleOf(call);
    return { Id: physicalId, ...(role !== undefined && { CloudWatchRoleArn: role }) };
  },
};
