import type { Properties, ResourceContext, ResourceProvider } from '../../../kernel/resource-provider.ts';
import { createDBProxy, deleteDBProxy, modifyDBProxy } from '../operations/proxies.ts';
import {
  deregisterDBProxyTargets,
  modifyDBProxyTargetGroup,
  registerDBProxyTargets,
} from '../operations/proxy-targets.ts';
import { proxies } from '../state.ts';
import { booleanOf, numberOf, untilAvailable, untilGone } from './progress.ts';
import { tagsOf } from './tags.ts';

const settings = (properties: Properties) => ({
  Auth: (properties.Auth ?? []).map((auth: Properties) => ({
    AuthScheme: auth.AuthScheme,
    SecretArn: auth.SecretArn,
    IAMAuth: auth.IAMAuth,
    Description: auth.Description,
    ClientPasswordAuthType: auth.ClientPasswordAuthType,
  })),
  RoleArn: properties.RoleArn,
  RequireTLS: booleanOf(properties.RequireTLS),
  IdleClientTimeout: numberOf(properties.IdleClientTimeout),
  DebugLogging: booleanOf(properties.DebugLogging),
});

export const dbProxy: ResourceProvider = {
  async create(properties, { call, tags }) {
    const { DBProxy } = await createDBProxy(
      {
        ...settings(properties),
        DBProxyName: properties.DBProxyName,
        EngineFamily: properties.EngineFamily,
        VpcSubnetIds: properties.VpcSubnetIds,
        VpcSecurityGroupIds: properties.VpcSecurityGroupIds,
        Tags: tagsOf(properties, tags),
      },
      call,
    );
    return untilAvailable(DBProxy!.DBProxyName!, DBProxy!.Status);
  },
  update({ after, physicalId }, { call, tags }) {
    modifyDBProxy({ ...settings(after), DBProxyName: physicalId, SecurityGroups: after.VpcSecurityGroupIds }, call);
    proxies.in(call).update(physicalId, (draft) => {
      draft.tags = tagsOf(after, tags);
    });
    return { status: 'done', physicalId };
  },
  delete(_properties, physicalId, { call }) {
    const row = proxies.in(call).get(physicalId);
    if (!row) return { status: 'done', physicalId };
    if (row.status !== 'deleting') deleteDBProxy({ DBProxyName: physicalId }, call);
    return untilGone(physicalId, 'deleting');
  },
  check(step, physicalId, _properties, { call }) {
    const status = proxies.in(call).get(physicalId)?.status;
    return step === 'delete' ? untilGone(physicalId, status) : untilAvailable(physicalId, status);
  },
  read(physicalId, properties, { call }) {
    const row = proxies.in(call).get(physicalId);
    if (!row) return undefined;
    return {
      ...properties,
      DBProxyArn: row.arn,
      DBProxyName: row.name,
      Endpoint: row.endpoint,
      VpcId: row.vpcId,
      RoleArn: row.roleArn,
      RequireTLS: row.requiresTls,
      IdleClientTimeout: row.idleSeconds,
      VpcSubnetIds: [...row.subnets],
      VpcSecurityGroupIds: [...row.securityGroups],
    };
  },
};

/** The group itself comes with its proxy: what is made here is its configuration and its target. */
export const dbProxyTargetGroup: ResourceProvider = {
  create(properties, { call }) {
    configure(properties, call);
    register({}, properties, call);
    return { status: 'done', physicalId: groupOf(properties.DBProxyName, call)!.arn };
  },
  update({ before, after, physicalId }, { call }) {
    configure(after, call);
    register(before, after, call);
    return { status: 'done', physicalId };
  },
  delete(properties, physicalId, { call }) {
    if (groupOf(properties.DBProxyName, call)?.arn === physicalId)
      register(properties, { DBProxyName: properties.DBProxyName }, call);
    return { status: 'done', physicalId };
  },
  read(physicalId, properties, { call }) {
    const group = groupOf(properties.DBProxyName, call);
    if (group?.arn !== physicalId) return undefined;
    return {
      ...properties,
      TargetGroupArn: group.arn,
      DBClusterIdentifiers: [...group.clusters],
      DBInstanceIdentifiers: [...group.instances],
    };
  },
};

type Call = ResourceContext['call'];

const groupOf = (name: string, call: Call) => proxies.in(call).get(name.toLowerCase())?.targets;

function configure(
  { DBProxyName, TargetGroupName, ConnectionPoolConfigurationInfo: pool = {} }: Properties,
  call: Call,
) {
  modifyDBProxyTargetGroup(
    {
      DBProxyName,
      TargetGroupName,
      ConnectionPoolConfig: {
        MaxConnectionsPercent: numberOf(pool.MaxConnectionsPercent),
        MaxIdleConnectionsPercent: numberOf(pool.MaxIdleConnectionsPercent),
        ConnectionBorrowTimeout: numberOf(pool.ConnectionBorrowTimeout),
        SessionPinningFilters: pool.SessionPinningFilters,
        InitQuery: pool.InitQuery,
      },
    },
    call,
  );
}

function register(before: Properties, after: Properties, call: Call): void {
  for (const list of ['DBClusterIdentifiers', 'DBInstanceIdentifiers'] as const) {
    const [old, wanted]: [string[], string[]] = [before[list] ?? [], after[list] ?? []];
    const gone = old.filter((id) => !wanted.includes(id));
    const added = wanted.filter((id) => !old.includes(id));
    const target = { DBProxyName: after.DBProxyName };
    if (gone.length > 0) deregisterDBProxyTargets({ ...target, [list]: gone }, call);
    if (added.length > 0) registerDBProxyTargets({ ...target, [list]: added }, call);
  }
}
