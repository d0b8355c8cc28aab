import type { RegisterTargetsInput } from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Call, Operation } from '../../../kernel/scope.ts';
import { parseAddress } from '../../ec2/cidr.ts';
import { instances } from '../../ec2/state.ts';
import { invalid, required } from '../faults.ts';
import { targetGroupOf } from '../lookups.ts';
import type { TargetGroupRow } from '../state.ts';
import { registerTarget } from '../targets.ts';

export const registerTargets: Operation<RegisterTargetsInput, Record<never, never>> = (input, call) => {
  const group = targetGroupOf(call, input.TargetGroupArn);
  for (const { Id, Port } of required(input.Targets, 'targets')) {
    const id = required(Id, 'targets.1.member.id');
    checkTarget(call, group, id);
    registerTarget(call, { targetGroupArn: group.TargetGroupArn, id, port: Port ?? group.Port ?? 0 });
  }
  return {};
};

function checkTarget(call: Call, { TargetType, VpcId }: TargetGroupRow, id: string): void {
  if (TargetType === 'ip' && parseAddress(id) === undefined) {
    throw invalid(`The IP address '${id}' is not a valid IPv4 address`);
  }
  if (TargetType !== 'instance') return;
  const instance = instances.in(call).get(id);
  if (instance?.State.Name !== 'running') {
    throw new AwsFault(
      'InvalidTarget',
      `The following targets are not in a running state and cannot be registered: '${id}'`,
    );
  }
  if (instance.VpcId !== VpcId) {
    throw new AwsFault('InvalidTarget', `The following targets are not in the target group VPC '${VpcId}': '${id}'`);
  }
}
