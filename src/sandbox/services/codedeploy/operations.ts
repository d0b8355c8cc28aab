import type {
  BatchGetDeploymentsInput,
  DeploymentInfo,
  GetApplicationInput,
  GetDeploymentConfigInput,
  GetDeploymentGroupInput,
  GetDeploymentInput,
  ListDeploymentGroupsInput,
  ListDeploymentsInput,
  StopDeploymentInput,
} from '@aws-sdk/client-codedeploy';
import { AwsFault } from '../../kernel/fault.ts';
import type { Call } from '../../kernel/scope.ts';
import { PREDEFINED_NAMES, routingOf } from './routing.ts';
import { stopShift } from './shift.ts';
import { applications, configs, type DeploymentRow, deployments, groups } from './state.ts';

function foundApplication(name: string | undefined, call: Call) {
  const row = applications.in(call).get(name ?? '');
  if (!row) throw new AwsFault('ApplicationDoesNotExistException', `No application found for name: ${name}`);
  return row;
}

function found(id: string | undefined, call: Call): DeploymentRow {
  const row = deployments.in(call).get(id ?? '');
  if (!row) throw new AwsFault('DeploymentDoesNotExistException', `The deployment ${id} could not be found`);
  return row;
}

const appSpec = ({ function: name, alias, from, to }: DeploymentRow): string =>
  JSON.stringify({
    version: 0.0,
    Resources: [
      {
        [name]: {
          Type: 'AWS::Lambda::Function',
          Properties: { Name: name, Alias: alias, CurrentVersion: from, TargetVersion: to },
        },
      },
    ],
  });

const answer = (row: DeploymentRow): DeploymentInfo => ({
  applicationName: row.application,
  deploymentGroupName: row.group,
  deploymentConfigName: row.config,
  deploymentId: row.id,
  revision: { revisionType: 'AppSpecContent', appSpecContent: { content: appSpec(row) } },
  status: row.status,
  ...(row.error && { errorInformation: { code: row.error.code as 'ALARM_ACTIVE', message: row.error.message } }),
  createTime: new Date(row.created),
  startTime: new Date(row.created),
  ...(row.completed !== undefined && { completeTime: new Date(row.completed) }),
  creator: 'CloudFormation' as DeploymentInfo['creator'],
  ...(row.rolledBack && { rollbackInfo: { rollbackMessage: 'Rollback successful' } }),
  deploymentStyle: { deploymentType: 'BLUE_GREEN', deploymentOption: 'WITH_TRAFFIC_CONTROL' },
  computePlatform: 'Lambda',
});

export const getDeployment = ({ deploymentId }: GetDeploymentInput, call: Call) => ({
  deploymentInfo: answer(found(deploymentId, call)),
});

export const batchGetDeployments = ({ deploymentIds = [] }: BatchGetDeploymentsInput, call: Call) => ({
  deploymentsInfo: deploymentIds.flatMap((id) => {
    const row = deployments.in(call).get(id);
    return row ? [answer(row)] : [];
  }),
});

/** The latest first. */
export function listDeployments(input: ListDeploymentsInput, call: Call) {
  const rows = deployments
    .in(call)
    .values()
    .filter(
      (row) =>
        (input.applicationName === undefined || row.application === input.applicationName) &&
        (input.deploymentGroupName === undefined || row.group === input.deploymentGroupName) &&
        (!input.includeOnlyStatuses?.length || input.includeOnlyStatuses.includes(row.status)),
    );
  return { deployments: rows.sort((a, b) => b.created - a.created).map(({ id }) => id) };
}

export function stopDeployment({ deploymentId, autoRollbackEnabled }: StopDeploymentInput, call: Call) {
  const { id, status } = found(deploymentId, call);
  if (status !== 'InProgress')
    throw new AwsFault('DeploymentAlreadyCompletedException', `The deployment ${id} is already in a terminal state`);
  const error = { code: 'MANUAL_STOP', message: 'The deployment was stopped by a request' };
  stopShift(id, error, call, autoRollbackEnabled ?? undefined);
  return { status: 'Succeeded' as const, statusMessage: 'Deployment stopped' };
}

export const getApplication = ({ applicationName }: GetApplicationInput, call: Call) => {
  const { id, name, created } = foundApplication(applicationName, call);
  return {
    application: {
      applicationId: id,
      applicationName: name,
      createTime: new Date(created),
      computePlatform: 'Lambda' as const,
    },
  };
};

export const listApplications = (_input: object, call: Call) => ({
  applications: applications
    .in(call)
    .values()
    .map(({ name }) => name),
});

export function listDeploymentGroups({ applicationName }: ListDeploymentGroupsInput, call: Call) {
  const { name } = foundApplication(applicationName, call);
  return {
    applicationName: name,
    deploymentGroups: groups
      .in(call)
      .values()
      .filter(({ application }) => application === name)
      .map((row) => row.name),
  };
}

export function getDeploymentGroup({ applicationName, deploymentGroupName }: GetDeploymentGroupInput, call: Call) {
  foundApplication(applicationName, call);
  const row = groups.in(call).get(`${applicationName}/${deploymentGroupName}`);
  if (!row)
    throw new AwsFault(
      'DeploymentGroupDoesNotExistException',
      `No Deployment Group found for name: ${deploymentGroupName}`,
    );
  const { AlarmConfiguration: alarms, AutoRollbackConfiguration: rollback } = row.declared;
  return {
    deploymentGroupInfo: {
      applicationName: row.application,
      deploymentGroupId: row.id,
      deploymentGroupName: row.name,
      deploymentConfigName: row.declared.DeploymentConfigName ?? 'CodeDeployDefault.LambdaAllAtOnce',
      serviceRoleArn: row.declared.ServiceRoleArn,
      ...(alarms && {
        alarmConfiguration: {
          enabled: String(alarms.Enabled) === 'true',
          alarms: (alarms.Alarms ?? []).map(({ Name }: { Name: string }) => ({ name: Name })),
        },
      }),
      ...(rollback && {
        autoRollbackConfiguration: { enabled: String(rollback.Enabled) === 'true', events: rollback.Events ?? [] },
      }),
      deploymentStyle: { deploymentType: 'BLUE_GREEN' as const, deploymentOption: 'WITH_TRAFFIC_CONTROL' as const },
      computePlatform: 'Lambda' as const,
    },
  };
}

/** Those for functions, and those of stacks. */
export const listDeploymentConfigs = (_input: object, call: Call) => ({
  deploymentConfigsList: [
    ...PREDEFINED_NAMES,
    ...configs
      .in(call)
      .values()
      .map(({ name }) => name),
  ],
});

export function getDeploymentConfig({ deploymentConfigName = '' }: GetDeploymentConfigInput, call: Call) {
  const { type, percent, minutes } = routingOf(deploymentConfigName, call);
  return {
    deploymentConfigInfo: {
      deploymentConfigName,
      computePlatform: 'Lambda' as const,
      trafficRoutingConfig: {
        type,
        ...(type === 'TimeBasedCanary' && { timeBasedCanary: { canaryPercentage: percent, canaryInterval: minutes } }),
        ...(type === 'TimeBasedLinear' && { timeBasedLinear: { linearPercentage: percent, linearInterval: minutes } }),
      },
    },
  };
}
