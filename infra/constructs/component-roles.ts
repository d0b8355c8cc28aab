import { Construct } from 'constructs';
import { core, iam } from '../aws-cdk.ts';
import { COLLECT_GRANT, EXEC_GRANT, grantsFor, pullElsewhereGrants, pullGrants, secretOf } from '../grants.ts';
import { surroundings } from '../injection.ts';
import type { Links } from '../links.ts';
import { pascal } from '../names.ts';
import { allow, type Grant, type PolicyDocument, trust } from '../policy.ts';
import type { SecretKey } from '../setting-values.ts';
import type { AppSettings, ComponentSettings, ServiceSettings } from '../settings.ts';

export interface ComponentRolesProps {
  links: Links;
  settings: AppSettings;
  component: ComponentSettings & Pick<ServiceSettings, 'sidecars'>;
  /** ARN of the component's log group. */
  logGroupArn: string;
  /** Whether a collector stands beside it. */
  traced: boolean;
}

/**
 * Two roles of one component: the application's own, and the one ECS starts it with. Policies stand in the role, one for
 * each thing that is used and named for it: fifty services would need more policy resources than a stack may hold, and
 * a release can still add what it needs and take away, once it is proven, what the old one needed (`widenTemplate`).
 */
export class ComponentRoles extends Construct {
  readonly taskRoleArn: string;
  readonly executionRoleArn: string;

  constructor(scope: Construct, id: string, { links, settings, component, logGroupArn, traced }: ComponentRolesProps) {
    super(scope, id);
    const { collector } = settings.observability;
    this.taskRoleArn = role(this, 'TaskRole', settings, [
      ...component.uses.map((use) =>
        policy(`Use${pascal(use.kind)}${pascal(use.name)}`, grantsFor(links, settings, use)),
      ),
      ...(component.exec ? [policy('Exec', [EXEC_GRANT])] : []),
      ...(traced ? [policy('Trace', [COLLECT_GRANT])] : []),
    ]);
    this.executionRoleArn = role(this, 'ExecutionRole', settings, [
      policy('Pull', [
        ...pullGrants(component.repository, settings),
        ...pullElsewhereGrants([
          ...Object.values(component.sidecars ?? {}).map(({ image }) => image),
          ...(traced && collector ? [collector.image] : []),
        ]),
      ]),
      policy('Log', [{ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroupArn] }]),
      ...[...secretsOf(component, settings)].map(([name, key]) =>
        policy(`Start${name}`, [
          { actions: ['secretsmanager:GetSecretValue'], resources: [secretOf(links, settings, key)] },
        ]),
      ),
    ]);
  }
}

interface Policy {
  policyName: string;
  policyDocument: PolicyDocument;
}

const policy = (policyName: string, grants: readonly Grant[]): Policy => ({
  policyName,
  policyDocument: allow(grants),
});

/** Answers with the role's ARN. */
function role(scope: Construct, id: string, { region, account }: AppSettings, policies: Policy[]): string {
  return new iam.CfnRole(scope, id, {
    // Only tasks of this account and region may put the role on:
    // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
    assumeRolePolicyDocument: trust('ecs-tasks.amazonaws.com', {
      ArnLike: { 'aws:SourceArn': `arn:${core.Aws.PARTITION}:ecs:${region}:${account}:*` },
      StringEquals: { 'aws:SourceAccount': account },
    }),
    ...(policies.length > 0 ? { policies } : {}),
  }).attrArn;
}

/** Each secret once, whatever the number of its keys. */
function secretsOf(component: ComponentRolesProps['component'], settings: AppSettings): Map<string, SecretKey> {
  const found = new Map<string, SecretKey>();
  const beside = Object.values(component.sidecars ?? {}).flatMap(({ secrets }) => Object.values(secrets));
  for (const key of [...Object.values(surroundings(component, settings).secrets), ...beside]) {
    const url = key.from === 'database' && key.key === 'url' ? 'Url' : '';
    found.set(key.from === 'secret' ? `Secret${pascal(key.secret)}` : `Database${url}Of${pascal(key.database)}`, key);
  }
  return found;
}
