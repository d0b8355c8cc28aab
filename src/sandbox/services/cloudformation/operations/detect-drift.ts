import { randomUUID } from 'node:crypto';
import type {
  DescribeStackDriftDetectionStatusCommandInput,
  DescribeStackDriftDetectionStatusCommandOutput,
  DescribeStackResourceDriftsCommandInput,
  DescribeStackResourceDriftsCommandOutput,
  DetectStackDriftCommandInput,
  DetectStackDriftCommandOutput,
  DetectStackResourceDriftCommandInput,
  DetectStackResourceDriftCommandOutput,
  StackResourceDrift,
} from '@aws-sdk/client-cloudformation';
import type { Operation } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { page } from '../../page.ts';
import { detectResource, detectStack } from '../drift/detect.ts';
import { invalid, noStack } from '../faults.ts';
import { livingStackOr } from '../find-stack.ts';
import { driftDetections, type ResourceDriftRow, type ResourceRow, resourcesOf, type StackRow } from '../state.ts';
import { badToken } from './describe-stacks.ts';

const PAGE_SIZE = 100;
const DETECTABLE =
  /^(CREATE_COMPLETE|UPDATE_COMPLETE|UPDATE_ROLLBACK_COMPLETE|UPDATE_ROLLBACK_FAILED|IMPORT_COMPLETE|IMPORT_ROLLBACK_COMPLETE)$/;

/** Finished when it answers: AWS takes seconds to minutes. */
export const detectStackDrift: Operation<DetectStackDriftCommandInput, Answer<DetectStackDriftCommandOutput>> = async (
  { StackName, LogicalResourceIds },
  call,
) => {
  const stack = livingStackOr(call, StackName!, noStack);
  if (!DETECTABLE.test(stack.status))
    throw invalid(`Drift detection cannot be performed on stack [${stack.id}] in status ${stack.status}`);
  const drifted = await detectStack(call, stack, LogicalResourceIds);
  const id = randomUUID();
  driftDetections.in(call).put(id, {
    id,
    stackId: stack.id,
    status: drifted > 0 ? 'DRIFTED' : 'IN_SYNC',
    drifted,
    at: call.world.clock.stamp(),
  });
  return { StackDriftDetectionId: id };
};

export const describeStackDriftDetectionStatus: Operation<
  DescribeStackDriftDetectionStatusCommandInput,
  Answer<DescribeStackDriftDetectionStatusCommandOutput>
> = ({ StackDriftDetectionId }, call) => {
  const row = driftDetections.in(call).get(StackDriftDetectionId!);
  if (!row) throw invalid(`Drift detection with id ${StackDriftDetectionId} does not exist`);
  return {
    StackId: row.stackId,
    StackDriftDetectionId: row.id,
    StackDriftStatus: row.status,
    DetectionStatus: 'DETECTION_COMPLETE',
    DriftedStackResourceCount: row.drifted,
    Timestamp: new Date(row.at),
  };
};

export const describeStackResourceDrifts: Operation<
  DescribeStackResourceDriftsCommandInput,
  Answer<DescribeStackResourceDriftsCommandOutput>
> = ({ StackName, StackResourceDriftStatusFilters = [], NextToken, MaxResults = PAGE_SIZE }, call) => {
  const stack = livingStackOr(call, StackName!, noStack);
  const rows = resourcesOf(call, stack.id)
    .values()
    .filter(
      ({ drift }) =>
        drift &&
        (StackResourceDriftStatusFilters.length === 0 || StackResourceDriftStatusFilters.includes(drift.status)),
    );
  const { items, next } = page(rows, { size: MaxResults, token: NextToken, refuse: badToken });
  return {
    StackResourceDrifts: items.map((row) => shownDrift(stack, row, row.drift!)),
    ...(next === undefined ? {} : { NextToken: next }),
  };
};

export const detectStackResourceDrift: Operation<
  DetectStackResourceDriftCommandInput,
  Answer<DetectStackResourceDriftCommandOutput>
> = async ({ StackName, LogicalResourceId }, call) => {
  const stack = livingStackOr(call, StackName!, noStack);
  const row = resourcesOf(call, stack.id).get(LogicalResourceId!);
  if (!row) throw invalid(`Resource ${LogicalResourceId} does not exist for stack ${StackName}`);
  return { StackResourceDrift: shownDrift(stack, row, await detectResource(call, stack, row)) };
};

function shownDrift({ id }: StackRow, row: ResourceRow, drift: ResourceDriftRow): StackResourceDrift {
  return {
    StackId: id,
    LogicalResourceId: row.logicalId,
    PhysicalResourceId: row.physicalId!,
    ResourceType: row.type,
    ...(drift.expected ? { ExpectedProperties: JSON.stringify(drift.expected) } : {}),
    ...(drift.actual ? { ActualProperties: JSON.stringify(drift.actual) } : {}),
    PropertyDifferences: drift.differences,
    StackResourceDriftStatus: drift.status,
    Timestamp: new Date(drift.checkedAt),
  };
}
