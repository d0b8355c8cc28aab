import type {
  PutScheduledActionRequest,
  RegisterScalableTargetRequest,
} from '@aws-sdk/client-application-auto-scaling';
import type { Properties, ResourceContext, ResourceProvider } from '../../../kernel/resource-provider.ts';
import { deleteScheduledAction } from '../operations/delete-scheduled-action.ts';
import { deregisterScalableTarget } from '../operations/deregister-scalable-target.ts';
import { putScheduledAction } from '../operations/put-scheduled-action.ts';
import { registerScalableTarget } from '../operations/register-scalable-target.ts';
import { targets } from '../state.ts';
import { targetKey } from '../target-key.ts';

type Name = Pick<RegisterScalableTargetRequest, 'ServiceNamespace' | 'ResourceId' | 'ScalableDimension'>;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-applicationautoscaling-scalabletarget.html */
export const scalableTarget: ResourceProvider = {
  async create(properties, context) {
    await register(properties, context);
    const { ServiceNamespace, ResourceId, ScalableDimension } = properties;
    const physicalId = `${ResourceId}|${ScalableDimension}|${ServiceNamespace}`;
    return { status: 'done', physicalId, attributes: { Id: physicalId } };
  },
  async update({ before, after, physicalId }, context) {
    const wanted = scheduled(after).map(({ ScheduledActionName }) => ScheduledActionName);
    for (const { ScheduledActionName } of scheduled(before)) {
      if (wanted.includes(ScheduledActionName)) continue;
      await deleteScheduledAction({ ...nameOf(after), ScheduledActionName }, context.call);
    }
    await register(after, context);
    return { status: 'done', physicalId };
  },
  async delete(_properties, physicalId, { call }) {
    const name = splitTargetId(physicalId);
    if (targets.in(call).has(targetKey(name))) await deregisterScalableTarget(name, call);
    return { status: 'done', physicalId };
  },
  read(physicalId, _properties, { call }) {
    const row = targets.in(call).get(targetKey(splitTargetId(physicalId)));
    if (!row) return undefined;
    const { createdAt: _, ScalableTargetARN: __, ...live } = row;
    return { Id: physicalId, ...live };
  },
};

/** `service/cluster/name|ecs:service:DesiredCount|ecs`: what `Ref` of a target is, and what policies name it by. */
export function splitTargetId(id: string): Name {
  const [ResourceId, ScalableDimension, ServiceNamespace] = id.split('|');
  return { ResourceId, ScalableDimension, ServiceNamespace } as Name;
}

const nameOf = ({ ServiceNamespace, ResourceId, ScalableDimension }: Properties): Name => ({
  ServiceNamespace,
  ResourceId,
  ScalableDimension,
});

const scheduled = ({ ScheduledActions = [] }: Properties): Properties[] => ScheduledActions;

const asNumber = (value: unknown): number | undefined => (value === undefined ? undefined : Number(value));

async function register(properties: Properties, { call }: ResourceContext): Promise<void> {
  await registerScalableTarget(
    {
      ...nameOf(properties),
      MinCapacity: asNumber(properties.MinCapacity),
      MaxCapacity: asNumber(properties.MaxCapacity),
      SuspendedState: properties.SuspendedState,
    },
    call,
  );
  for (const action of scheduled(properties)) {
    const { MinCapacity, MaxCapacity } = (action.ScalableTargetAction ?? {}) as Properties;
    const request: PutScheduledActionRequest = {
      ...nameOf(properties),
      ScheduledActionName: action.ScheduledActionName,
      Schedule: action.Schedule,
      Timezone: action.Timezone,
      ...(action.StartTime ? { StartTime: new Date(action.StartTime) } : {}),
      ...(action.EndTime ? { EndTime: new Date(action.EndTime) } : {}),
      ScalableTargetAction: { MinCapacity: asNumber(MinCapacity), MaxCapacity: asNumber(MaxCapacity) },
    };
    await putScheduledAction(request, call);
  }
}
