import type { ServiceDefinition } from '../../kernel/service-definition.ts';
import { listAccountSettings, putAccountSetting, putAccountSettingDefault } from './operations/account-settings.ts';
import { deleteCluster, describeClusters, listClusters } from './operations/clusters.ts';
import { createCluster } from './operations/create-cluster.ts';
import { createService } from './operations/create-service.ts';
import { deleteService } from './operations/delete-service.ts';
import { deleteTaskDefinitions } from './operations/delete-task-definitions.ts';
import { deregisterTaskDefinition } from './operations/deregister-task-definition.ts';
import { describeCapacityProviders } from './operations/describe-capacity-providers.ts';
import { describeTaskDefinition } from './operations/describe-task-definition.ts';
import { executeCommand } from './operations/execute-command.ts';
import { listTaskDefinitionFamilies, listTaskDefinitions } from './operations/list-task-definitions.ts';
import { describeServices, listServices } from './operations/read-services.ts';
import { describeTasks, listTasks } from './operations/read-tasks.ts';
import { registerTaskDefinition } from './operations/register-task-definition.ts';
import { runTask } from './operations/run-task.ts';
import {
  describeServiceDeployments,
  describeServiceRevisions,
  listServiceDeployments,
} from './operations/service-deployments.ts';
import { stopServiceDeployment } from './operations/stop-service-deployment.ts';
import { stopTask } from './operations/stop-task.ts';
import { listTagsForResource, tagResource, untagResource } from './operations/tag-resources.ts';
import { putClusterCapacityProviders, updateCluster, updateClusterSettings } from './operations/update-cluster.ts';
import { updateService } from './operations/update-service.ts';
import { clusterProvider } from './resources/cluster.ts';
import { capacityProviderAssociationsProvider } from './resources/cluster-capacity-provider-associations.ts';
import { serviceProvider } from './resources/service.ts';
import { taskDefinitionProvider } from './resources/task-definition.ts';
import { forgetService } from './scheduler/drain-service.ts';
import { look } from './scheduler/look.ts';
import { containerExited } from './tasks/container-exit.ts';
import { containerHealth } from './tasks/container-health.ts';
import { containersEnded, startRefused } from './tasks/end-task.ts';
import { containersStarted } from './tasks/start-task.ts';
import { forgetTask, taskStep } from './tasks/task-steps.ts';

export const ecs: ServiceDefinition = {
  sdk: () => import('@aws-sdk/client-ecs'),
  client: 'ECSClient',
  operations: {
    CreateCluster: createCluster,
    CreateService: createService,
    DeleteCluster: deleteCluster,
    DeleteService: deleteService,
    DeleteTaskDefinitions: deleteTaskDefinitions,
    DeregisterTaskDefinition: deregisterTaskDefinition,
    DescribeCapacityProviders: describeCapacityProviders,
    DescribeClusters: describeClusters,
    DescribeServiceDeployments: describeServiceDeployments,
    DescribeServiceRevisions: describeServiceRevisions,
    DescribeServices: describeServices,
    DescribeTaskDefinition: describeTaskDefinition,
    DescribeTasks: describeTasks,
    ExecuteCommand: executeCommand,
    ListAccountSettings: listAccountSettings,
    ListClusters: listClusters,
    ListServiceDeployments: listServiceDeployments,
    ListServices: listServices,
    ListTagsForResource: listTagsForResource,
    ListTaskDefinitionFamilies: listTaskDefinitionFamilies,
    ListTaskDefinitions: listTaskDefinitions,
    ListTasks: listTasks,
    PutAccountSetting: putAccountSetting,
    PutAccountSettingDefault: putAccountSettingDefault,
    PutClusterCapacityProviders: putClusterCapacityProviders,
    RegisterTaskDefinition: registerTaskDefinition,
    RunTask: runTask,
    StopServiceDeployment: stopServiceDeployment,
    StopTask: stopTask,
    TagResource: tagResource,
    UntagResource: untagResource,
    UpdateCluster: updateCluster,
    UpdateClusterSettings: updateClusterSettings,
    UpdateService: updateService,
  },
  timers: {
    'ecs.task': taskStep,
    'ecs.forget-task': forgetTask,
    'ecs.forget-service': forgetService,
    'ecs.container-exit': (exit, scope) => containerExited(scope, exit),
    'ecs.container-health': containerHealth,
    'ecs.containers-ended': containersEnded,
    'ecs.containers-started': containersStarted,
    'ecs.start-refused': startRefused,
    'ecs.look': look,
  },
  resources: {
    'AWS::ECS::Cluster': clusterProvider,
    'AWS::ECS::ClusterCapacityProviderAssociations': capacityProviderAssociationsProvider,
    'AWS::ECS::Service': serviceProvider,
    'AWS::ECS::TaskDefinition': taskDefinitionProvider,
  },
};
