import type { Template } from './resolve-template.ts';

/** A resource of a stack that is to be deleted, as AWS and the stack's template know it. */
export interface StandingResource {
  stack: string;
  logicalId: string;
  type: string;
  physicalId: string;
  fate: 'deleted' | 'retained' | 'snapshot';
}

/** What stays when its stack goes; a contract of `destroy --json`. */
export interface Retained {
  type: string;
  id: string;
  reason: string;
  /** US dollars, on demand; null where AWS publishes no single number for it. */
  monthlyCost: number | null;
  region: string;
  /** ISO 8601. */
  since: string;
  /** What to type to get rid of it; null for what is not deleted here. */
  remove: string | null;
}

/**
 * Stacks in the order of their deletion: what others stand on goes last. Stacks in the same place have nothing to do
 * with each other.
 */
const LEVELS: readonly ((id: string) => boolean)[] = [
  (id) => id === 'functions',
  (id) => id.startsWith('service-') || id === 'edge',
  (id) => id === 'tasks',
  (id) => id === 'runtime',
  (id) => id === 'data' || id === 'messaging',
  (id) => id === 'network' || id === 'images',
];

export function deletionLevels<T extends { id: string }>(stacks: readonly T[]): T[][] {
  const levels = LEVELS.map((belongs) => stacks.filter(({ id }) => belongs(id)));
  const others = stacks.filter(({ id }) => !LEVELS.some((belongs) => belongs(id)));
  return [others, ...levels].filter((level) => level.length > 0);
}

/** Reads what a deletion does to each resource from the template that AWS has. */
export function standingResources(
  stack: string,
  template: Template | undefined,
  resources: readonly {
    LogicalResourceId?: string;
    ResourceType?: string;
    PhysicalResourceId?: string;
    ResourceStatus?: string;
  }[],
): StandingResource[] {
  return resources
    .filter(({ PhysicalResourceId, ResourceStatus }) => PhysicalResourceId && ResourceStatus !== 'DELETE_COMPLETE')
    .map(({ LogicalResourceId, ResourceType, PhysicalResourceId }) => ({
      stack,
      logicalId: LogicalResourceId!,
      type: ResourceType!,
      physicalId: PhysicalResourceId!,
      fate: fateOf(template?.Resources?.[LogicalResourceId!]),
    }));
}

/** CloudFormation snapshots clusters unless told otherwise, and instances only outside of a cluster. */
function fateOf(resource: Template | undefined): StandingResource['fate'] {
  const policy = resource?.DeletionPolicy;
  if (policy === 'Retain' || policy === 'RetainExceptOnCreate') return 'retained';
  if (policy === 'Snapshot' || (policy === undefined && resource?.Type === 'AWS::RDS::DBCluster')) return 'snapshot';
  return 'deleted';
}
