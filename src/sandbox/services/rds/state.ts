import type { ServerlessV2ScalingConfigurationInfo } from '@aws-sdk/client-rds';
import { defineTable } from '../../kernel/scope.ts';

export interface Tag {
  Key: string;
  Value: string;
}

export interface SubnetGroupRow {
  name: string;
  arn: string;
  description: string;
  vpcId: string;
  subnets: { id: string; zone: string }[];
  tags: Tag[];
}

export interface ParameterGroupRow {
  name: string;
  arn: string;
  kind: 'cluster' | 'instance';
  family: string;
  description: string;
  /** What was set; the rest is the engine's default. */
  values: Record<string, { value: string; method: string }>;
  tags: Tag[];
}

/** What clusters and instances have alike. Times are real milliseconds since 1970. */
interface DatabaseRow {
  /** In small letters, as RDS keeps identifiers. */
  id: string;
  arn: string;
  resourceId: string;
  status: string;
  engine: string;
  engineVersion: string;
  databaseName?: string;
  username: string;
  port: number;
  endpoint: string;
  subnetGroup: string;
  securityGroups: string[];
  parameterGroup: string;
  encrypted: boolean;
  kmsKeyId?: string;
  backupDays: number;
  backupWindow: string;
  maintenanceWindow: string;
  isProtected: boolean;
  copiesTags: boolean;
  logExports: string[];
  iamAuth: boolean;
  created: number;
  masterSecretArn?: string;
  tags: Tag[];
}

export interface ClusterRow extends DatabaseRow {
  readerEndpoint: string;
  zones: string[];
  scaling?: ServerlessV2ScalingConfigurationInfo;
  storageType?: string;
  httpEndpoint: boolean;
  /** Where the data came from, for DescribeDBClusters of a restored cluster. */
  restoredFrom?: string;
  /** What waits for the maintenance window. */
  pending?: Partial<Omit<ClusterRow, 'pending'>>;
}

export interface InstanceRow extends DatabaseRow {
  /** Of Aurora: the cluster that the data is in. */
  clusterId?: string;
  isWriter: boolean;
  /** What waits for the maintenance window. */
  pending?: Partial<Omit<InstanceRow, 'pending'>>;
  promotionTier?: number;
  class: string;
  zone: string;
  multiAz: boolean;
  storageGb: number;
  storageType: string;
  iops?: number;
  throughput?: number;
  maxStorageGb?: number;
  isPublic: boolean;
  monitoringSeconds: number;
  monitoringRoleArn?: string;
  performanceInsights: boolean;
  minorUpgrades: boolean;
  certificate: string;
  /** Of a read replica: the instance that it follows. */
  sourceId?: string;
  networkInterface?: string;
}

export interface SnapshotRow {
  id: string;
  arn: string;
  kind: 'cluster' | 'instance';
  type: 'manual' | 'automated';
  status: string;
  created: number;
  sourceId: string;
  sourceCreated: number;
  vpcId: string;
  /** The database as it was. */
  of: ClusterRow | InstanceRow;
  tags: Tag[];
}

export interface ProxyRow {
  name: string;
  arn: string;
  status: string;
  engineFamily: string;
  auth: { secretArn?: string; scheme?: string; iam?: string; description?: string; clientPassword?: string }[];
  roleArn: string;
  vpcId: string;
  subnets: string[];
  securityGroups: string[];
  requiresTls: boolean;
  idleSeconds: number;
  debugLogging: boolean;
  endpoint: string;
  created: number;
  updated: number;
  tags: Tag[];
  targets: {
    arn: string;
    created: number;
    updated: number;
    clusters: string[];
    instances: string[];
    pool: {
      MaxConnectionsPercent: number;
      MaxIdleConnectionsPercent: number;
      ConnectionBorrowTimeout: number;
      SessionPinningFilters: string[];
      InitQuery?: string;
    };
  };
}

export type EventSource = 'db-instance' | 'db-cluster' | 'db-snapshot' | 'db-cluster-snapshot' | 'db-proxy';

export interface EventRow {
  source: EventSource;
  id: string;
  arn: string;
  message: string;
  categories: string[];
  at: number;
}

export const subnetGroups = defineTable<SubnetGroupRow>('rds.subnet-groups');
/** By `<kind>/<name>`. */
export const parameterGroups = defineTable<ParameterGroupRow>('rds.parameter-groups');
export const clusters = defineTable<ClusterRow>('rds.clusters');
export const instances = defineTable<InstanceRow>('rds.instances');
/** By `<kind>/<id>`. */
export const snapshots = defineTable<SnapshotRow>('rds.snapshots');
export const proxies = defineTable<ProxyRow>('rds.proxies');
export const events = defineTable<EventRow>('rds.events');
