import type { Aws } from '../aws/aws.ts';
import type { Plan, PlannedStack } from '../release/plan.ts';

/** Something whose fixed name a stack is about to give to a new resource. */
export interface Leftover {
  /** The stack's id. */
  stack: string;
  logicalId: string;
  type: string;
  name: string;
  /** The stack that has it; undefined when none does. */
  owner?: string;
  /** Scheduled for deletion: still there, and its name is taken. */
  deleted: boolean;
  /** CloudFormation takes it over as it is when it is told to. */
  adoptable: boolean;
  /** What an import of its own calls it by, where no name in the template does. */
  importAs?: Readonly<Record<string, string>>;
}

interface Found {
  /** As CloudFormation knows it. */
  physicalId: string;
  deleted?: boolean;
}

/** Types of ours that carry a name, which property holds it, and how to see whether it is taken. */
const NAMED: Record<string, { property: string; look(aws: Aws, name: string): Promise<Found | undefined> }> = {
  'AWS::ECR::Repository': {
    property: 'RepositoryName',
    look: async (aws, name) => (await aws.ecr.repository(name)) && { physicalId: name },
  },
  'AWS::Events::EventBus': {
    property: 'Name',
    look: async (aws, name) => ((await aws.events.bus(name)) === undefined ? undefined : { physicalId: name }),
  },
  'AWS::RDS::DBCluster': {
    property: 'DBClusterIdentifier',
    look: async (aws, name) => (await aws.rds.cluster(name)) && { physicalId: name },
  },
  'AWS::RDS::DBInstance': {
    property: 'DBInstanceIdentifier',
    look: async (aws, name) => (await aws.rds.instance(name)) && { physicalId: name },
  },
  'AWS::SSM::Parameter': {
    property: 'Name',
    look: async (aws, name) => ((await aws.ssm.parameter(name)) === undefined ? undefined : { physicalId: name }),
  },
  'AWS::SecretsManager::Secret': {
    property: 'Name',
    look: async (aws, name) => {
      const secret = await aws.secrets.describe(name);
      return secret && { physicalId: secret.ARN!, deleted: secret.DeletedDate !== undefined };
    },
  },
};

/**
 * Types that a change set takes over by name, with `ImportExistingResources`. A secret is none: its identifier is an
 * ARN, which no template can hold, so that it takes an import of its own.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/import-resources-automatically.html
 */
const ADOPTED = new Set(['AWS::ECR::Repository']);

/** Looks for what already has a name that a stack is about to give (F-10, F-143). Only reads, and only for what is new. */
export async function findLeftovers(aws: Aws, { stacks }: Plan): Promise<Leftover[]> {
  const found = await Promise.all(
    stacks.flatMap((stack) =>
      stack.action === 'none' || stack.action === 'delete'
        ? []
        : stack.changes
            .filter(({ change }) => change === 'add')
            .map(({ id, type }) => lookFor(aws.in(stack.region), stack, { id, type })),
    ),
  );
  return found.filter((one) => one !== undefined);
}

async function lookFor(
  aws: Aws,
  { id: stack, stackName, template }: PlannedStack,
  { id: logicalId, type }: { id: string; type: string },
): Promise<Leftover | undefined> {
  const named = NAMED[type];
  const resource = template.Resources?.[logicalId];
  const name: unknown = named && resource?.Properties?.[named.property];
  if (!named || typeof name !== 'string') return undefined;
  const found = await named.look(aws, name);
  if (!found) return undefined;
  const owner = await aws.cloudFormation.ownerOf(found.physicalId);
  // It goes with the remains of its own stack, or stays and is taken over.
  if (owner === stackName && !ADOPTED.has(type)) return undefined;
  const imported =
    type === 'AWS::SecretsManager::Secret' && isSelfContained(resource) && KEPT.has(resource.DeletionPolicy);
  const foreign = owner === undefined || owner === stackName ? {} : { owner };
  return {
    stack,
    logicalId,
    type,
    name,
    ...foreign,
    deleted: found.deleted ?? false,
    ...(imported ? { importAs: { Id: found.physicalId } } : {}),
    adoptable: !('owner' in foreign) && (imported || (ADOPTED.has(type) && KEPT.has(resource.DeletionPolicy))),
  };
}

/** An import brings in nothing beside what it names, so that nothing may speak of what is still to be made. */
export const isSelfContained = (resource: unknown): boolean => !/"(Ref|Fn::[A-Za-z]+)":/.test(JSON.stringify(resource));

const KEPT = new Set(['Retain', 'RetainExceptOnCreate']);

/** The plan, saying which stacks take something over. */
export const withTakeovers = ({ stacks }: Plan, leftovers: readonly Leftover[]): Plan => ({
  stacks: stacks.map((stack) => {
    const takesOver = leftovers.filter((one) => one.adoptable && one.stack === stack.id).map(({ name }) => name);
    return takesOver.length === 0 ? stack : { ...stack, takesOver };
  }),
});
