import type {
  DeleteMetricFilterCommandInput,
  DeleteSubscriptionFilterCommandInput,
  DescribeMetricFiltersCommandInput,
  DescribeSubscriptionFiltersCommandInput,
  MetricFilter,
  PutMetricFilterCommandInput,
  PutSubscriptionFilterCommandInput,
  SubscriptionFilter,
} from '@aws-sdk/client-cloudwatch-logs';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Call } from '../../../kernel/scope.ts';
import { filterPattern } from '../filter-pattern.ts';
import { logGroup } from '../lookup.ts';
import { limitExceeded, pageOf, requireValid } from '../refusals.ts';
import { metricFilters, subscriptionFilters } from '../state.ts';

const keyOf = (group: string, name: string) => `${group}:${name}`;
const NAME = { required: true, length: [1, 512], pattern: '[^:*]*' } as const;

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html */
const METRIC_FILTERS = 100;
const SUBSCRIPTION_FILTERS = 2;

export function putMetricFilter(input: PutMetricFilterCommandInput, call: Call) {
  requireValid(
    ['filterName', input.filterName, NAME],
    ['metricTransformations', input.metricTransformations, { required: true, length: [1, 1] }],
  );
  const { name: group } = logGroup(input.logGroupName, call);
  filterPattern(input.filterPattern);
  const key = keyOf(group, input.filterName!);
  const others = metricFilters
    .in(call)
    .values()
    .filter((row) => row.group === group);
  if (!metricFilters.in(call).has(key) && others.length >= METRIC_FILTERS) throw limitExceeded();
  metricFilters.in(call).put(key, {
    group,
    name: input.filterName!,
    pattern: input.filterPattern ?? '',
    transformations: input.metricTransformations!,
    created: call.world.clock.stamp(),
  });
  return {};
}

export function describeMetricFilters(input: DescribeMetricFiltersCommandInput, call: Call) {
  requireValid(['limit', input.limit, { range: [1, 50] }]);
  const rows = metricFilters
    .in(call)
    .values()
    .filter(
      ({ group, name, transformations }) =>
        (input.logGroupName === undefined || group === input.logGroupName) &&
        name.startsWith(input.filterNamePrefix ?? '') &&
        (input.metricName === undefined ||
          transformations.some((each) => (each as { metricName: string }).metricName === input.metricName)),
    );
  const { items, end } = pageOf(rows, input.limit ?? 50, input.nextToken);
  return {
    metricFilters: items.map(
      ({ group, name, pattern, transformations, created }): MetricFilter => ({
        filterName: name,
        filterPattern: pattern,
        metricTransformations: structuredClone(transformations) as MetricFilter['metricTransformations'],
        creationTime: created,
        logGroupName: group,
      }),
    ),
    ...end,
  };
}

export function deleteMetricFilter({ logGroupName, filterName }: DeleteMetricFilterCommandInput, call: Call) {
  const { name: group } = logGroup(logGroupName, call);
  if (!metricFilters.in(call).delete(keyOf(group, filterName!))) throw filterMissing('metric');
  return {};
}

const filterMissing = (kind: string) =>
  new AwsFault('ResourceNotFoundException', `The specified ${kind} filter does not exist.`);

/** Kept and shown; nothing is delivered. */
export function putSubscriptionFilter(input: PutSubscriptionFilterCommandInput, call: Call) {
  requireValid(['filterName', input.filterName, NAME], ['destinationArn', input.destinationArn, { required: true }]);
  const { name: group } = logGroup(input.logGroupName, call);
  filterPattern(input.filterPattern);
  const key = keyOf(group, input.filterName!);
  const others = subscriptionFilters
    .in(call)
    .values()
    .filter((row) => row.group === group);
  if (!subscriptionFilters.in(call).has(key) && others.length >= SUBSCRIPTION_FILTERS) throw limitExceeded();
  subscriptionFilters.in(call).put(key, {
    group,
    name: input.filterName!,
    pattern: input.filterPattern ?? '',
    destinationArn: input.destinationArn!,
    ...(input.roleArn !== undefined && { roleArn: input.roleArn }),
    ...(input.distribution !== undefined && { distribution: input.distribution }),
    created: call.world.clock.stamp(),
  });
  return {};
}

export function describeSubscriptionFilters(input: DescribeSubscriptionFiltersCommandInput, call: Call) {
  const { name: wanted } = logGroup(input.logGroupName, call);
  const rows = subscriptionFilters
    .in(call)
    .values()
    .filter(({ group, name }) => group === wanted && name.startsWith(input.filterNamePrefix ?? ''));
  const { items, end } = pageOf(rows, input.limit ?? 50, input.nextToken);
  return {
    subscriptionFilters: items.map(
      (row): SubscriptionFilter => ({
        filterName: row.name,
        logGroupName: row.group,
        filterPattern: row.pattern,
        destinationArn: row.destinationArn,
        ...(row.roleArn !== undefined && { roleArn: row.roleArn }),
        distribution: (row.distribution as 'ByLogStream' | undefined) ?? 'ByLogStream',
        creationTime: row.created,
      }),
    ),
    ...end,
  };
}

export function deleteSubscriptionFilter(
  { logGroupName, filterName }: DeleteSubscriptionFilterCommandInput,
  call: Call,
) {
  const { name: group } = logGroup(logGroupName, call);
  if (!subscriptionFilters.in(call).delete(keyOf(group, filterName!))) throw filterMissing('subscription');
  return {};
}
