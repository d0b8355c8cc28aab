import type { ServiceDefinition } from '../../kernel/service-definition.ts';
import { STATUS_DUE, statusDue } from './lifecycle.ts';
import { createDBCluster } from './operations/create-db-cluster.ts';
import { createDBInstance } from './operations/create-db-instance.ts';
import { deleteDBCluster } from './operations/delete-db-cluster.ts';
import { deleteDBInstance } from './operations/delete-db-instance.ts';
import {
  describeAccountAttributes,
  describeCertificates,
  describeDBEngineVersions,
  describeOrderableDBInstanceOptions,
  describePendingMaintenanceActions,
} from './operations/describe-catalogue.ts';
import { describeDBClusters } from './operations/describe-db-clusters.ts';
import { describeDBInstances } from './operations/describe-db-instances.ts';
import { describeEvents } from './operations/describe-events.ts';
import { modifyDBCluster } from './operations/modify-db-cluster.ts';
import { modifyDBInstance } from './operations/modify-db-instance.ts';
import { clusterParameterGroups, instanceParameterGroups } from './operations/parameter-groups.ts';
import { createDBProxy, deleteDBProxy, describeDBProxies, modifyDBProxy } from './operations/proxies.ts';
import {
  deregisterDBProxyTargets,
  describeDBProxyTargetGroups,
  describeDBProxyTargets,
  modifyDBProxyTargetGroup,
  registerDBProxyTargets,
} from './operations/proxy-targets.ts';
import {
  createDBInstanceReadReplica,
  restoreDBClusterFromSnapshot,
  restoreDBClusterToPointInTime,
  restoreDBInstanceFromDBSnapshot,
  restoreDBInstanceToPointInTime,
} from './operations/restore.ts';
import { failoverDBCluster, startDBCluster, stopDBCluster } from './operations/run-db-cluster.ts';
import { rebootDBInstance, startDBInstance, stopDBInstance } from './operations/run-db-instance.ts';
import {
  createDBClusterSnapshot,
  createDBSnapshot,
  deleteDBClusterSnapshot,
  deleteDBSnapshot,
  describeDBClusterSnapshots,
  describeDBSnapshots,
} from './operations/snapshots.ts';
import {
  createDBSubnetGroup,
  deleteDBSubnetGroup,
  describeDBSubnetGroups,
  modifyDBSubnetGroup,
} from './operations/subnet-groups.ts';
import { addTagsToResource, listTagsForResource, removeTagsFromResource } from './operations/tags.ts';
import { dbCluster } from './resources/db-cluster.ts';
import { dbInstance } from './resources/db-instance.ts';
import { dbProxy, dbProxyTargetGroup } from './resources/db-proxy.ts';
import { dbClusterParameterGroup, dbParameterGroup, dbSubnetGroup } from './resources/groups.ts';

export const rds: ServiceDefinition = {
  sdk: () => import('@aws-sdk/client-rds'),
  client: 'RDSClient',
  operations: {
    CreateDBCluster: createDBCluster,
    CreateDBInstance: createDBInstance,
    DeleteDBCluster: deleteDBCluster,
    DeleteDBInstance: deleteDBInstance,
    DescribeAccountAttributes: describeAccountAttributes,
    DescribeCertificates: describeCertificates,
    DescribeDBEngineVersions: describeDBEngineVersions,
    DescribeOrderableDBInstanceOptions: describeOrderableDBInstanceOptions,
    DescribePendingMaintenanceActions: describePendingMaintenanceActions,
    DescribeDBClusters: describeDBClusters,
    DescribeDBInstances: describeDBInstances,
    DescribeEvents: describeEvents,
    ModifyDBCluster: modifyDBCluster,
    ModifyDBInstance: modifyDBInstance,
    CreateDBProxy: createDBProxy,
    DeleteDBProxy: deleteDBProxy,
    DescribeDBProxies: describeDBProxies,
    ModifyDBProxy: modifyDBProxy,
    DeregisterDBProxyTargets: deregisterDBProxyTargets,
    DescribeDBProxyTargetGroups: describeDBProxyTargetGroups,
    DescribeDBProxyTargets: describeDBProxyTargets,
    ModifyDBProxyTargetGroup: modifyDBProxyTargetGroup,
    RegisterDBProxyTargets: registerDBProxyTargets,
    CreateDBInstanceReadReplica: createDBInstanceReadReplica,
    RestoreDBClusterFromSnapshot: restoreDBClusterFromSnapshot,
    RestoreDBClusterToPointInTime: restoreDBClusterToPointInTime,
    RestoreDBInstanceFromDBSnapshot: restoreDBInstanceFromDBSnapshot,
    RestoreDBInstanceToPointInTime: restoreDBInstanceToPointInTime,
    FailoverDBCluster: failoverDBCluster,
    StartDBCluster: startDBCluster,
    StopDBCluster: stopDBCluster,
    RebootDBInstance: rebootDBInstance,
    StartDBInstance: startDBInstance,
    StopDBInstance: stopDBInstance,
    CreateDBClusterSnapshot: createDBClusterSnapshot,
    CreateDBSnapshot: createDBSnapshot,
    DeleteDBClusterSnapshot: deleteDBClusterSnapshot,
    DeleteDBSnapshot: deleteDBSnapshot,
    DescribeDBClusterSnapshots: describeDBClusterSnapshots,
    DescribeDBSnapshots: describeDBSnapshots,
    CreateDBSubnetGroup: createDBSubnetGroup,
    DeleteDBSubnetGroup: deleteDBSubnetGroup,
    DescribeDBSubnetGroups: describeDBSubnetGroups,
    ModifyDBSubnetGroup: modifyDBSubnetGroup,
    AddTagsToResource: addTagsToResource,
    ListTagsForResource: listTagsForResource,
    RemoveTagsFromResource: removeTagsFromResource,
    CreateDBClusterParameterGroup: clusterParameterGroups.create,
    DescribeDBClusterParameterGroups: clusterParameterGroups.describe,
    DescribeDBClusterParameters: clusterParameterGroups.describeParameters,
    ModifyDBClusterParameterGroup: clusterParameterGroups.modify,
    ResetDBClusterParameterGroup: clusterParameterGroups.reset,
    DeleteDBClusterParameterGroup: clusterParameterGroups.delete,
    CreateDBParameterGroup: instanceParameterGroups.create,
    DescribeDBParameterGroups: instanceParameterGroups.describe,
    DescribeDBParameters: instanceParameterGroups.describeParameters,
    ModifyDBParameterGroup: instanceParameterGroups.modify,
    ResetDBParameterGroup: instanceParameterGroups.reset,
    DeleteDBParameterGroup: instanceParameterGroups.delete,
  },
  timers: { [STATUS_DUE]: statusDue },
  resources: {
    'AWS::RDS::DBCluster': dbCluster,
    'AWS::RDS::DBClusterParameterGroup': dbClusterParameterGroup,
    'AWS::RDS::DBInstance': dbInstance,
    'AWS::RDS::DBParameterGroup': dbParameterGroup,
    'AWS::RDS::DBProxy': dbProxy,
    'AWS::RDS::DBProxyTargetGroup': dbProxyTargetGroup,
    'AWS::RDS::DBSubnetGroup': dbSubnetGroup,
  },
};
