import type { CfnResource } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { iam, rds } from '../aws-cdk.ts';
import { allow, trust } from '../policy.ts';
import type { DatabaseGround } from './database-ground.ts';

export interface DatabaseProxyProps {
  /** Unique in account and region, at most 63 characters. */
  name: string;
  target: { dbClusterIdentifiers: string[] } | { dbInstanceIdentifiers: string[] };
  /** The proxy finds its target only when its instances are there. */
  instances: readonly CfnResource[];
  secretArn: string;
  subnetIds: string[];
  ground: DatabaseGround;
}

/** RDS Proxy: holds the connections that many short-lived clients share. */
export class DatabaseProxy extends Construct {
  readonly host: string;

  constructor(scope: Construct, id: string, props: DatabaseProxyProps) {
    super(scope, id);
    const { name, target, instances, secretArn, subnetIds, ground } = props;
    const role = new iam.CfnRole(this, 'Role', {
      assumeRolePolicyDocument: trust('rds.amazonaws.com'),
      policies: [
        {
          policyName: 'ReadCredentials',
          policyDocument: allow([{ actions: ['secretsmanager:GetSecretValue'], resources: [secretArn] }]),
        },
      ],
    });
    const proxy = new rds.CfnDBProxy(this, 'Proxy', {
      dbProxyName: name,
      engineFamily: 'POSTGRESQL',
      auth: [{ authScheme: 'SECRETS', iamAuth: 'DISABLED', secretArn }],
      requireTls: true,
      idleClientTimeout: 300,
      roleArn: role.attrArn,
      vpcSubnetIds: subnetIds,
      vpcSecurityGroupIds: [ground.securityGroupId],
    });
    const group = new rds.CfnDBProxyTargetGroup(this, 'Targets', {
      dbProxyName: proxy.ref,
      // The one name that RDS accepts.
      targetGroupName: 'default',
      ...target,
      connectionPoolConfigurationInfo: { maxConnectionsPercent: 90, maxIdleConnectionsPercent: 10 },
    });
    for (const instance of instances) group.addResourceDependency(instance);
    this.host = proxy.attrEndpoint;
  }
}
