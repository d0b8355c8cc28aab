import type { Problem } from '../../errors/problem.ts';
import type { Leftover } from './find-leftovers.ts';

/** What stands in the way of a deployment by its name, and what to type; undefined for what can be taken over. */
export function leftoverProblem(leftover: Leftover): Problem | undefined {
  const { stack, logicalId, type, name, owner, deleted, adoptable, why } = leftover;
  if (adoptable) return undefined;
  const thing = `${KINDS[type] ?? type} ${name}`;
  const rule = deleted ? 'F-91' : owner ? 'F-10' : 'F-143';
  return {
    rule,
    severity: 'error',
    path: `${stack}.${logicalId}`,
    message: owner
      ? `${thing} belongs to stack ${owner} already`
      : deleted
        ? `${thing} is scheduled for deletion, and its name is taken until then`
        : why
          ? `${thing} stayed when its stack went and cannot be taken over: ${why}. A deployment would make an empty one in its place`
          : `${thing} is there already and belongs to no stack`,
    remedy: owner ? `give it another name in platform.yaml, or destroy what ${owner} belongs to` : remedyFor(leftover),
  };
}

const KINDS: Record<string, string> = {
  'AWS::ECR::Repository': 'Repository',
  'AWS::Events::EventBus': 'Event bus',
  'AWS::RDS::DBCluster': 'Database cluster',
  'AWS::RDS::DBInstance': 'Database instance',
  'AWS::SSM::Parameter': 'Parameter',
  'AWS::SecretsManager::Secret': 'Secret',
};

/** What keeps its value comes first; what loses it is said to. */
function remedyFor({ type, name, logicalId, deleted, why }: Leftover): string {
  if (why && type.startsWith('AWS::RDS::')) {
    const kind = type === 'AWS::RDS::DBCluster' ? 'cluster' : 'instance';
    return `configure it as it was when it left; or, to begin with an empty one, aws rds delete-db-${kind} --db-${kind}-identifier ${name}${kind === 'cluster' ? ` --final-db-snapshot-identifier ${name}-final` : ''}`;
  }
  switch (type) {
    case 'AWS::SecretsManager::Secret': {
      const restore = deleted ? `platform secrets restore ${name}, then ` : '';
      const forget = `to lose its value, aws secretsmanager delete-secret --secret-id ${name} --force-delete-without-recovery`;
      return logicalId.startsWith('Database')
        ? forget
        : `${restore}write source: env-file for this secret to go on with the value it has; ${forget}`;
    }
    case 'AWS::ECR::Repository':
      return `platform cleanup shows whether this environment left it; aws ecr delete-repository --repository-name ${name}, or give it another name in platform.yaml`;
    case 'AWS::Events::EventBus':
      return `aws events delete-event-bus --name ${name}, or give it another name in platform.yaml`;
    case 'AWS::SSM::Parameter':
      return `aws ssm delete-parameter --name ${name}, or use another shared.prefix`;
    default:
      return 'give it another identifier in platform.yaml';
  }
}
