import type {
  ConnectionPoolConfiguration,
  DeregisterDBProxyTargetsCommandInput,
  DescribeDBProxyTargetGroupsCommandInput,
  DescribeDBProxyTargetsCommandInput,
  ModifyDBProxyTargetGroupCommandInput,
  RegisterDBProxyTargetsCommandInput,
} from '@aws-sdk/client-rds';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Call } from '../../../kernel/scope.ts';
import { listing } from '../listing.ts';
import { clusterOf, idOf, instanceOf, proxyOf } from '../lookups.ts';
import { targetAnswers, targetGroupAnswer } from '../proxy-answer.ts';
import { invalidValue } from '../refusals.ts';
import { type ProxyRow, proxies } from '../state.ts';

/** RDS knows one group for each proxy, named `default`. */
function grouped(
  call: Call,
  { DBProxyName, TargetGroupName }: { DBProxyName?: string | undefined; TargetGroupName?: string | undefined },
): ProxyRow {
  const row = proxyOf(call, DBProxyName);
  if (TargetGroupName !== undefined && TargetGroupName !== 'default')
    throw new AwsFault('DBProxyTargetGroupNotFoundFault', `DBProxyTargetGroup ${TargetGroupName} not found.`, {
      status: 404,
    });
  return row;
}

export function describeDBProxyTargetGroups(input: DescribeDBProxyTargetGroupsCommandInput, call: Call) {
  return { TargetGroups: [targetGroupAnswer(grouped(call, input))] };
}

export function describeDBProxyTargets(input: DescribeDBProxyTargetsCommandInput, call: Call) {
  const { items, end } = listing(targetAnswers(grouped(call, input), call), input);
  return { Targets: items, ...end };
}

export function modifyDBProxyTargetGroup(input: ModifyDBProxyTargetGroupCommandInput, call: Call) {
  const before = grouped(call, input);
  const row = proxies.in(call).update(before.name, (draft) => {
    Object.assign(draft.targets.pool, checkedPool(input.ConnectionPoolConfig ?? {}, before.targets.pool));
    draft.targets.updated = call.world.clock.stamp();
  });
  return { DBProxyTargetGroup: targetGroupAnswer(row) };
}

function checkedPool(wanted: ConnectionPoolConfiguration, before: ProxyRow['targets']['pool']) {
  const max = wanted.MaxConnectionsPercent ?? before.MaxConnectionsPercent;
  const idle = wanted.MaxIdleConnectionsPercent ?? Math.min(before.MaxIdleConnectionsPercent, max);
  if (max < 1 || max > 100) throw invalidValue(`MaxConnectionsPercent must be between 1 and 100: ${max}`);
  if (idle < 0 || idle > max)
    throw invalidValue(`MaxIdleConnectionsPercent must be between 0 and the value of MaxConnectionsPercent: ${idle}`);
  return {
    MaxConnectionsPercent: max,
    MaxIdleConnectionsPercent: idle,
    ConnectionBorrowTimeout: wanted.ConnectionBorrowTimeout ?? before.ConnectionBorrowTimeout,
    SessionPinningFilters: [...(wanted.SessionPinningFilters ?? before.SessionPinningFilters)],
    ...(wanted.InitQuery !== undefined && { InitQuery: wanted.InitQuery }),
  };
}

export function registerDBProxyTargets(input: RegisterDBProxyTargetsCommandInput, call: Call) {
  const row = grouped(call, input);
  const clusters = (input.DBClusterIdentifiers ?? []).map((id) => clusterOf(call, id).id);
  const instances = (input.DBInstanceIdentifiers ?? []).map((id) => instanceOf(call, id).id);
  const taken = [...clusters, ...instances].find((id) =>
    [...row.targets.clusters, ...row.targets.instances].includes(id),
  );
  if (taken !== undefined)
    throw new AwsFault(
      'DBProxyTargetAlreadyRegisteredFault',
      `The target ${taken} is already registered with the proxy ${row.name}.`,
    );
  if (row.targets.clusters.length + row.targets.instances.length + clusters.length + instances.length > 1)
    throw invalidValue('A DB proxy can have at most one registered target.');
  const after = proxies.in(call).update(row.name, (draft) => {
    draft.targets.clusters.push(...clusters);
    draft.targets.instances.push(...instances);
  });
  return { DBProxyTargets: targetAnswers(after, call) };
}

export function deregisterDBProxyTargets(input: DeregisterDBProxyTargetsCommandInput, call: Call) {
  const row = grouped(call, input);
  const gone = new Set([...(input.DBClusterIdentifiers ?? []), ...(input.DBInstanceIdentifiers ?? [])].map(idOf));
  const known = [...row.targets.clusters, ...row.targets.instances];
  const unknown = [...gone].find((id) => !known.includes(id));
  if (unknown !== undefined)
    throw new AwsFault('DBProxyTargetNotFoundFault', `The target ${unknown} is not registered.`, { status: 404 });
  proxies.in(call).update(row.name, (draft) => {
    draft.targets.clusters = draft.targets.clusters.filter((id) => !gone.has(id));
    draft.targets.instances = draft.targets.instances.filter((id) => !gone.has(id));
  });
  return {};
}
