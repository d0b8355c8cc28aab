import { Construct } from 'constructs';
import { ec2 } from '../aws-cdk.ts';
import type { Vpc } from './vpc.ts';

/** NAT gateways in the first public subnets; private subnets beyond their number share them in turn. */
export class NatGateways extends Construct {
  constructor(scope: Construct, id: string, { vpc, count }: { vpc: Vpc; count: number }) {
    super(scope, id);
    const gateways = vpc.public.slice(0, count).map((subnet, zone) => {
      const address = new ec2.CfnEIP(this, `Address${zone + 1}`, { domain: 'vpc' });
      const gateway = new ec2.CfnNatGateway(this, `Gateway${zone + 1}`, {
        subnetId: subnet.id,
        allocationId: address.attrAllocationId,
      });
      const route = vpc.openRoutes[zone];
      if (route) gateway.addResourceDependency(route);
      return gateway;
    });
    for (const [zone, subnet] of vpc.private.entries()) {
      const gateway = gateways[zone % gateways.length];
      if (gateway) subnet.route('Internet', { natGatewayId: gateway.ref });
    }
  }
}
