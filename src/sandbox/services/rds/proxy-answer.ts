import type { DBProxy, DBProxyTarget, DBProxyTargetGroup } from '@aws-sdk/client-rds';
import type { Scope } from '../../kernel/scope.ts';
import { membersOf } from './lookups.ts';
import { clusters, type InstanceRow, instances, type ProxyRow } from './state.ts';

export const proxyAnswer = (row: ProxyRow): DBProxy => ({
  DBProxyName: row.name,
  DBProxyArn: row.arn,
  Status: row.status as 'available',
  EngineFamily: row.engineFamily,
  VpcId: row.vpcId,
  VpcSecurityGroupIds: [...row.securityGroups],
  VpcSubnetIds: [...row.subnets],
  Auth: row.auth.map(({ secretArn, scheme, iam, description, clientPassword }) => ({
    AuthScheme: (scheme ?? 'SECRETS') as 'SECRETS',
    ...(secretArn !== undefined && { SecretArn: secretArn }),
    IAMAuth: (iam ?? 'DISABLED') as 'DISABLED',
    ...(description !== undefined && { Description: description }),
    ClientPasswordAuthType: (clientPassword ?? 'POSTGRES_SCRAM_SHA_256') as 'POSTGRES_SCRAM_SHA_256',
  })),
  RoleArn: row.roleArn,
  Endpoint: row.endpoint,
  RequireTLS: row.requiresTls,
  IdleClientTimeout: row.idleSeconds,
  DebugLogging: row.debugLogging,
  CreatedDate: new Date(row.created),
  UpdatedDate: new Date(row.updated),
});

export const targetGroupAnswer = ({ name, targets }: ProxyRow): DBProxyTargetGroup => ({
  DBProxyName: name,
  TargetGroupName: 'default',
  TargetGroupArn: targets.arn,
  IsDefault: true,
  Status: 'available',
  ConnectionPoolConfig: { ...targets.pool, SessionPinningFilters: [...targets.pool.SessionPinningFilters] },
  CreatedDate: new Date(targets.created),
  UpdatedDate: new Date(targets.updated),
});

/** A tracked cluster shows as itself and as each of its instances. */
export function targetAnswers(row: ProxyRow, scope: Scope): DBProxyTarget[] {
  const ofClusters = row.targets.clusters.flatMap((id) => {
    const cluster = clusters.in(scope).get(id);
    if (!cluster) return [];
    return [
      {
        RdsResourceId: id,
        TrackedClusterId: id,
        Type: 'TRACKED_CLUSTER' as const,
        Port: cluster.port,
        Endpoint: cluster.endpoint,
      },
      ...membersOf(scope, id).map((member) => instanceTarget(member, row, id)),
    ];
  });
  const alone = row.targets.instances.flatMap((id) => {
    const instance = instances.in(scope).get(id);
    return instance ? [instanceTarget(instance, row)] : [];
  });
  return [...ofClusters, ...alone];
}

function instanceTarget(instance: InstanceRow, proxy: ProxyRow, cluster?: string): DBProxyTarget {
  const isReachable = instance.status === 'available' || instance.status === 'modifying';
  return {
    RdsResourceId: instance.id,
    ...(cluster !== undefined && { TrackedClusterId: cluster }),
    Type: 'RDS_INSTANCE',
    Endpoint: instance.endpoint,
    Port: instance.port,
    Role: instance.isWriter ? 'READ_WRITE' : 'READ_ONLY',
    TargetHealth:
      proxy.status !== 'available'
        ? { State: 'REGISTERING' }
        : isReachable
          ? { State: 'AVAILABLE' }
          : {
              State: 'UNAVAILABLE',
              Reason: 'PENDING_PROXY_CAPACITY',
              Description: 'DBProxy Target unavailable due to an internal error',
            },
  };
}
