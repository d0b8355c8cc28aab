import type { VpcEndpoint } from '@aws-sdk/client-ec2';
import { evidenceOf } from '../shown-evidence.ts';
import { type BrokenHop, egressHop, HTTPS, type Vicinity } from './hop.ts';
import { letsThrough, rulesText } from './security-rules.ts';

/** What keeps a task from an endpoint that its names lead to; undefined: nothing that was seen. */
export function endpointHop({ path, rules, subnetCidr }: Vicinity, endpoint: VpcEndpoint): BrokenHop | undefined {
  const { VpcEndpointId: id = '', ServiceName: name = '', State, VpcEndpointType } = endpoint;
  if (!/^available$/i.test(State ?? ''))
    return {
      hop: 'endpoint-state',
      what: `endpoint ${id} of ${name} is ${State}`,
      evidence: evidenceOf('ec2:DescribeVpcEndpoints', 'VpcEndpoints[0].State', State),
      remedy: `aws ec2 describe-vpc-endpoints --vpc-endpoint-ids ${id} shows what it waits for`,
    };
  if (!rules) return undefined;
  const { groups } = path.place;
  const doors = (endpoint.Groups ?? []).map(({ GroupId }) => GroupId!);
  // Where an endpoint's addresses are is not asked: its subnets are of the VPC, as is the task's.
  const out = { groups, egress: true, port: HTTPS };
  const reached =
    groups.length === 0 ||
    letsThrough(rules, {
      ...out,
      peer: { cidr: VpcEndpointType === 'Gateway' ? '0.0.0.0/0' : subnetCidr, groups: doors },
    });
  if (!reached) return egressHop(groups, rules);
  if (VpcEndpointType === 'Gateway' || doors.length === 0) return undefined;
  const into = { groups: doors, egress: false, port: HTTPS, peer: { cidr: subnetCidr, groups } };
  if (letsThrough(rules, into)) return undefined;
  return {
    hop: 'endpoint-group',
    what: `security group ${doors.join(', ')} of endpoint ${id} (${name}) lets no HTTPS in from ${path.place.subnet}`,
    evidence: evidenceOf(
      'ec2:DescribeSecurityGroupRules',
      'SecurityGroupRules[IsEgress=false]',
      rulesText(rules, { groups: doors, egress: false }),
    ),
    remedy: `aws ec2 authorize-security-group-ingress --group-id ${doors[0]} --protocol tcp --port ${HTTPS} --cidr ${subnetCidr}`,
  };
}
