import type { ResourceDifference } from '@aws-cdk/cloudformation-diff';
import { canonicalJson } from './canonical-json.ts';
import type { Template } from './resolve-template.ts';

/** One resource that a deployment would change; a contract of `diff --json`. */
export interface ResourceChange {
  /** The logical id. */
  id: string;
  type: string;
  change: 'add' | 'modify' | 'remove';
  /** `conditional`: CloudFormation decides on the real change set. */
  replacement: 'never' | 'conditional' | 'always';
  /** Changed properties, old and new with parameters in place. */
  properties: { name: string; before: unknown; after: unknown }[];
  /** What becomes of the old physical resource when it is removed or replaced. */
  old: 'deleted' | 'retained' | 'snapshot' | 'none';
  /** Holds what cannot be made again: a database, objects, keys. */
  state: boolean;
}

/**
 * Types whose removal or replacement loses what only they hold. From the CloudFormation resource schemas' stateful
 * list in `@aws-cdk/aws-service-spec` (`isStateful`), cut to what our stacks make, and what a name or an address is bound to.
 */
const STATE = new Set([
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance',
  'AWS::S3::Bucket',
  'AWS::SecretsManager::Secret',
  'AWS::SQS::Queue',
  'AWS::ECR::Repository',
  'AWS::KMS::Key',
  'AWS::Events::Archive',
  'AWS::DynamoDB::Table',
  'AWS::EFS::FileSystem',
  'AWS::Cognito::UserPool',
]);

/** Never replaced, not even with a typed name: everything stands in them (F-12). */
const GROUND = new Set(['AWS::EC2::VPC', 'AWS::EC2::Subnet']);

export const isGround = (type: string): boolean => GROUND.has(type);
export const isState = (type: string): boolean => STATE.has(type);

/**
 * What CloudFront is known by at the load balancer: made up, read by nobody else, and of no use to anybody once it is no
 * longer sent. Every second rotation takes one away.
 */
export const isMadeUp = (type: string, logicalId: string): boolean =>
  type === 'AWS::SecretsManager::Secret' && /^OriginSecretsGeneration\d/.test(logicalId);

/** Takes two resolved templates; `before` is undefined for a stack that is not there yet. */
export async function resourceChanges(
  before: Template | undefined,
  after: Template | undefined,
): Promise<ResourceChange[]> {
  const old: Record<string, Template> = before?.Resources ?? {};
  const next: Record<string, Template> = after?.Resources ?? {};
  const added = Object.keys(next).filter((id) => !old[id]);
  const removed = Object.keys(old).filter((id) => !next[id]);
  const touched = Object.keys(next).some((id) => old[id] && canonicalJson(old[id]) !== canonicalJson(next[id]));

  return [
    ...added.map((id) => change(id, next[id]!, 'add', 'none')),
    ...(touched ? await modified(before!, after!) : []),
    ...removed.map((id) => change(id, old[id]!, 'remove', fate(old[id]!.DeletionPolicy, old[id]!.Type))),
  ];
}

const change = (
  id: string,
  resource: Template,
  kind: 'add' | 'remove',
  old: ResourceChange['old'],
): ResourceChange => ({
  id,
  type: resource.Type,
  change: kind,
  replacement: 'never',
  properties: [],
  old,
  state: STATE.has(resource.Type) && !isMadeUp(resource.Type, id),
});

/**
 * Loaded only when something differs: the database behind it costs half a second. A resource that is replaced gets a new
 * id, so what speaks of it changes too, and may be replaced in its turn: looked at until nothing new comes up.
 */
async function modified(before: Template, after: Template): Promise<ResourceChange[]> {
  const { fullDiff } = await import('@aws-cdk/cloudformation-diff');
  const replaced = new Set<string>();
  for (;;) {
    const changes: ResourceChange[] = [];
    fullDiff(before, withReplaced(after, replaced)).resources.forEachDifference((id, difference) => {
      if (difference.isAddition || difference.isRemoval) return;
      const change = modification(id, before.Resources[id], difference);
      if (change) changes.push(change);
    });
    const more = changes.filter(({ id, replacement }) => replacement === 'always' && !replaced.has(id));
    if (more.length === 0) return changes;
    for (const { id } of more) replaced.add(id);
  }
}

function modification(id: string, resource: Template, difference: ResourceDifference): ResourceChange | undefined {
  const impact = difference.changeImpact;
  if (impact === 'NO_CHANGE') return undefined;
  const replacement =
    impact === 'WILL_REPLACE' || difference.resourceTypeChanged
      ? 'always'
      : impact === 'MAY_REPLACE'
        ? 'conditional'
        : 'never';
  return {
    id,
    type: resource.Type,
    change: 'modify',
    replacement,
    properties: Object.entries(difference.propertyUpdates).map(([name, { oldValue, newValue }]) => ({
      name,
      before: oldValue,
      after: newValue,
    })),
    old: replacement === 'never' ? 'none' : fate(resource.UpdateReplacePolicy, resource.Type),
    state: STATE.has(resource.Type),
  };
}

/** The template with every mention of these resources as what it is: something that only the deployment can tell. */
function withReplaced(template: Template, ids: ReadonlySet<string>): Template {
  if (ids.size === 0) return template;
  const walk = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(walk);
    if (typeof node !== 'object' || node === null) return node;
    const [[key, argument] = ['', undefined]] = Object.entries(node);
    const target = key === 'Ref' ? argument : key === 'Fn::GetAtt' && Array.isArray(argument) ? argument[0] : undefined;
    if (typeof target === 'string' && ids.has(target)) return { 'Known after apply': target };
    return Object.fromEntries(Object.entries(node).map(([name, value]) => [name, walk(value)]));
  };
  return { ...template, Resources: walk(template.Resources) };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html: clusters default to a snapshot, instances of a cluster and all else to deletion. */
function fate(policy: string | undefined, type: string): ResourceChange['old'] {
  if (policy === 'Retain' || policy === 'RetainExceptOnCreate') return 'retained';
  if (policy === 'Snapshot' || (policy === undefined && type === 'AWS::RDS::DBCluster')) return 'snapshot';
  return 'deleted';
}

export type Verdict = 'fine' | 'typed' | 'refused';

/** Design section 5.2: losing state wants its name typed, and so does ground; replacing the ground is refused. */
export function verdictOf({ type, change, replacement, state, old }: ResourceChange): Verdict {
  const lost = change === 'remove' || replacement !== 'never';
  if (!lost) return 'fine';
  if (isGround(type)) return change === 'modify' ? 'refused' : 'typed';
  if (!state) return 'fine';
  // A retained or snapshotted resource keeps its bytes, but the application loses it all the same.
  return change === 'remove' && old === 'retained' ? 'fine' : 'typed';
}
