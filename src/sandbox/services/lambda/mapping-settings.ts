import type { CreateEventSourceMappingRequest, FilterCriteria } from '@aws-sdk/client-lambda';
import type { Scope } from '../../kernel/scope.ts';
import { eventPattern } from '../events/event-pattern.ts';
import { effectiveAttributes } from '../sqs/attributes.ts';
import { queueAt } from '../sqs/find-queue.ts';
import { findVersion, referenceOf } from './names.ts';
import { invalidParameter, requireValid } from './refusals.ts';
import { roleMay } from './role.ts';
import { functionArn, functions, type VersionRow } from './state.ts';

type Given = Partial<CreateEventSourceMappingRequest>;

/** The function behind a mapping, as which it is asked for. */
export function targetOf(FunctionName: string | undefined, scope: Scope): { arn: string; version: VersionRow } {
  const reference = referenceOf({ FunctionName }, scope);
  if (!functions.in(scope).has(reference.name)) throw invalidParameter('Function does not exist');
  return {
    arn: functionArn(scope, reference.name, reference.qualifier),
    version: findVersion(reference, scope),
  };
}

/** What a queue and a function have to fulfil for Lambda to read the one for the other. */
export function requireQueue(sourceArn: string, { settings }: VersionRow, scope: Scope): void {
  if (!roleMay(settings.Role!, 'sqs:ReceiveMessage', sourceArn, scope))
    throw invalidParameter('The provided execution role does not have permissions to call ReceiveMessage on SQS');
  const queue = queueAt(sourceArn, scope);
  if (!queue)
    throw invalidParameter(
      'Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist.',
    );
  const visible = Number(effectiveAttributes(queue).VisibilityTimeout);
  if (visible < settings.Timeout!)
    throw invalidParameter(
      `Queue visibility timeout: ${visible} seconds is less than Function timeout: ${settings.Timeout} seconds`,
    );
}

/** Sizes and switches, with what they were before for those that are not given. */
export function mappingSettings(
  given: Given,
  before: { batchSize: number; windowS: number },
  sourceArn: string,
): { batchSize: number; windowS: number; maxConcurrency?: number; filters?: string[]; reportsFailures?: boolean } {
  requireValid(
    ['batchSize', given.BatchSize, { range: [1, 10_000] }],
    ['maximumBatchingWindowInSeconds', given.MaximumBatchingWindowInSeconds, { range: [0, 300] }],
    ['scalingConfig.maximumConcurrency', given.ScalingConfig?.MaximumConcurrency, { range: [2, 1_000] }],
    ...(given.FunctionResponseTypes ?? []).map(
      (type) => ['functionResponseTypes', type, { values: ['ReportBatchItemFailures'] }] as const,
    ),
  );
  if (given.DestinationConfig?.OnFailure?.Destination || given.DestinationConfig?.OnSuccess)
    throw invalidParameter('Unsupported DestinationConfig parameter for given event source mapping type.');
  const batchSize = given.BatchSize ?? before.batchSize;
  const windowS = given.MaximumBatchingWindowInSeconds ?? before.windowS;
  const isFifo = sourceArn.endsWith('.fifo');
  if (isFifo && batchSize > 10) throw invalidParameter('Maximum batch size for FIFO queues is 10.');
  if (isFifo && windowS > 0) throw invalidParameter('Batching window is not supported for FIFO queues');
  if (batchSize > 10 && windowS === 0)
    throw invalidParameter(
      'Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10',
    );
  const filters = filtersOf(given.FilterCriteria);
  const maximum = given.ScalingConfig?.MaximumConcurrency;
  return {
    batchSize,
    windowS,
    ...(maximum !== undefined && { maxConcurrency: maximum }),
    ...(filters && { filters }),
    ...(given.FunctionResponseTypes !== undefined && { reportsFailures: given.FunctionResponseTypes.length > 0 }),
  };
}

function filtersOf(criteria: FilterCriteria | undefined): string[] | undefined {
  const patterns = criteria?.Filters?.map(({ Pattern }) => Pattern ?? '');
  if (!patterns?.length) return undefined;
  for (const pattern of patterns) {
    try {
      if (typeof JSON.parse(pattern) !== 'object') throw new Error('no object');
      eventPattern(pattern);
    } catch {
      throw invalidParameter('Invalid filter pattern definition.');
    }
  }
  return patterns;
}
