import { randomUUID } from 'node:crypto';
import type { CreateServiceCommandInput, UpdateServiceCommandInput } from '@aws-sdk/client-ecs';
import type { Progress, Properties, ResourceContext, ResourceProvider } from '../../../kernel/resource-provider.ts';
import { defineTable } from '../../../kernel/scope.ts';
import { lastPart } from '../names.ts';
import { createService } from '../operations/create-service.ts';
import { deleteService } from '../operations/delete-service.ts';
import { updateService } from '../operations/update-service.ts';
import { primaryOf } from '../scheduler/current.ts';
import { SUPERSEDED } from '../scheduler/start-deployment.ts';
import { serviceAnswer } from '../service-answer.ts';
import { serviceDeployments, services } from '../state.ts';
import { ecsTags, fromProperties } from './from-properties.ts';
import { setTags } from './set-tags.ts';
import { toProperties } from './to-properties.ts';

/** What a stack waits for: the deployment that its create or update started, if it did, and since when (virtual time). */
const waits = defineTable<{ serviceDeploymentArn?: string; since: number }>('ecs.stack-waits');

const LOOK_MS = 15_000;
/** CloudFormation waits three hours for a service that does not become stable. https://repost.aws/knowledge-center/cloudformation-ecs-service-stabilize */
const PATIENCE_MS = 3 * 60 * 60_000;

/** AWS::ECS::Service: stable when its deployment is completed and the service is steady. `Ref` is the ARN. */
export const serviceProvider: ResourceProvider = {
  async create(properties, context) {
    const { tags: _tags, ...input } = inputOf<CreateServiceCommandInput>(properties);
    const { service } = await createService(
      {
        ...input,
        serviceName: input.serviceName ?? context.generateName({ maxLength: 255 }),
        desiredCount: input.desiredCount ?? 1,
        tags: ecsTags(properties.Tags, context.tags),
      },
      context.call,
    );
    return awaited(service!.serviceArn!, context);
  },

  async update({ before, after, physicalId }, context) {
    const { tags: _tags, ...input } = inputOf<CreateServiceCommandInput>(after);
    const { serviceName: _name, launchType: _launch, role: _role, schedulingStrategy: _strategy, ...changes } = input;
    const nonce = (properties: Properties) => properties.ForceNewDeployment?.ForceNewDeploymentNonce;
    const forced = after.ForceNewDeployment?.EnableForceNewDeployment && nonce(before) !== nonce(after);
    const update: UpdateServiceCommandInput = { ...changes, service: physicalId, forceNewDeployment: Boolean(forced) };
    const running = services.in(context.call).get(keyOf(physicalId));
    const startedBefore = running?.deployments.length ? primaryOf(running).serviceDeploymentArn : undefined;
    await updateService(update, context.call);
    await setTags(context.call, physicalId, ecsTags(after.Tags, context.tags));
    return awaited(physicalId, context, startedBefore);
  },

  async delete(_properties, physicalId, context) {
    const { call } = context;
    const row = services.in(call).get(keyOf(physicalId));
    if (!row || row.status === 'INACTIVE') return { status: 'done', physicalId };
    if (row.status === 'ACTIVE')
      await deleteService({ cluster: row.cluster, service: row.serviceName, force: true }, call);
    return { status: 'pending', physicalId, afterMs: LOOK_MS };
  },

  check(step, physicalId, _properties, context) {
    const service = services.in(context.call).get(keyOf(physicalId));
    if (step !== 'delete') return stability(physicalId, context);
    const gone = !service || service.status === 'INACTIVE';
    if (gone) waits.in(context.call).delete(physicalId);
    return gone ? { status: 'done', physicalId } : { status: 'pending', physicalId, afterMs: LOOK_MS };
  },

  read(physicalId, properties, { call }) {
    const row = services.in(call).get(keyOf(physicalId));
    if (row?.status !== 'ACTIVE') return undefined;
    const { deployments: _d, events: _e, tags: _t, serviceArn, clusterArn, ...shown } = serviceAnswer(call, row);
    const { networkConfiguration, ...live } = toProperties(shown);
    return {
      ...live,
      ...networkProperty(
        row.deployments.length > 0 ? primaryOf(row).revision.networkConfiguration : networkConfiguration,
      ),
      // Templates name clusters and families by name or ARN: either is no drift.
      Cluster: sameThing(properties.Cluster, clusterArn) ? properties.Cluster : clusterArn,
      Name: row.serviceName,
      ServiceArn: serviceArn,
      Tags: row.tags.map(({ key, value }) => ({ Key: key, Value: value })),
    };
  },
};

/** `startedBefore`: the deployment that was PRIMARY before the call, to know whether the call started another. */
function awaited(physicalId: string, context: ResourceContext, startedBefore?: string): Progress {
  const { call } = context;
  const { serviceDeploymentArn } = primaryOf(services.in(call).get(keyOf(physicalId))!);
  waits.in(call).put(physicalId, {
    ...(serviceDeploymentArn === startedBefore ? {} : { serviceDeploymentArn }),
    since: call.world.clock.now(),
  });
  return { status: 'pending', physicalId, afterMs: LOOK_MS, attributes: attributesOf(physicalId) };
}

function stability(physicalId: string, { call }: ResourceContext): Progress {
  const service = services.in(call).get(keyOf(physicalId));
  const wait = waits.in(call).get(physicalId);
  if (!wait || service?.status !== 'ACTIVE')
    return failed(physicalId, `Service ${physicalId} is no longer active.`, 'NotStabilized');
  const primary = primaryOf(service);
  const { status, statusReason } = serviceDeployments.in(call).get(wait.serviceDeploymentArn ?? '')?.deployment ?? {};
  if (
    status === 'STOPPED' &&
    statusReason === SUPERSEDED &&
    primary.serviceDeploymentArn !== wait.serviceDeploymentArn
  ) {
    waits.in(call).update(physicalId, (draft) => {
      draft.serviceDeploymentArn = primary.serviceDeploymentArn;
    });
  } else if (status?.startsWith('ROLLBACK') || status === 'STOPPED' || primary.rolloutState === 'FAILED') {
    // The handler has this sentence for every failed rollout (https://github.com/aws/copilot-cli/issues/2584).
    return failed(
      physicalId,
      "Error occurred during operation 'ECS Deployment Circuit Breaker was triggered'.",
      'GeneralServiceException',
    );
  } else if (primary.rolloutState === 'COMPLETED' && service.steady)
    return { status: 'done', physicalId, attributes: attributesOf(physicalId) };
  if (call.world.clock.now() - wait.since >= PATIENCE_MS)
    return failed(physicalId, 'Exceeded attempts to wait', 'NotStabilized');
  return { status: 'pending', physicalId, afterMs: LOOK_MS };
}

function failed(physicalId: string, message: string, code: string): Progress {
  const reason = `Resource handler returned message: "${message}" (RequestToken: ${randomUUID()}, HandlerErrorCode: ${code})`;
  return { status: 'failed', physicalId, reason, code };
}

const attributesOf = (physicalId: string): Properties => ({
  Name: keyOf(physicalId).split('/')[1],
  ServiceArn: physicalId,
});

const sameThing = (one: unknown, other: string | undefined): boolean =>
  typeof one === 'string' && other !== undefined && lastPart(one) === lastPart(other);

/** `<cluster>/<service>` of a service's ARN. */
const keyOf = (arn: string): string => arn.split('/').slice(-2).join('/');

/** CloudFormation spells the key of the VPC configuration `AwsvpcConfiguration`, as the API does. */
function networkProperty(configuration: unknown): Properties {
  return configuration ? { NetworkConfiguration: toProperties(configuration) } : {};
}

function inputOf<T>({ Tags: _tags, ForceNewDeployment: _force, ...properties }: Properties): T & { tags?: undefined } {
  return fromProperties<T & { tags?: undefined }>(properties);
}
