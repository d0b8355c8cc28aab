import type { StackEvent } from '@aws-sdk/client-cloudformation';
import type { Aws } from '../../aws/aws.ts';
import type { Session } from '../../context.ts';
import { type FailedResource, failedResources, firstFailure } from '../../domain/recovery/failed-resources.ts';
import { type Hurdle, hurdleOf } from '../../domain/recovery/hurdle.ts';
import type { Blocked, StuckStack } from '../../domain/recovery/recovery-plan.ts';
import { everStood } from '../../domain/recovery/stack-history.ts';
import type { Template } from '../../release/resolve-template.ts';
import { hasTwoGroups } from '../../release/shift-phases.ts';
import { thingName } from '../../release/thing-name.ts';
import { type NamedStack, readLiveStacks } from '../stacks/live-stacks.ts';
import { readStanding, type Standing } from '../stacks/read-standing.ts';

export interface Retained {
  id: string;
  type: string;
}

export interface Situation {
  stack: StuckStack;
  arn: string;
  region: string;
  /** The first thing that went wrong in what somebody last asked for. */
  cause?: FailedResource;
  /** What a rollback or a deletion has left behind, and no stack has any more. */
  retained: Retained[];
}

export interface Wishes {
  skip: readonly string[];
  retain: readonly string[];
}

/** In these a plan may end in the deletion of the stack. */
const DELETABLE = /^(CREATE_FAILED|ROLLBACK_FAILED|DELETE_FAILED)$/;

/** Reads everything about one stack that a plan is made from; undefined when there is no such stack. */
export async function readStuck(
  { aws, environment }: Pick<Session, 'aws' | 'environment'>,
  named: NamedStack,
  { skip, retain }: Wishes,
): Promise<Situation | undefined> {
  const regional = aws.in(named.region);
  const live = (await readLiveStacks(aws, [named])).get(named.id);
  if (!live) return undefined;
  const events = await regional.cloudFormation.events(live.arn);
  const standing = DELETABLE.test(live.status) ? await readStanding(aws, new Map([[named.id, live]])) : undefined;
  const thing = (logicalId: string) => thingName(named.id, live.template, logicalId);

  const failed = await Promise.all(
    failedResources(live.status, events).map((one) => blockedBy(regional, live, one, thing(one.logicalId))),
  );
  const nested = (await Promise.all(failed.map((one) => withinNested(regional, live.status, one)))).flat();
  const resisting = standing ? willResist(standing, nested, thing) : [];
  const cause = firstFailure(events);
  return {
    arn: live.arn,
    region: named.region,
    ...(cause ? { cause } : {}),
    retained: /ROLLBACK_COMPLETE|DELETE_FAILED/.test(live.status) ? retainedIn(events) : [],
    stack: {
      environment: environment.name,
      id: named.id,
      stackName: named.stackName,
      status: live.status,
      everStood: everStood(live.status, events),
      terminationProtection: live.terminationProtection,
      blocked: [...nested, ...resisting],
      ...(live.status === 'UPDATE_FAILED' && movesByRule(live.template, failed) ? { ruleOnly: true } : {}),
      precious: standing ? losses(standing, [...nested, ...resisting], thing) : [],
      lost: [],
      skip,
      retain,
    },
  };
}

const movesByRule = (template: Template | undefined, failed: readonly FailedResource[]): boolean =>
  template !== undefined &&
  hasTwoGroups(template) &&
  failed.length > 0 &&
  failed.every(({ type }) => type === 'AWS::ElasticLoadBalancingV2::ListenerRule');

async function blockedBy(
  aws: Aws,
  { arn, status }: { arn: string; status: string },
  failed: FailedResource,
  thing: string,
): Promise<Blocked> {
  const hurdle = await confirmed(aws, { arn, status }, failed, hurdleOf(failed));
  const holds = await heldBy(aws, failed, hurdle);
  return { ...failed, hurdle, skipName: failed.logicalId, thing, ...(holds === undefined ? {} : { holds }) };
}

/** What the events call gone may have been made again since: only the thing itself knows. */
async function confirmed(
  { cloudFormation }: Aws,
  { arn, status }: { arn: string; status: string },
  { logicalId }: FailedResource,
  hurdle: Hurdle,
): Promise<Hurdle> {
  if (hurdle.failure !== 'F-19') return hurdle;
  if (status !== 'UPDATE_ROLLBACK_FAILED') return { ...hurdle, way: 'tell' };
  const drift = await cloudFormation.resourceDrift(arn, logicalId);
  return drift === 'DELETED' ? hurdle : { ...hurdle, way: 'tell', why: 'something that it needs is gone' };
}

async function heldBy(aws: Aws, { physicalId }: FailedResource, { way }: Hurdle): Promise<number | undefined> {
  if (way === 'empty-bucket') return (await aws.s3.contents(physicalId))?.versions;
  if (way === 'empty-repository') return aws.ecr.imageCount(physicalId);
  return undefined;
}

/** A nested stack is stuck because of what is in it: that is what has to be mended, and what may be skipped. */
async function withinNested(aws: Aws, status: string, blocked: Blocked): Promise<Blocked[]> {
  if (blocked.type !== 'AWS::CloudFormation::Stack' || status !== 'UPDATE_ROLLBACK_FAILED') return [blocked];
  const child = await aws.cloudFormation.stack(blocked.physicalId);
  if (child?.StackStatus !== 'UPDATE_ROLLBACK_FAILED') return [blocked];
  const failed = failedResources(child.StackStatus, await aws.cloudFormation.events(child.StackId!));
  const inside = await Promise.all(
    failed.map((one) => blockedBy(aws, { arn: child.StackId!, status }, one, `${blocked.logicalId}.${one.logicalId}`)),
  );
  // It wants the child's name, not its logical id in the parent:
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ContinueUpdateRollback.html
  return inside.map((one) => ({ ...one, skipName: `${child.StackName}.${one.logicalId}` }));
}

/** Databases and buckets that would stop a deletion which has not met them yet. */
function willResist(
  { protectedDatabases, fullBuckets }: Standing,
  met: readonly Blocked[],
  thing: (logicalId: string) => string,
): Blocked[] {
  const others = [
    ...protectedDatabases.map((one) => ({ ...one, says: 'Cannot delete protected Cluster', holds: undefined })),
    ...fullBuckets.map((one) => ({ ...one, says: 'BucketNotEmpty', holds: one.versions })),
  ].filter(({ logicalId }) => !met.some((one) => one.logicalId === logicalId));
  return others.map(({ logicalId, type, physicalId, says, holds }) => ({
    logicalId,
    type,
    physicalId,
    status: 'STANDING',
    reason: says,
    hurdle: hurdleOf({ type, reason: says }),
    skipName: logicalId,
    thing: thing(logicalId),
    ...(holds === undefined ? {} : { holds }),
  }));
}

/** Databases that go without a snapshot and without resistance. */
function losses({ resources }: Standing, blocked: readonly Blocked[], thing: (logicalId: string) => string) {
  return resources
    .filter(({ type, fate }) => /^AWS::RDS::DB(Cluster|Instance)$/.test(type) && fate === 'deleted')
    .filter(({ logicalId }) => !blocked.some((one) => one.logicalId === logicalId))
    .map(({ logicalId, physicalId }) => ({
      thing: thing(logicalId),
      text: `database ${physicalId} is deleted with all its data, without a snapshot`,
    }));
}

function retainedIn(events: readonly StackEvent[]): Retained[] {
  const skipped = events.filter(({ ResourceStatus }) => ResourceStatus === 'DELETE_SKIPPED');
  const byId = new Map(skipped.map((event) => [event.PhysicalResourceId!, event.ResourceType!]));
  return [...byId].map(([id, type]) => ({ id, type }));
}
