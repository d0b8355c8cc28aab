import type { Session } from '../../context.ts';
import type { DeployedService } from './deployed-services.ts';

/** Tasks in one zone that go out through another: when that fails, they do too (F-135). */
export interface BorrowedWay {
  zone: string;
  subnet: string;
  through: string;
  gateway: string;
}

/** Ways out that cross a zone. Empty where tasks go out without a NAT gateway, or all stand in the zone of theirs. */
export async function borrowedWays(
  { aws }: Pick<Session, 'aws'>,
  services: readonly DeployedService[],
): Promise<BorrowedWay[]> {
  const subnets = [
    ...new Set(services.flatMap(({ service }) => service.networkConfiguration?.awsvpcConfiguration?.subnets ?? [])),
  ];
  const zones = new Map<string, string>();
  const zoneOf = async (subnet: string) => {
    const zone = zones.get(subnet) ?? (await aws.ec2.subnet(subnet))?.AvailabilityZone;
    if (zone) zones.set(subnet, zone);
    return zone;
  };
  const found: BorrowedWay[] = [];
  for (const subnet of subnets) {
    const around = await aws.ec2.routesOf(subnet);
    const gateway = around?.routes.find(
      ({ DestinationCidrBlock, NatGatewayId }) => DestinationCidrBlock === '0.0.0.0/0' && NatGatewayId,
    )?.NatGatewayId;
    if (!around || !gateway) continue;
    const nat = (await aws.ec2.natGateways(around.vpc)).find(({ NatGatewayId }) => NatGatewayId === gateway);
    const [zone, through] = [await zoneOf(subnet), nat?.SubnetId && (await zoneOf(nat.SubnetId))];
    if (zone && through && zone !== through) found.push({ zone, subnet, through, gateway });
  }
  return found;
}
