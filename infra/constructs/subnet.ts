import { Construct } from 'constructs';
import { ec2 } from '../aws-cdk.ts';

export interface SubnetProps {
  vpcId: string;
  name: string;
  cidr: string;
  availabilityZone: string;
  /** Gives what starts in it a public address. */
  open: boolean;
}

/** A subnet with a route table of its own, which starts without a way out. */
export class Subnet extends Construct {
  readonly id: string;
  readonly routeTableId: string;

  constructor(scope: Construct, id: string, { vpcId, name, cidr, availabilityZone, open }: SubnetProps) {
    super(scope, id);
    const tags = [{ key: 'Name', value: name }];
    // The id is an address that everything stands on: a renamed subnet is a replaced one.
    const subnet = new ec2.CfnSubnet(this, 'Subnet', {
      vpcId,
      cidrBlock: cidr,
      availabilityZone,
      mapPublicIpOnLaunch: open,
      tags,
    });
    const table = new ec2.CfnRouteTable(this, 'RouteTable', { vpcId, tags });
    new ec2.CfnSubnetRouteTableAssociation(this, 'Association', { subnetId: subnet.ref, routeTableId: table.ref });
    this.id = subnet.ref;
    this.routeTableId = table.ref;
  }

  route(id: string, target: { gatewayId: string } | { natGatewayId: string } | { instanceId: string }) {
    return new ec2.CfnRoute(this, id, {
      routeTableId: this.routeTableId,
      destinationCidrBlock: '0.0.0.0/0',
      ...target,
    });
  }
}
