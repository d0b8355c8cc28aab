import type { DBCluster, DBInstance, DBProxy, DBProxyTarget, RDS } from '@aws-sdk/client-rds';
import { call, find } from './call.ts';
import { connect } from './client-settings.ts';
import type { Connection } from './connection.ts';
import { once } from './once.ts';

/** A snapshot of a cluster or an instance, in one shape. */
export interface DatabaseSnapshot {
  id: string;
  arn: string;
  /** `manual`, `automated`. */
  type: string;
  /** `available`, `creating` … */
  status: string;
  /** Absent while it is only being begun. */
  createdAt?: Date;
  /** Percent. */
  progress: number;
  /** What the volume could hold; RDS does not tell what the snapshot takes. */
  storageGb: number;
  engineVersion: string;
}

export class Rds {
  readonly #rds: () => Promise<RDS>;

  constructor(connection: Connection) {
    this.#rds = once(async () => connect((await import('@aws-sdk/client-rds')).RDS, connection));
  }

  async cluster(id: string): Promise<DBCluster | undefined> {
    const answer = await find('rds:DescribeDBClusters', ['DBClusterNotFoundFault'], async () =>
      (await this.#rds()).describeDBClusters({ DBClusterIdentifier: id }),
    );
    return answer?.DBClusters?.[0];
  }

  async instance(id: string): Promise<DBInstance | undefined> {
    const answer = await find('rds:DescribeDBInstances', ['DBInstanceNotFound', 'DBInstanceNotFoundFault'], async () =>
      (await this.#rds()).describeDBInstances({ DBInstanceIdentifier: id }),
    );
    return answer?.DBInstances?.[0];
  }

  async hasSubnetGroup(name: string): Promise<boolean> {
    const answer = await find('rds:DescribeDBSubnetGroups', ['DBSubnetGroupNotFoundFault'], async () =>
      (await this.#rds()).describeDBSubnetGroups({ DBSubnetGroupName: name }),
    );
    return answer !== undefined;
  }

  async deleteSubnetGroup(name: string): Promise<void> {
    await find('rds:DeleteDBSubnetGroup', ['DBSubnetGroupNotFoundFault'], async () =>
      (await this.#rds()).deleteDBSubnetGroup({ DBSubnetGroupName: name }),
    );
  }

  async hasParameterGroup(kind: 'cluster' | 'instance', name: string): Promise<boolean> {
    const gone = ['DBParameterGroupNotFound', 'DBParameterGroupNotFoundFault', 'DBClusterParameterGroupNotFound'];
    const answer =
      kind === 'cluster'
        ? await find('rds:DescribeDBClusterParameterGroups', gone, async () =>
            (await this.#rds()).describeDBClusterParameterGroups({ DBClusterParameterGroupName: name }),
          )
        : await find('rds:DescribeDBParameterGroups', gone, async () =>
            (await this.#rds()).describeDBParameterGroups({ DBParameterGroupName: name }),
          );
    return answer !== undefined;
  }

  /** Versions of an engine that new databases can have, oldest first; of `16` or `16.4` only those that begin so. */
  async engineVersions(engine: 'aurora-postgresql' | 'postgres', version: string): Promise<string[]> {
    const versions: string[] = [];
    let Marker: string | undefined;
    do {
      const page = await call('rds:DescribeDBEngineVersions', async () =>
        (await this.#rds()).describeDBEngineVersions({ Engine: engine, Marker }),
      );
      versions.push(...(page.DBEngineVersions ?? []).map(({ EngineVersion }) => EngineVersion!));
      Marker = page.Marker;
    } while (Marker !== undefined);
    return versions
      .filter((one) => one === version || one.startsWith(`${version}.`))
      .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  }

  /** Manual snapshots of a cluster, final ones among them; the cluster itself may be gone. */
  async clusterSnapshots(cluster: string): Promise<string[]> {
    const answer = await find('rds:DescribeDBClusterSnapshots', ['DBClusterNotFoundFault'], async () =>
      (await this.#rds()).describeDBClusterSnapshots({ DBClusterIdentifier: cluster, SnapshotType: 'manual' }),
    );
    return (answer?.DBClusterSnapshots ?? []).map(({ DBClusterSnapshotIdentifier }) => DBClusterSnapshotIdentifier!);
  }

  /** Manual snapshots of an instance, final ones among them; the instance itself may be gone. */
  async instanceSnapshots(instance: string): Promise<string[]> {
    const answer = await find('rds:DescribeDBSnapshots', ['DBInstanceNotFound', 'DBInstanceNotFoundFault'], async () =>
      (await this.#rds()).describeDBSnapshots({ DBInstanceIdentifier: instance, SnapshotType: 'manual' }),
    );
    return (answer?.DBSnapshots ?? []).map(({ DBSnapshotIdentifier }) => DBSnapshotIdentifier!);
  }

  /** Snapshots of every kind, oldest first; the database itself may be gone. */
  async snapshots(of: { cluster: string } | { instance: string }): Promise<DatabaseSnapshot[]> {
    const found: DatabaseSnapshot[] = [];
    let Marker: string | undefined;
    do {
      const page = await ('cluster' in of
        ? this.#clusterPage(of.cluster, Marker)
        : this.#instancePage(of.instance, Marker));
      found.push(...page.found);
      Marker = page.next;
    } while (Marker !== undefined);
    return found.sort((a, b) => (a.createdAt?.getTime() ?? Infinity) - (b.createdAt?.getTime() ?? Infinity));
  }

  async #clusterPage(cluster: string, Marker?: string): Promise<{ found: DatabaseSnapshot[]; next?: string }> {
    const page = await find('rds:DescribeDBClusterSnapshots', ['DBClusterNotFoundFault'], async () =>
      (await this.#rds()).describeDBClusterSnapshots({ DBClusterIdentifier: cluster, Marker }),
    );
    const found = (page?.DBClusterSnapshots ?? []).map((one) =>
      snapshot({ ...one, id: one.DBClusterSnapshotIdentifier!, arn: one.DBClusterSnapshotArn! }),
    );
    return { found, ...(page?.Marker === undefined ? {} : { next: page.Marker }) };
  }

  async #instancePage(instance: string, Marker?: string): Promise<{ found: DatabaseSnapshot[]; next?: string }> {
    const page = await find('rds:DescribeDBSnapshots', ['DBInstanceNotFound', 'DBInstanceNotFoundFault'], async () =>
      (await this.#rds()).describeDBSnapshots({ DBInstanceIdentifier: instance, Marker }),
    );
    const found = (page?.DBSnapshots ?? []).map((one) =>
      snapshot({ ...one, id: one.DBSnapshotIdentifier!, arn: one.DBSnapshotArn! }),
    );
    return { found, ...(page?.Marker === undefined ? {} : { next: page.Marker }) };
  }

  /** `taken`: there is a snapshot of that name. */
  async takeSnapshot(
    of: { cluster: string } | { instance: string },
    id: string,
    tags: Record<string, string> = {},
  ): Promise<DatabaseSnapshot | 'taken'> {
    const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
    if ('cluster' in of) {
      const made = await find('rds:CreateDBClusterSnapshot', ['DBClusterSnapshotAlreadyExistsFault'], async () =>
        (await this.#rds()).createDBClusterSnapshot({
          DBClusterIdentifier: of.cluster,
          DBClusterSnapshotIdentifier: id,
          Tags,
        }),
      );
      return made
        ? snapshot({ ...made.DBClusterSnapshot, id, arn: made.DBClusterSnapshot!.DBClusterSnapshotArn! })
        : 'taken';
    }
    const made = await find('rds:CreateDBSnapshot', ['DBSnapshotAlreadyExists'], async () =>
      (await this.#rds()).createDBSnapshot({ DBInstanceIdentifier: of.instance, DBSnapshotIdentifier: id, Tags }),
    );
    return made ? snapshot({ ...made.DBSnapshot, id, arn: made.DBSnapshot!.DBSnapshotArn! }) : 'taken';
  }

  async proxy(name: string): Promise<DBProxy | undefined> {
    const answer = await find('rds:DescribeDBProxies', ['DBProxyNotFoundFault'], async () =>
      (await this.#rds()).describeDBProxies({ DBProxyName: name }),
    );
    return answer?.DBProxies?.[0];
  }

  async proxyTargets(proxy: string): Promise<DBProxyTarget[]> {
    const answer = await find(
      'rds:DescribeDBProxyTargets',
      ['DBProxyNotFoundFault', 'DBProxyTargetGroupNotFoundFault', 'DBProxyTargetNotFoundFault'],
      async () => (await this.#rds()).describeDBProxyTargets({ DBProxyName: proxy }),
    );
    return answer?.Targets ?? [];
  }

  /** It has been stopped; available again some minutes later. */
  async startCluster(id: string): Promise<void> {
    await call('rds:StartDBCluster', async () => (await this.#rds()).startDBCluster({ DBClusterIdentifier: id }));
  }

  async startInstance(id: string): Promise<void> {
    await call('rds:StartDBInstance', async () => (await this.#rds()).startDBInstance({ DBInstanceIdentifier: id }));
  }

  /** One snapshot by its name. */
  async snapshot(kind: 'cluster' | 'instance', id: string): Promise<{ id: string } | undefined> {
    const rds = await this.#rds();
    const found =
      kind === 'cluster'
        ? await find('rds:DescribeDBClusterSnapshots', ['DBClusterSnapshotNotFoundFault'], () =>
            rds.describeDBClusterSnapshots({ DBClusterSnapshotIdentifier: id }),
          )
        : await find('rds:DescribeDBSnapshots', ['DBSnapshotNotFound', 'DBSnapshotNotFoundFault'], () =>
            rds.describeDBSnapshots({ DBSnapshotIdentifier: id }),
          );
    return found && { id };
  }

  async deleteSnapshot(kind: 'cluster' | 'instance', id: string): Promise<void> {
    const rds = await this.#rds();
    if (kind === 'cluster')
      await find('rds:DeleteDBClusterSnapshot', ['DBClusterSnapshotNotFoundFault'], () =>
        rds.deleteDBClusterSnapshot({ DBClusterSnapshotIdentifier: id }),
      );
    else
      await find('rds:DeleteDBSnapshot', ['DBSnapshotNotFound', 'DBSnapshotNotFoundFault'], () =>
        rds.deleteDBSnapshot({ DBSnapshotIdentifier: id }),
      );
  }

  async protectCluster(id: string, on: boolean): Promise<void> {
    await call('rds:ModifyDBCluster', async () =>
      (await this.#rds()).modifyDBCluster({ DBClusterIdentifier: id, DeletionProtection: on, ApplyImmediately: true }),
    );
  }

  async protectInstance(id: string, on: boolean): Promise<void> {
    await call('rds:ModifyDBInstance', async () =>
      (await this.#rds()).modifyDBInstance({
        DBInstanceIdentifier: id,
        DeletionProtection: on,
        ApplyImmediately: true,
      }),
    );
  }
}

const snapshot = (one: {
  id: string;
  arn: string;
  SnapshotType?: string;
  Status?: string;
  SnapshotCreateTime?: Date;
  PercentProgress?: number;
  AllocatedStorage?: number;
  EngineVersion?: string;
}): DatabaseSnapshot => ({
  id: one.id,
  arn: one.arn,
  type: one.SnapshotType ?? 'manual',
  status: one.Status ?? '',
  ...(one.SnapshotCreateTime ? { createdAt: one.SnapshotCreateTime } : {}),
  progress: one.PercentProgress ?? 0,
  storageGb: one.AllocatedStorage ?? 0,
  engineVersion: one.EngineVersion ?? '',
});
