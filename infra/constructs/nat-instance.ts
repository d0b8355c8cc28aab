import { Construct } from 'constructs';
import { core, ec2 } from '../aws-cdk.ts';
import type { Vpc } from './vpc.ts';

/** AWS's own recipe: https://docs.aws.amazon.com/vpc/latest/userguide/work-with-nat-instances.html */
const SCRIPT = `#!/bin/bash
yum install -y iptables-services
systemctl enable --now iptables
echo "net.ipv4.ip_forward = 1" > /etc/sysctl.d/custom-ip-forwarding.conf
sysctl -p /etc/sysctl.d/custom-ip-forwarding.conf
iptables -t nat -A POSTROUTING -o "$(ip -o -4 route show to default | awk '{print $5}')" -j MASQUERADE
iptables -F FORWARD
service iptables save
`;

/** One small instance instead of a NAT gateway: a tenth of the price, and nobody stands in when it fails. */
export class NatInstance extends Construct {
  constructor(scope: Construct, id: string, { vpc, cidr, imageId }: { vpc: Vpc; cidr: string; imageId: string }) {
    super(scope, id);
    const group = new ec2.CfnSecurityGroup(this, 'SecurityGroup', {
      vpcId: vpc.id,
      groupDescription: 'NAT instance: everything from inside the VPC, out to anywhere',
      securityGroupIngress: [{ ipProtocol: '-1', cidrIp: cidr, description: 'from the VPC' }],
      securityGroupEgress: [{ ipProtocol: '-1', cidrIp: '0.0.0.0/0', description: 'to anywhere' }],
    });
    const [subnet] = vpc.public;
    const [open] = vpc.openRoutes;
    if (!subnet || !open) throw new Error('a NAT instance needs a public subnet');
    const instance = new ec2.CfnInstance(this, 'Instance', {
      imageId,
      instanceType: 't4g.nano',
      subnetId: subnet.id,
      securityGroupIds: [group.attrGroupId],
      // Packets of others pass through it.
      sourceDestCheck: false,
      userData: core.Fn.base64(SCRIPT),
      tags: [{ key: 'Name', value: 'nat' }],
    });
    // Its script installs a package: the way to the internet must be there first.
    instance.addResourceDependency(open);
    // Keeps the address that others may have allowed when the instance is stopped or made anew.
    const address = new ec2.CfnEIP(this, 'Address', { domain: 'vpc', instanceId: instance.ref });
    address.addResourceDependency(open);
    for (const one of vpc.private) one.route('Internet', { instanceId: instance.ref });
  }
}
