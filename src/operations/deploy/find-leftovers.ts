import type { Aws } from '../../aws/aws.ts';
import { changedProperties, importable } from '../../release/import-definition.ts';
import type { Plan, PlannedStack } from '../../release/plan.ts';
import { resolveTemplate, type Template } from '../../release/resolve-template.ts';

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
  /** How it is described to an import; there where `importAs` is. */
  definition?: Template;
  /** Where it stands now: of another stack of the environment, which lets go of it first. */
  from?: { stack: string; logicalId: string };
  /** Why it is not taken over although it is ours, in the words of a person. */
  why?: string;
}

interface Found {
  /** As CloudFormation knows it. */
  physicalId: string;
  deleted?: boolean;
  /** It is of this environment, and an import calls it so. */
  importAs?: Readonly<Record<string, string>>;
}

/** Types of ours that carry a name, which property holds it, and how to see whether it is taken. */
const NAMED: Record<
  string,
  { property: string; look(aws: Aws, name: string, tags: PlannedStack['tags']): Promise<Found | undefined> }
> = {
  'AWS::ECR::Repository': {
    property: 'RepositoryName',
    look: async (aws, name) => (await aws.ecr.repository(name)) && { physicalId: name },
  },
  'AWS::Events::EventBus': {
    property: 'Name',
    look: async (aws, name, tags) => {
      const arn = await aws.events.bus(name);
      if (arn === undefined) return undefined;
      const found = (await aws.events.tags(arn)) ?? {};
      const ours = Object.entries(tags).every(([key, value]) => found[key] === value);
      return { physicalId: name, ...(ours ? { importAs: { Name: name } } : {}) };
    },
  },
  // Those of firewalls, which keep their log when they go and have to have a name of a certain form.
  'AWS::Logs::LogGroup': {
    property: 'LogGroupName',
    look: async (aws, name) => (await aws.logs.group(name)) && { physicalId: name },
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
      if (!secret) return undefined;
      const physicalId = secret.ARN!;
      return { physicalId, deleted: secret.DeletedDate !== undefined, importAs: { Id: physicalId } };
    },
  },
};

/**
 * Types that a change set takes over by name, with `ImportExistingResources`. A secret is none: its identifier is an
 * ARN, which no template can hold, so that it takes an import of its own.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/import-resources-automatically.html
 */
const ADOPTED = new Set(['AWS::ECR::Repository', 'AWS::Logs::LogGroup']);

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
  { id: stack, stackName, template, parameters, tags }: PlannedStack,
  { id: logicalId, type }: { id: string; type: string },
): Promise<Leftover | undefined> {
  const named = NAMED[type];
  const name: unknown = named && template.Resources?.[logicalId]?.Properties?.[named.property];
  if (!named || typeof name !== 'string') return undefined;
  const found = await named.look(aws, name, tags);
  if (!found) return undefined;
  const owner = await aws.cloudFormation.ownerOf(found.physicalId);
  // It goes with the remains of its own stack, or stays and is taken over.
  if (owner === stackName && !ADOPTED.has(type)) return undefined;
  const wanted: Template = resolveTemplate(template, parameters).Resources[logicalId];
  const { importAs } = found;
  const comes = importAs !== undefined && (isKept(wanted) || !KEEPS_ITS_CONTENTS.has(type));
  const foreign = owner === undefined || owner === stackName ? {} : { owner };
  return {
    stack,
    logicalId,
    type,
    name,
    ...foreign,
    deleted: found.deleted ?? false,
    ...(comes ? { importAs, definition: importable(wanted) } : {}),
    adoptable: !('owner' in foreign) && (comes || (ADOPTED.has(type) && isKept(wanted))),
  };
}

/** Taken over only where the configuration would keep it too: a stack that deletes it may not get hold of it. */
const KEEPS_ITS_CONTENTS = new Set(['AWS::SecretsManager::Secret']);

export const isKept = (resource: Template | undefined): boolean =>
  resource?.DeletionPolicy === 'Retain' || resource?.DeletionPolicy === 'RetainExceptOnCreate';

/** The plan, saying which stacks take something over. */
export const withTakeovers = ({ stacks }: Plan, leftovers: readonly Leftover[]): Plan => ({
  stacks: stacks.map((stack) => {
    const takesOver = leftovers
      .filter((one) => one.adoptable && one.stack === stack.id)
      .map((one) => `${one.name}${changesText(stack, one)}`);
    return takesOver.length === 0 ? stack : { ...stack, takesOver };
  }),
});

/** What of it the configuration has changed since it left its stack. */
function changesText({ template, parameters }: PlannedStack, { definition, logicalId }: Leftover): string {
  if (!definition) return '';
  const names = changedProperties(definition, resolveTemplate(template, parameters).Resources[logicalId]);
  return names.length > 0 ? ` (and changes its ${names.join(', ')})` : '';
}
