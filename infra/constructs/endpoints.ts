import { Construct } from 'constructs';
import { core, ec2 } from '../aws-cdk.ts';
import { pascal } from '../names.ts';
import type { Vpc } from './vpc.ts';

const GATEWAYS = new Set(['s3', 'dynamodb']);

export interface EndpointsProps {
  vpc: Vpc;
  cidr: string;
  services: readonly string[];
}

/** AWS services reached without leaving the VPC: gateways where AWS has them for free, else interfaces. */
export class Endpoints extends Construct {
  constructor(scope: Construct, id: string, { vpc, cidr, services }: EndpointsProps) {
    super(scope, id);
    const { region } = core.Stack.of(this);
    const serviceName = (service: string) => `com.amazonaws.${region}.${service}`;
    const inside = [...vpc.private, ...vpc.isolated];

    for (const service of services.filter((one) => GATEWAYS.has(one))) {
      new ec2.CfnVPCEndpoint(this, pascal(service), {
        vpcId: vpc.id,
        serviceName: serviceName(service),
        vpcEndpointType: 'Gateway',
        routeTableIds: inside.map((subnet) => subnet.routeTableId),
      });
    }

    const interfaces = services.filter((one) => !GATEWAYS.has(one));
    if (interfaces.length === 0) return;
    const group = new ec2.CfnSecurityGroup(this, 'SecurityGroup', {
      vpcId: vpc.id,
      groupDescription: 'Endpoints of AWS services: HTTPS from inside the VPC',
      securityGroupIngress: [
        { ipProtocol: 'tcp', fromPort: 443, toPort: 443, cidrIp: cidr, description: 'from the VPC' },
      ],
    });
    for (const service of interfaces) {
      new ec2.CfnVPCEndpoint(this, pascal(service), {
        vpcId: vpc.id,
        serviceName: serviceName(service),
        vpcEndpointType: 'Interface',
        privateDnsEnabled: true,
        securityGroupIds: [group.attrGroupId],
        subnetIds: vpc.private.map((subnet) => subnet.id),
      });
    }
  }
}
