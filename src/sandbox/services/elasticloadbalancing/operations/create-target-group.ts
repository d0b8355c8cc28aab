import type { CreateTargetGroupInput, CreateTargetGroupOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation } from '../../../kernel/scope.ts';
import { vpcs } from '../../ec2/state.ts';
import { targetGroupArn } from '../arns.ts';
import { TARGET_GROUP_ATTRIBUTES } from '../attributes.ts';
import { invalid, notSimulated, required } from '../faults.ts';
import { healthDefaults, healthSettings } from '../health-settings.ts';
import { checkName } from '../names.ts';
import { shownTargetGroup } from '../shown.ts';
import { type TargetGroupRow, targetGroups } from '../state.ts';
import { putTags, validTags } from '../tagging.ts';

/** Asked again with the same name and settings it answers with what is there; with other settings it is refused. */
export const createTargetGroup: Operation<CreateTargetGroupInput, CreateTargetGroupOutput> = (input, call) => {
  const name = required(input.Name, 'name');
  checkName(name, 'Target group');
  const tags = validTags(input.Tags);
  const type = input.TargetType ?? 'instance';
  if (type === 'alb') throw notSimulated('target groups of type alb');
  const place = type === 'lambda' ? {} : placeOf(input);
  if (place.VpcId !== undefined && !vpcs.in(call).has(place.VpcId)) {
    throw invalid(`The VPC ID '${place.VpcId}' is not found`);
  }
  const settings: Omit<TargetGroupRow, 'TargetGroupArn' | 'attributes'> = {
    TargetGroupName: name,
    TargetType: type,
    IpAddressType: input.IpAddressType ?? 'ipv4',
    ...place,
    ...healthSettings(healthDefaults(type), input),
  };

  const same = targetGroups
    .in(call)
    .values()
    .find(({ TargetGroupName }) => TargetGroupName === name);
  if (same) {
    const { TargetGroupArn: _, attributes: __, ...kept } = same;
    if (isSame(kept, settings)) return { TargetGroups: [shownTargetGroup(call, same)] };
    throw new AwsFault(
      'DuplicateTargetGroupName',
      `A target group with the same name '${name}' exists, but with different settings`,
    );
  }
  const TargetGroupArn = targetGroupArn(call, name);
  const row = targetGroups.in(call).put(TargetGroupArn, {
    TargetGroupArn,
    ...settings,
    attributes: { ...TARGET_GROUP_ATTRIBUTES },
  });
  putTags(call, TargetGroupArn, tags);
  return { TargetGroups: [shownTargetGroup(call, row)] };
};

function placeOf(
  input: CreateTargetGroupInput,
): Pick<TargetGroupRow, 'Protocol' | 'Port' | 'VpcId' | 'ProtocolVersion'> {
  if (!input.Protocol) throw invalid('A protocol must be specified');
  if (input.Protocol !== 'HTTP' && input.Protocol !== 'HTTPS') {
    throw notSimulated(`target groups of protocol ${input.Protocol}`);
  }
  if (input.Port === undefined) throw invalid('A port must be specified');
  if (input.Port < 1 || input.Port > 65_535) {
    throw invalid(
      `1 validation error detected: Value '${input.Port}' at 'port' failed to satisfy constraint: Member must have value ${
        input.Port < 1 ? 'greater than or equal to 1' : 'less than or equal to 65535'
      }`,
    );
  }
  if (!input.VpcId) throw invalid('A VPC ID must be specified');
  return {
    Protocol: input.Protocol,
    Port: input.Port,
    VpcId: input.VpcId,
    ProtocolVersion: input.ProtocolVersion ?? 'HTTP1',
  };
}

const isSame = (a: object, b: object): boolean => {
  const sorted = (value: object) => JSON.stringify(Object.entries(value).sort(([x], [y]) => x.localeCompare(y)));
  return sorted(a) === sorted(b);
};
