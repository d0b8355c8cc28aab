import { Construct } from 'constructs';
import { core, iam } from '../aws-cdk.ts';
import { EXEC_GRANT, grantsFor, pullGrants, secretOf } from '../grants.ts';
import { surroundings } from '../injection.ts';
import type { Links } from '../links.ts';
import { pascal } from '../names.ts';
import { allow, type Grant, trust } from '../policy.ts';
import type { AppSettings, ComponentSettings, SecretKey } from '../settings.ts';

export interface ComponentRolesProps {
  links: Links;
  settings: AppSettings;
  component: ComponentSettings;
  /** ARN of the component's log group. */
  logGroupArn: string;
}

/**
 * Two roles of one component: the application's own, and the one ECS starts it with. Each right is a policy resource of
 * its own, so that a release can add what it needs and take away, once it is proven, what the old one needed.
 */
export class ComponentRoles extends Construct {
  readonly taskRoleArn: string;
  readonly executionRoleArn: string;

  constructor(scope: Construct, id: string, { links, settings, component, logGroupArn }: ComponentRolesProps) {
    super(scope, id);
    const task = role(this, 'TaskRole', settings);
    for (const use of component.uses) {
      policy(this, `Use${pascal(use.kind)}${pascal(use.name)}`, task.ref, grantsFor(links, settings, use));
    }
    if (component.exec) policy(this, 'Exec', task.ref, [EXEC_GRANT]);

    const execution = role(this, 'ExecutionRole', settings);
    policy(this, 'Pull', execution.ref, pullGrants(component.repository, settings));
    policy(this, 'Log', execution.ref, [
      { actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroupArn] },
    ]);
    for (const [name, key] of secretsOf(component, settings)) {
      policy(this, `Start${name}`, execution.ref, [
        { actions: ['secretsmanager:GetSecretValue'], resources: [secretOf(links, settings, key)] },
      ]);
    }
    this.taskRoleArn = task.attrArn;
    this.executionRoleArn = execution.attrArn;
  }
}

function role(scope: Construct, id: string, { region, account }: AppSettings) {
  // Only tasks of this account and region may put the role on:
  // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
  return new iam.CfnRole(scope, id, {
    assumeRolePolicyDocument: trust('ecs-tasks.amazonaws.com', {
      ArnLike: { 'aws:SourceArn': `arn:${core.Aws.PARTITION}:ecs:${region}:${account}:*` },
      StringEquals: { 'aws:SourceAccount': account },
    }),
  });
}

const policy = (scope: Construct, id: string, roleName: string, grants: readonly Grant[]) =>
  new iam.CfnPolicy(scope, id, { policyName: id, policyDocument: allow(grants), roles: [roleName] });

/** Each secret once, whatever the number of its keys. */
function secretsOf(component: ComponentSettings, settings: AppSettings): Map<string, SecretKey> {
  const found = new Map<string, SecretKey>();
  for (const key of Object.values(surroundings(component, settings).secrets)) {
    const url = key.from === 'database' && key.key === 'url' ? 'Url' : '';
    found.set(key.from === 'secret' ? `Secret${pascal(key.secret)}` : `Database${url}Of${pascal(key.database)}`, key);
  }
  return found;
}
