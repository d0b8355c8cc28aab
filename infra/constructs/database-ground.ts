import type { CfnResource } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { core, ec2, iam, rds } from '../aws-cdk.ts';
import { leave } from '../leave.ts';
import { trust } from '../policy.ts';
import type { DatabaseSettings } from '../settings.ts';

export interface DatabaseGroundProps {
  vpcId: string;
  subnetIds: string[];
  database: DatabaseSettings;
}

/** What a database stands on: its subnets, its security group, and the role that watches it. */
export class DatabaseGround extends Construct {
  readonly subnetGroupName: string;
  readonly securityGroupId: string;
  /** Interval and role of enhanced monitoring, for every instance. */
  readonly monitoring: { monitoringInterval: number; monitoringRoleArn: string } | Record<string, never>;
  readonly #retain: boolean;

  constructor(scope: Construct, id: string, { vpcId, subnetIds, database }: DatabaseGroundProps) {
    super(scope, id);
    this.#retain = database.onDelete === 'retain';
    const subnets = new rds.CfnDBSubnetGroup(this, 'Subnets', {
      dbSubnetGroupDescription: `${database.subnets} subnets`,
      subnetIds,
    });
    const group = new ec2.CfnSecurityGroup(this, 'SecurityGroup', {
      vpcId,
      groupDescription: 'Database: in from whom a rule names, out to no one',
      securityGroupEgress: [
        { ipProtocol: 'icmp', fromPort: 252, toPort: 86, cidrIp: '255.255.255.255/32', description: 'nowhere' },
      ],
    });
    if (database.proxy) this.#amongItself(group.attrGroupId, database.port);
    this.subnetGroupName = subnets.ref;
    this.securityGroupId = group.attrGroupId;
    const kept: CfnResource[] = [subnets, group];
    this.monitoring = {};
    if (database.enhancedMonitoringSeconds !== false) {
      const role = new iam.CfnRole(this, 'MonitoringRole', {
        assumeRolePolicyDocument: trust('monitoring.rds.amazonaws.com'),
        managedPolicyArns: [`arn:${core.Aws.PARTITION}:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole`],
      });
      kept.push(role);
      this.monitoring = {
        monitoringInterval: database.enhancedMonitoringSeconds,
        monitoringRoleArn: role.attrArn,
      };
    }
    for (const resource of kept) this.keepWith(resource);
  }

  /** A database that stays needs what it stands on. */
  keepWith(resource: CfnResource): void {
    if (this.#retain) leave(resource, 'retain');
  }

  /** Proxy and database are in the same group. */
  #amongItself(groupId: string, port: number) {
    const through = { groupId, ipProtocol: 'tcp', fromPort: port, toPort: port };
    new ec2.CfnSecurityGroupIngress(this, 'FromProxy', {
      ...through,
      sourceSecurityGroupId: groupId,
      description: 'from the proxy',
    });
    new ec2.CfnSecurityGroupEgress(this, 'FromProxyOut', {
      ...through,
      destinationSecurityGroupId: groupId,
      description: 'from the proxy to the database',
    });
  }
}
