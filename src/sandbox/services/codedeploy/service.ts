import type { ServiceDefinition } from '../../kernel/service-definition.ts';
import {
  batchGetDeployments,
  getApplication,
  getDeployment,
  getDeploymentConfig,
  getDeploymentGroup,
  listApplications,
  listDeploymentConfigs,
  listDeploymentGroups,
  listDeployments,
  stopDeployment,
} from './operations.ts';
import { application, deploymentConfig, deploymentGroup } from './resource-types.ts';
import { shiftTimers } from './shift.ts';

export const codeDeploy: ServiceDefinition = {
  sdk: () => import('@aws-sdk/client-codedeploy'),
  client: 'CodeDeployClient',
  operations: {
    BatchGetDeployments: batchGetDeployments,
    GetApplication: getApplication,
    GetDeployment: getDeployment,
    GetDeploymentConfig: getDeploymentConfig,
    GetDeploymentGroup: getDeploymentGroup,
    ListApplications: listApplications,
    ListDeploymentConfigs: listDeploymentConfigs,
    ListDeploymentGroups: listDeploymentGroups,
    ListDeployments: listDeployments,
    StopDeployment: stopDeployment,
  },
  timers: shiftTimers,
  resources: {
    'AWS::CodeDeploy::Application': application,
    'AWS::CodeDeploy::DeploymentConfig': deploymentConfig,
    'AWS::CodeDeploy::DeploymentGroup': deploymentGroup,
  },
};
