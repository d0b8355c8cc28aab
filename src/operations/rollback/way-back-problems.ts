import { expressionsTold } from '../../../infra/component-outputs.ts';
import { humanName } from '../../../infra/describe-resource.ts';
import { blocking, type Problem } from '../../errors/problem.ts';
import type { PlannedStack } from '../../release/plan.ts';
import { resolveTemplate, type Template } from '../../release/resolve-template.ts';
import { bootstrapNeeded } from '../bootstrap/ensure-bootstrap.ts';
import { findObstacles } from '../preflight/check-prepared.ts';
import type { PreflightPowers } from '../preflight/groups.ts';
import { type Startable, startProblems } from '../services/start-problems.ts';
import type { PreparedRollback } from './prepare-rollback.ts';

/**
 * All that is missing of the way back, at once and before anything is changed: images, secrets and their keys, what
 * parameters lead to, databases, statuses of stacks, the bootstrap. A task definition that was deregistered is not
 * missed: its stored template registers it anew (F-61).
 */
export async function wayBackProblems(session: PreflightPowers, prepared: PreparedRollback): Promise<Problem[]> {
  const { plan, synthesis } = prepared;
  const changing = plan.stacks.filter(({ action }) => action !== 'none' && action !== 'delete');
  const [obstacles, starting, certificates, unready] = await Promise.all([
    findObstacles(session, prepared),
    startProblems(session, changing.flatMap(startables)),
    certificateProblems(session, changing),
    bootstrapNeeded(session, synthesis),
  ]);
  return [
    ...obstacles,
    ...starting,
    ...certificates,
    ...changing.flatMap((stack) => untoldOutputs(stack, plan.stacks)),
    ...changing.flatMap(lostDatabases),
    ...unready.map((region) =>
      blocking('F-21', `The CDK bootstrap of ${region} is not healthy`, 'platform bootstrap', 'bootstrap'),
    ),
  ];
}

/** What a service's stack will start its tasks from. */
function startables({ id, template, parameters }: PlannedStack): Startable[] {
  if (!id.startsWith('service-')) return [];
  const { Resources = {} } = resolveTemplate(template, parameters);
  const definitions = Object.values<Template>(Resources).filter(({ Type }) => Type === 'AWS::ECS::TaskDefinition');
  return definitions.map(({ Properties }) => ({
    name: id.slice('service-'.length),
    definition: {
      containerDefinitions: (Properties?.ContainerDefinitions ?? []).map((container: Template) => ({
        image: textOf(container.Image),
        secrets: (container.Secrets ?? []).map(({ Name, ValueFrom }: Template) => ({
          name: textOf(Name),
          valueFrom: textOf(ValueFrom),
        })),
      })),
    },
  }));
}

/** Empty for what only the deployment can tell. */
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

async function certificateProblems({ aws }: PreflightPowers, stacks: readonly PlannedStack[]): Promise<Problem[]> {
  const arns = stacks.flatMap(({ id, parameters }) =>
    Object.values(parameters).flatMap((value) =>
      typeof value === 'string' && /^arn:[^:]+:acm:/.test(value) ? [{ id, arn: value }] : [],
    ),
  );
  const found = await Promise.all(
    arns.map(async ({ id, arn }) => {
      const certificate = await aws.in(arn.split(':')[3]!).acm.certificate(arn);
      if (certificate?.Status === 'ISSUED') return [];
      const status = certificate ? `is ${certificate.Status}` : 'is not there any more';
      return [blocking('F-69', `Certificate ${arn} of ${id} ${status}`, 'platform deploy requests a new one', id)];
    }),
  );
  return found.flat();
}

/** Values that the stored stack takes from another one that does not tell them any more. */
function untoldOutputs({ id, sources }: PlannedStack, stacks: readonly PlannedStack[]): Problem[] {
  const untold = Object.values(sources).flatMap((source) => {
    if (!('stack' in source)) return [];
    const producer = stacks.find((stack) => stack.id === source.stack && stack.action !== 'delete');
    return expressionsTold(producer?.template ?? {})[source.output] === undefined
      ? [`${source.output} of ${source.stack}`]
      : [];
  });
  if (untold.length === 0) return [];
  return [
    blocking(
      'rollback-referent',
      `${id} takes ${untold.toSorted().join(', ')}, which is not there any more`,
      'platform rollback without a service brings back what it stood on, too',
      id,
    ),
  ];
}

const DATABASES = new Set(['AWS::RDS::DBCluster', 'AWS::RDS::DBInstance']);

/** A database that is gone would come back empty: that is no way back. */
function lostDatabases({ id, template, live }: PlannedStack): Problem[] {
  const gone = Object.entries<Template>(template.Resources ?? {}).filter(
    ([logicalId, { Type }]) => DATABASES.has(Type) && live?.template?.Resources?.[logicalId] === undefined,
  );
  return gone.map(([logicalId]) =>
    blocking(
      'rollback-database',
      `The ${humanName(template, logicalId)} of that release is gone: a rollback would make an empty one in its place`,
      'platform rollback <service> brings a service back alone; what a database held comes back from a snapshot',
      id,
    ),
  );
}
