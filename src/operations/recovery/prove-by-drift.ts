import type { StackResourceDrift } from '@aws-sdk/client-cloudformation';
import type { Session } from '../../context.ts';
import { parsedJson } from '../../domain/parsed-json.ts';
import { waitFor } from '../wait-for.ts';

const LONGEST_MS = 15 * 60_000;

/** What a resource really is, compared with what its stack believes; part of the contract of `recover --json`. */
export interface DriftLine {
  id: string;
  type: string;
  physicalId: string;
  /** `IN_SYNC`, `MODIFIED`, `DELETED`, `NOT_CHECKED`. */
  status: string;
  /** Paths of the properties that differ. */
  differences: string[];
}

export interface DriftProof {
  /** Absent: the comparison itself did not end well. */
  resources?: DriftLine[];
  why?: string;
}

/** Has CloudFormation compare a whole stack with what is there. That it could not is an answer, not a failure. */
export async function proveByDrift(
  { aws, clock, target, signal }: Pick<Session, 'aws' | 'clock' | 'target' | 'signal'>,
  { arn, region }: { arn: string; region: string },
): Promise<DriftProof> {
  const { cloudFormation } = aws.in(region);
  const id = await cloudFormation.detectDrift(arn);
  const ended = await waitFor({ clock, everyMs: target.pollMs, forMs: LONGEST_MS, signal }, () =>
    cloudFormation.driftDetected(id),
  );
  if (!ended) return { why: `it was not done after ${LONGEST_MS / 60_000} minutes` };
  // Failed for some resources: what could be compared is there all the same.
  const resources = (await cloudFormation.drifts(arn)).map(lineOf);
  return resources.length === 0 && ended.failed ? { why: ended.failed } : { resources };
}

function lineOf(drift: StackResourceDrift): DriftLine {
  const moved = onlySharesDiffer(drift);
  return {
    id: drift.LogicalResourceId!,
    type: drift.ResourceType!,
    physicalId: drift.PhysicalResourceId ?? '',
    status: moved ? 'IN_SYNC' : drift.StackResourceDriftStatus!,
    differences: moved ? [] : (drift.PropertyDifferences ?? []).map(({ PropertyPath }) => PropertyPath!),
  };
}

/** What a rule gives each of two target groups is ECS's to write: nobody has to change it back. */
function onlySharesDiffer(drift: StackResourceDrift): boolean {
  if (drift.ResourceType !== 'AWS::ElasticLoadBalancingV2::ListenerRule') return false;
  if (drift.StackResourceDriftStatus !== 'MODIFIED') return false;
  if (!drift.PropertyDifferences?.every(({ PropertyPath = '' }) => PropertyPath.startsWith('/Actions/0'))) return false;
  const [expected, actual] = [drift.ExpectedProperties, drift.ActualProperties].map(groupsOf);
  return expected!.length === 2 && expected!.join() === actual!.join();
}

/** Target groups of the rule's action, in an order of their own. */
function groupsOf(properties: string | undefined): string[] {
  const { Actions = [] } = (parsedJson(properties ?? '') ?? {}) as {
    Actions?: { ForwardConfig?: { TargetGroups?: { TargetGroupArn?: string }[] } }[];
  };
  const groups = Actions[0]?.ForwardConfig?.TargetGroups ?? [];
  return groups.map(({ TargetGroupArn = '' }) => TargetGroupArn).sort();
}
