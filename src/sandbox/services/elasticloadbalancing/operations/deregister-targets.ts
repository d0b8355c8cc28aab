import type { DeregisterTargetsInput } from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation } from '../../../kernel/scope.ts';
import { required } from '../faults.ts';
import { targetGroupOf } from '../lookups.ts';
import { targetsOf } from '../target-health.ts';
import { deregisterTarget } from '../targets.ts';

/** Without a port every port of the target goes. */
export const deregisterTargets: Operation<DeregisterTargetsInput, Record<never, never>> = (input, call) => {
  const { TargetGroupArn } = targetGroupOf(call, input.TargetGroupArn);
  for (const { Id, Port } of required(input.Targets, 'targets')) {
    const found = targetsOf(call, TargetGroupArn).filter(
      ({ id, port }) => id === Id && (Port === undefined || Port === port),
    );
    if (found.length === 0) {
      throw new AwsFault('InvalidTarget', `The following targets are not registered: '${Id}'`);
    }
    for (const { id, port } of found) deregisterTarget(call, { targetGroupArn: TargetGroupArn, id, port });
  }
  return {};
};
