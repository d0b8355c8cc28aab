import { randomUUID } from 'node:crypto';
import type { Scope } from '../../kernel/scope.ts';
import { deleteNetworkInterfaceOf } from '../ec2/network-interfaces.ts';
import { dropServer } from './real-server.ts';
import { clusters, type EventSource, events, instances, proxies, snapshots } from './state.ts';

type Kind = 'cluster' | 'instance' | 'snapshot' | 'proxy';

const TABLES = { cluster: clusters, instance: instances, snapshot: snapshots, proxy: proxies };

export const STATUS_DUE = 'rds.status-due';

interface StatusDue {
  kind: Kind;
  key: string;
  /** A row made anew under the same name is not the one that was waited for. */
  arn: string;
  created: number;
  from: string;
  /** Absent: the thing is gone then. */
  to?: string;
  message?: string;
  categories?: string[];
}

/** Gives a thing the status `from` now, and `to` after some virtual time; without `to` it is deleted then. */
export function change(
  scope: Scope,
  kind: Kind,
  key: string,
  {
    from,
    to,
    afterMs,
    message,
    categories,
  }: { from: string; to?: string; afterMs: number; message?: string; categories?: string[] },
): void {
  const row = TABLES[kind].in(scope).update(key, (draft) => {
    draft.status = from;
  });
  const payload: StatusDue = {
    kind,
    key,
    arn: row.arn,
    created: row.created,
    from,
    ...(to !== undefined && { to }),
    ...(message !== undefined && { message }),
    ...(categories !== undefined && { categories }),
  };
  scope.world.schedule(scope, { afterMs, kind: STATUS_DUE, payload });
}

/** Nothing happens when the thing has moved on in the meantime. */
export function statusDue({ kind, key, created, from, to, message, categories = [] }: StatusDue, scope: Scope): void {
  const row = TABLES[kind].in(scope).get(key);
  if (!row || row.created !== created || row.status !== from) return;
  if (message !== undefined) record(scope, sourceOf(kind, key), row.arn, message, categories);
  if (to === undefined) remove(scope, kind, key);
  else
    TABLES[kind].in(scope).update(key, (draft) => {
      draft.status = to;
    });
}

const sourceOf = (kind: Kind, key: string): { source: EventSource; id: string } => {
  if (kind === 'snapshot') {
    const [of, id] = key.split('/');
    return { source: of === 'cluster' ? 'db-cluster-snapshot' : 'db-snapshot', id: id! };
  }
  return { source: kind === 'cluster' ? 'db-cluster' : kind === 'instance' ? 'db-instance' : 'db-proxy', id: key };
};

function remove(scope: Scope, kind: Kind, key: string): void {
  if (kind === 'instance') {
    const { networkInterface, clusterId, isWriter, resourceId } = instances.in(scope).get(key)!;
    dropServer(scope, resourceId);
    if (networkInterface) deleteNetworkInterfaceOf(scope, networkInterface);
    instances.in(scope).delete(key);
    if (clusterId && isWriter) promoteReader(scope, clusterId);
  } else {
    const cluster = kind === 'cluster' ? clusters.in(scope).get(key) : undefined;
    if (cluster) dropServer(scope, cluster.resourceId);
    const proxy = kind === 'proxy' ? proxies.in(scope).get(key) : undefined;
    if (proxy) dropServer(scope, proxy.arn);
    TABLES[kind].in(scope).delete(key);
  }
}

/** When the writer goes, a reader takes its place: the one of the lowest promotion tier. */
function promoteReader(scope: Scope, clusterId: string): void {
  const [next] = instances
    .in(scope)
    .values()
    .filter((row) => row.clusterId === clusterId && row.status !== 'deleting')
    .sort((a, b) => (a.promotionTier ?? 1) - (b.promotionTier ?? 1));
  if (next)
    instances.in(scope).update(next.id, (draft) => {
      draft.isWriter = true;
    });
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_Events.Messages.html */
export function record(
  scope: Scope,
  { source, id }: { source: EventSource; id: string },
  arn: string,
  message: string,
  categories: string[],
): void {
  events.in(scope).put(randomUUID(), { source, id, arn, message, categories, at: scope.world.clock.stamp() });
}
