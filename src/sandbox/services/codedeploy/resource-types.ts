import { randomUUID } from 'node:crypto';
import { AwsFault } from '../../kernel/fault.ts';
import type { Properties, ResourceProvider } from '../../kernel/resource-provider.ts';
import type { Call } from '../../kernel/scope.ts';
import { roles } from '../iam/state.ts';
import { trusts } from '../iam/trust.ts';
import { declaredRouting, routingOf } from './routing.ts';
import { applications, configs, groups } from './state.ts';

export const application: ResourceProvider = {
  create({ ApplicationName, ComputePlatform = 'Server' }, { call, generateName }) {
    if (ComputePlatform !== 'Lambda')
      return { status: 'failed', reason: `The sandbox simulates CodeDeploy for functions, not for ${ComputePlatform}` };
    const name = ApplicationName ?? generateName({ maxLength: 100 });
    if (applications.in(call).has(name))
      throw new AwsFault('ApplicationAlreadyExistsException', `Application already exists: ${name}`);
    applications.in(call).put(name, { id: randomUUID(), name, created: call.world.clock.stamp() });
    return { status: 'done', physicalId: name };
  },
  update: ({ physicalId }) => ({ status: 'done', physicalId }),
  delete(_properties, physicalId, { call }) {
    applications.in(call).delete(physicalId);
    for (const [key, row] of groups.in(call).entries()) if (row.application === physicalId) groups.in(call).delete(key);
    return { status: 'done', physicalId };
  },
  read(physicalId, properties, { call }) {
    return applications.in(call).has(physicalId) ? { ...properties, ApplicationName: physicalId } : undefined;
  },
};

export const deploymentConfig: ResourceProvider = {
  create(properties, { call, generateName }) {
    const name = properties.DeploymentConfigName ?? generateName({ maxLength: 100 });
    const routing = declaredRouting(properties);
    configs.in(call).put(name, { id: randomUUID(), name, routing, created: call.world.clock.stamp() });
    return { status: 'done', physicalId: name };
  },
  delete(_properties, physicalId, { call }) {
    if (
      groups
        .in(call)
        .values()
        .some(({ declared }) => declared.DeploymentConfigName === physicalId)
    )
      throw new AwsFault('DeploymentConfigInUseException', `Deployment configuration ${physicalId} is in use`);
    configs.in(call).delete(physicalId);
    return { status: 'done', physicalId };
  },
  read(physicalId, properties, { call }) {
    return configs.in(call).has(physicalId) ? { ...properties, DeploymentConfigName: physicalId } : undefined;
  },
};

function checkGroup(
  { ApplicationName, ServiceRoleArn, DeploymentConfigName, DeploymentStyle }: Properties,
  call: Call,
): void {
  if (!applications.in(call).has(ApplicationName))
    throw new AwsFault('ApplicationDoesNotExistException', `No application found for name: ${ApplicationName}`);
  if (DeploymentConfigName) routingOf(DeploymentConfigName, call);
  const role = roles
    .in(call)
    .values()
    .find(({ arn }) => arn === ServiceRoleArn);
  if (!role || !trusts(role.trust, { caller: { service: 'codedeploy.amazonaws.com' } }))
    throw new AwsFault(
      'InvalidRoleException',
      `AWS CodeDeploy does not have the permissions required to assume the role ${ServiceRoleArn}.`,
    );
  if (DeploymentStyle?.DeploymentType !== 'BLUE_GREEN' || DeploymentStyle.DeploymentOption !== 'WITH_TRAFFIC_CONTROL')
    throw new AwsFault(
      'InvalidDeploymentStyleException',
      'For Lambda deployment group, the deployment type must be BLUE_GREEN, and deployment option must be WITH_TRAFFIC_CONTROL',
    );
}

export const deploymentGroup: ResourceProvider = {
  create(properties, { call, generateName }) {
    checkGroup(properties, call);
    const name = properties.DeploymentGroupName ?? generateName({ maxLength: 100 });
    const key = `${properties.ApplicationName}/${name}`;
    if (groups.in(call).has(key))
      throw new AwsFault(
        'DeploymentGroupAlreadyExistsException',
        `Deployment Group name already exists for this Application`,
      );
    groups.in(call).put(key, { id: randomUUID(), name, application: properties.ApplicationName, declared: properties });
    return { status: 'done', physicalId: name };
  },
  update({ after, physicalId }, { call }) {
    checkGroup(after, call);
    groups.in(call).update(`${after.ApplicationName}/${physicalId}`, (draft) => {
      draft.declared = after;
    });
    return { status: 'done', physicalId };
  },
  delete({ ApplicationName }, physicalId, { call }) {
    groups.in(call).delete(`${ApplicationName}/${physicalId}`);
    return { status: 'done', physicalId };
  },
  read(physicalId, { ApplicationName }, { call }) {
    const row = groups.in(call).get(`${ApplicationName}/${physicalId}`);
    return row && { ...structuredClone(row.declared), DeploymentGroupName: row.name };
  },
};
