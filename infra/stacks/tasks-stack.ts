import { Construct } from 'constructs';
import { logs } from '../aws-cdk.ts';
import { areToldTogether, BETWEEN } from '../component-outputs.ts';
import { ComponentRoles } from '../constructs/component-roles.ts';
import { DatabaseAccess } from '../constructs/database-access.ts';
import { TaskDefinition } from '../constructs/task-definition.ts';
import { leave } from '../leave.ts';
import { fitName, oneOffLogPrefix, pascal } from '../names.ts';
import { outputs } from '../outputs.ts';
import type { AppSettings, ComponentSettings } from '../settings.ts';
import { PlatformStack } from './platform-stack.ts';

/** The rights and logs of everything that runs in containers, and the one-off tasks that prepare a release. */
export class TasksStack extends PlatformStack {
  constructor(scope: Construct, settings: AppSettings) {
    super(scope, 'tasks', settings, { description: 'Roles, logs and one-off tasks' });
    this.links.waitFor('images');
    const components = Object.entries({ ...settings.services, ...settings.oneOffs });
    for (const [name, component] of components) {
      const told = this.#component(settings, name, component);
      if (areToldTogether(components.length)) this.links.tellTogether(outputs.tasks.component(name), BETWEEN, told);
      else for (const [output, value] of Object.entries(told)) this.links.tell(output, value);
    }
  }

  #component(settings: AppSettings, name: string, component: ComponentSettings): Record<string, string> {
    const { links } = this;
    const { logRetentionDays, logsOnDelete } = settings.observability;
    const scope = new Construct(this, pascal(name));

    const group = new logs.CfnLogGroup(scope, 'Log', { retentionInDays: logRetentionDays });
    leave(group, logsOnDelete);
    const roles = new ComponentRoles(scope, 'Roles', {
      links,
      settings,
      component,
      logGroupArn: group.attrArn,
      traced: settings.observability.tracing && Object.hasOwn(settings.services, name),
    });
    new DatabaseAccess(scope, 'Access', { links, settings, name, component });
    const oneOff = new TaskDefinition(scope, 'OneOff', {
      links,
      settings,
      name,
      component,
      family: fitName(`${settings.project}-${settings.environment}-${name}-once`, 255),
      taskRoleArn: roles.taskRoleArn,
      executionRoleArn: roles.executionRoleArn,
      logGroup: group.ref,
      logPrefix: oneOffLogPrefix(name),
    });

    return {
      [outputs.tasks.taskRoleArn(name)]: roles.taskRoleArn,
      [outputs.tasks.executionRoleArn(name)]: roles.executionRoleArn,
      [outputs.tasks.logGroup(name)]: group.ref,
      [outputs.tasks.oneOffTaskDefinition(name)]: oneOff.arn,
    };
  }
}
