import { AwsFault } from '../../kernel/fault.ts';
import type { Scope } from '../../kernel/scope.ts';
import { routeTableOfSubnet } from '../../services/ec2/lookups.ts';
import { rulesOf } from '../../services/ec2/security-group-rules.ts';
import type { RuleRow } from '../../services/ec2/state.ts';
import { services } from '../../services/ecs/state.ts';
import type { Bench } from '../bench.ts';
import type { StepInput } from '../break-steps.ts';
import { keep } from '../taken.ts';

const ANYWHERE = '0.0.0.0/0';

export async function takeRoute({ service }: StepInput<'take-route'>, bench: Bench): Promise<string> {
  const tables = new Map(
    placeOf(bench, service).subnets.map((subnet) => {
      const table = routeTableOfSubnet(bench, subnet);
      return [table.RouteTableId, table];
    }),
  );
  for (const [RouteTableId, { Routes }] of tables)
    for (const { DestinationCidrBlock, NatGatewayId, GatewayId } of Routes)
      if (DestinationCidrBlock === ANYWHERE) {
        const route = { RouteTableId, DestinationCidrBlock };
        await bench.ask('ec2:DeleteRoute', route);
        const input = { ...route, ...(NatGatewayId ? { NatGatewayId } : { GatewayId }) };
        keep(bench, 'take-route', service, [{ operation: 'ec2:CreateRoute', input }]);
      }
  return `${[...tables.keys()].join(', ')} have no route to ${ANYWHERE} any more`;
}

export const closeEgress = ({ service }: StepInput<'close-egress'>, bench: Bench): Promise<string> =>
  close(bench, service, { step: 'close-egress', isEgress: true });

export const closeIngress = ({ service }: StepInput<'close-ingress'>, bench: Bench): Promise<string> =>
  close(bench, service, { step: 'close-ingress', isEgress: false });

export async function leaveInterface(
  { service, description }: StepInput<'leave-interface'>,
  bench: Bench,
): Promise<string> {
  const { subnets } = placeOf(bench, service);
  const { NetworkInterface } = await bench.ask<{ NetworkInterface: { NetworkInterfaceId: string } }>(
    'ec2:CreateNetworkInterface',
    { SubnetId: subnets[0], Description: description },
  );
  const { NetworkInterfaceId } = NetworkInterface;
  keep(bench, 'leave-interface', description, [
    { operation: 'ec2:DeleteNetworkInterface', input: { NetworkInterfaceId } },
  ]);
  return `${NetworkInterfaceId} (${description}) stands in ${subnets[0]}`;
}

async function close(
  bench: Bench,
  service: string,
  { step, isEgress }: { step: string; isEgress: boolean },
): Promise<string> {
  const { groups } = placeOf(bench, service);
  const way = isEgress ? 'Egress' : 'Ingress';
  let closed = 0;
  for (const GroupId of groups)
    for (const rule of rulesOf(bench, GroupId).filter(({ IsEgress }) => IsEgress === isEgress)) {
      const input = { GroupId, IpPermissions: [permissionOf(rule)] };
      await bench.ask(`ec2:RevokeSecurityGroup${way}`, input);
      keep(bench, step, service, [{ operation: `ec2:AuthorizeSecurityGroup${way}`, input }]);
      closed += 1;
    }
  return `${groups.join(', ')} lost ${closed} ${isEgress ? 'outbound' : 'inbound'} rules`;
}

function permissionOf({ IpProtocol, FromPort, ToPort, CidrIpv4, CidrIpv6, ReferencedGroupInfo, Description }: RuleRow) {
  const described = Description === undefined ? {} : { Description };
  return {
    IpProtocol,
    ...(IpProtocol === '-1' ? {} : { FromPort, ToPort }),
    ...(CidrIpv4 ? { IpRanges: [{ CidrIp: CidrIpv4, ...described }] } : {}),
    ...(CidrIpv6 ? { Ipv6Ranges: [{ CidrIpv6, ...described }] } : {}),
    ...(ReferencedGroupInfo ? { UserIdGroupPairs: [{ GroupId: ReferencedGroupInfo.GroupId, ...described }] } : {}),
  };
}

function placeOf(scope: Scope, key: string): { subnets: string[]; groups: string[] } {
  const primary = services
    .in(scope)
    .get(key)
    ?.deployments.find(({ status }) => status === 'PRIMARY');
  const { subnets, securityGroups } = primary?.revision.networkConfiguration?.awsvpcConfiguration ?? {};
  if (!subnets) throw new AwsFault('StepInvalid', `There is no service ${key}`);
  return { subnets, groups: securityGroups ?? [] };
}
