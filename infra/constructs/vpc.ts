import type { CfnRoute } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { ec2 } from '../aws-cdk.ts';
import type { CreatedNetwork } from '../settings.ts';
import { type SubnetKind, subnetCidr } from '../subnet-cidr.ts';
import { Subnet } from './subnet.ts';

export interface VpcProps {
  /** What people see in the console. */
  name: string;
  network: CreatedNetwork;
  availabilityZones: readonly string[];
}

/** A VPC with a public, a private and perhaps an isolated subnet in each zone; ways out are added by others. */
export class Vpc extends Construct {
  readonly id: string;
  readonly public: Subnet[];
  readonly private: Subnet[];
  readonly isolated: Subnet[];
  /** Routes of the public subnets to the internet: what needs the internet waits for them. */
  readonly openRoutes: CfnRoute[];

  constructor(scope: Construct, id: string, { name, network, availabilityZones }: VpcProps) {
    super(scope, id);
    const { cidr, subnetMask, isolated } = network;
    const tags = [{ key: 'Name', value: name }];
    // Interface endpoints answer under their service's own name only with both DNS attributes on (F-45).
    const vpc = new ec2.CfnVPC(this, 'Vpc', {
      cidrBlock: cidr,
      enableDnsHostnames: true,
      enableDnsSupport: true,
      tags,
    });
    this.id = vpc.ref;

    const subnets = (kind: SubnetKind) =>
      availabilityZones.map(
        (availabilityZone, zone) =>
          new Subnet(this, `${kind.charAt(0).toUpperCase()}${kind.slice(1)}${zone + 1}`, {
            vpcId: vpc.ref,
            name: `${name}-${kind}-${zone + 1}`,
            cidr: subnetCidr(cidr, subnetMask, { zone, kind }),
            availabilityZone,
            open: kind === 'public',
          }),
      );
    this.public = subnets('public');
    this.private = subnets('private');
    this.isolated = isolated ? subnets('isolated') : [];

    const gateway = new ec2.CfnInternetGateway(this, 'InternetGateway', { tags });
    const attachment = new ec2.CfnVPCGatewayAttachment(this, 'InternetGatewayAttachment', {
      vpcId: vpc.ref,
      internetGatewayId: gateway.ref,
    });
    this.openRoutes = this.public.map((subnet) => {
      const route = subnet.route('Internet', { gatewayId: gateway.ref });
      route.addResourceDependency(attachment);
      return route;
    });
  }
}
