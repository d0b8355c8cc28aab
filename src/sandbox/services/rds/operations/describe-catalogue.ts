import type {
  DBEngineVersion,
  DescribeCertificatesCommandInput,
  DescribeDBEngineVersionsCommandInput,
  DescribeOrderableDBInstanceOptionsCommandInput,
} from '@aws-sdk/client-rds';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Call } from '../../../kernel/scope.ts';
import { zonesOf } from '../../ec2/availability-zones.ts';
import {
  capacityRange,
  ENGINES,
  type Engine,
  familyOf,
  majorOf,
  requireEngine,
  resolveVersion,
  upgradeTargets,
  versionsOf,
} from '../engines.ts';
import { classesOf } from '../instance-classes.ts';
import { listing } from '../listing.ts';
import { clusters, instances, snapshots } from '../state.ts';

export function describeDBEngineVersions(input: DescribeDBEngineVersionsCommandInput, _call: Call) {
  const engines = input.Engine === undefined ? ENGINES : ENGINES.filter((engine) => engine === input.Engine);
  const isWanted = (engine: Engine, version: string) =>
    (input.EngineVersion === undefined ||
      version === input.EngineVersion ||
      majorOf(version) === input.EngineVersion) &&
    (input.DBParameterGroupFamily === undefined || familyOf(engine, version) === input.DBParameterGroupFamily) &&
    (!input.DefaultOnly || version === resolveVersion(engine, input.EngineVersion));
  const rows = engines.flatMap((engine) =>
    versionsOf(engine)
      .filter((version) => isWanted(engine, version))
      .map((version) => answer(engine, version)),
  );
  const { items, end } = listing(rows, input);
  return { DBEngineVersions: items, ...end };
}

const answer = (engine: Engine, version: string): DBEngineVersion => ({
  Engine: engine,
  MajorEngineVersion: majorOf(version),
  EngineVersion: version,
  DBParameterGroupFamily: familyOf(engine, version),
  DBEngineDescription: engine === 'postgres' ? 'PostgreSQL' : 'Aurora (PostgreSQL)',
  DBEngineVersionDescription:
    engine === 'postgres' ? `PostgreSQL ${version}-R1` : `Aurora PostgreSQL (Compatible with PostgreSQL ${version})`,
  ValidUpgradeTarget: upgradeTargets(engine, version).map((target) => ({
    Engine: engine,
    EngineVersion: target,
    Description: target,
    AutoUpgrade: false,
    IsMajorVersionUpgrade: majorOf(target) !== majorOf(version),
  })),
  ExportableLogTypes: ['iam-db-auth-error', 'instance', 'postgresql', ...(engine === 'postgres' ? ['upgrade'] : [])],
  SupportsLogExportsToCloudwatchLogs: true,
  SupportsReadReplica: engine === 'postgres',
  SupportedEngineModes: ['provisioned'],
  SupportedFeatureNames: [],
  Status: 'available',
  SupportsParallelQuery: false,
  SupportsGlobalDatabases: engine === 'aurora-postgresql',
  TagList: [],
  ...(engine === 'aurora-postgresql' && {
    ServerlessV2FeaturesSupport: { MinCapacity: capacityRange(version).min, MaxCapacity: capacityRange(version).max },
  }),
});

export function describeOrderableDBInstanceOptions(input: DescribeOrderableDBInstanceOptionsCommandInput, call: Call) {
  const engine = requireEngine(input.Engine);
  const versions = versionsOf(engine).filter(
    (version) =>
      input.EngineVersion === undefined || version === input.EngineVersion || majorOf(version) === input.EngineVersion,
  );
  const rows = versions.flatMap((version) =>
    classesOf(engine)
      .filter((each) => input.DBInstanceClass === undefined || each === input.DBInstanceClass)
      .map((DBInstanceClass) => ({
        Engine: engine,
        EngineVersion: version,
        DBInstanceClass,
        LicenseModel: 'postgresql-license',
        AvailabilityZones: zonesOf(call.region).map(({ name }) => ({ Name: name })),
        MultiAZCapable: engine === 'postgres',
        ReadReplicaCapable: engine === 'postgres',
        Vpc: true,
        SupportsStorageEncryption: true,
        StorageType: engine === 'postgres' ? 'gp3' : 'aurora',
        SupportedEngineModes: ['provisioned'],
      })),
  );
  const { items, end } = listing(rows, input);
  return { OrderableDBInstanceOptions: items, ...end };
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html */
const CERTIFICATES = ['rds-ca-rsa2048-g1', 'rds-ca-rsa4096-g1', 'rds-ca-ecc384-g1'];

export function describeCertificates(input: DescribeCertificatesCommandInput, call: Call) {
  const wanted = CERTIFICATES.filter(
    (id) => input.CertificateIdentifier === undefined || id === input.CertificateIdentifier,
  );
  if (wanted.length === 0)
    throw new AwsFault('CertificateNotFound', `Certificate not found: ${input.CertificateIdentifier}`, { status: 404 });
  const { items, end } = listing(wanted, input);
  return {
    DefaultCertificateForNewLaunches: CERTIFICATES[0],
    Certificates: items.map((id) => ({
      CertificateIdentifier: id,
      CertificateType: 'CA',
      ValidFrom: new Date('2021-05-20T00:00:00Z'),
      ValidTill: new Date(id.includes('rsa2048') ? '2061-05-20T00:00:00Z' : '2121-05-20T00:00:00Z'),
      CertificateArn: `arn:aws:rds:${call.region}::cert:${id}`,
      CustomerOverride: false,
    })),
    ...end,
  };
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html */
export function describeAccountAttributes(_input: unknown, call: Call) {
  const manual = snapshots.in(call).values();
  const quotas: [string, number, number][] = [
    ['DBInstances', instances.in(call).size, 40],
    ['DBClusters', clusters.in(call).size, 40],
    ['ManualSnapshots', manual.filter(({ kind }) => kind === 'instance').length, 100],
    ['ManualClusterSnapshots', manual.filter(({ kind }) => kind === 'cluster').length, 100],
  ];
  return {
    AccountQuotas: quotas.map(([AccountQuotaName, Used, Max]) => ({ AccountQuotaName, Used, Max })),
  };
}

/** Nothing is ever due in the sandbox. */
export const describePendingMaintenanceActions = () => ({ PendingMaintenanceActions: [] });
