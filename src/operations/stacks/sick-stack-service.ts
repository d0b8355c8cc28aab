import type { StackEvent } from '@aws-sdk/client-cloudformation';
import type { SickService } from '../../diagnosis/sick-service.ts';

/**
 * The ECS service whose failure ended a stack's newest operation, from the stack's own events: of a first creation there
 * is nothing else that tells, for the service and the outputs are gone again. Undefined: something else failed.
 */
export function sickStackService(
  name: string,
  { root, events }: { root: StackEvent | undefined; events: readonly StackEvent[] },
): SickService | undefined {
  if (root?.ResourceType !== 'AWS::ECS::Service') return undefined;
  // arn:aws:ecs:<region>:<account>:service/<cluster>/<service>
  const [, cluster, serviceName] = /:service\/([^/]+)\/([^/]+)$/.exec(root.PhysicalResourceId ?? '') ?? [];
  if (cluster === undefined || serviceName === undefined) return undefined;
  const group = events.find(
    ({ ResourceType, PhysicalResourceId }) =>
      ResourceType === 'AWS::ElasticLoadBalancingV2::TargetGroup' && PhysicalResourceId?.startsWith('arn:'),
  );
  const begun = events.find(
    ({ StackId, PhysicalResourceId, ResourceStatusReason }) =>
      StackId === PhysicalResourceId && /^User Initiated/i.test(ResourceStatusReason ?? ''),
  );
  return {
    name,
    cluster,
    serviceName,
    ...(group ? { targetGroupArn: group.PhysicalResourceId! } : {}),
    since: begun?.Timestamp?.getTime() ?? 0,
  };
}
