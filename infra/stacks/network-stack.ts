import type { Construct } from 'constructs';
import { Endpoints } from '../constructs/endpoints.ts';
import { FlowLog } from '../constructs/flow-log.ts';
import { NatGateways } from '../constructs/nat-gateways.ts';
import { NatInstance } from '../constructs/nat-instance.ts';
import { Vpc } from '../constructs/vpc.ts';
import { outputs } from '../outputs.ts';
import type { AppSettings, CreatedNetwork } from '../settings.ts';
import { PlatformStack } from './platform-stack.ts';

/** The ground everything stands on. Absent where the network belongs to others. */
export class NetworkStack extends PlatformStack {
  constructor(scope: Construct, settings: AppSettings, network: CreatedNetwork) {
    super(scope, 'network', settings, { description: 'VPC, subnets and their ways out', precious: true });
    const { availabilityZones } = settings.network;
    const { nat, cidr, endpoints, flowLogs } = network;

    const name = `${settings.project}-${settings.environment}`;
    const vpc = new Vpc(this, 'Vpc', { name, network, availabilityZones });
    if (nat.kind === 'gateways') new NatGateways(this, 'NatGateways', { vpc, count: nat.count });
    if (nat.kind === 'instance') {
      new NatInstance(this, 'NatInstance', { vpc, cidr, imageId: this.links.state('NatImageId', 'nat-image') });
    }
    if (endpoints.length > 0) new Endpoints(this, 'Endpoints', { vpc, cidr, services: endpoints });
    if (flowLogs) new FlowLog(this, 'FlowLog', { vpcId: vpc.id, ...flowLogs });

    this.links.tell(outputs.network.vpcId, vpc.id);
    for (const [zone, subnet] of vpc.public.entries())
      this.links.tell(outputs.network.publicSubnet(zone + 1), subnet.id);
    for (const [zone, subnet] of vpc.private.entries())
      this.links.tell(outputs.network.privateSubnet(zone + 1), subnet.id);
    for (const [zone, subnet] of vpc.isolated.entries())
      this.links.tell(outputs.network.isolatedSubnet(zone + 1), subnet.id);
  }
}
