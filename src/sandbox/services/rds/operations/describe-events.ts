import type { DescribeEventsCommandInput, SourceType } from '@aws-sdk/client-rds';
import type { Call } from '../../../kernel/scope.ts';
import { listing } from '../listing.ts';
import { invalidCombination } from '../refusals.ts';
import { events } from '../state.ts';

const MINUTE_MS = 60_000;

/** The last hour unless asked otherwise; AWS keeps fourteen days. */
export function describeEvents(input: DescribeEventsCommandInput, call: Call) {
  if (input.SourceIdentifier !== undefined && input.SourceType === undefined)
    throw invalidCombination('SourceType must be specified when SourceIdentifier is specified.');
  const end = input.EndTime?.getTime() ?? Infinity;
  const start =
    input.StartTime?.getTime() ?? Math.min(end, call.world.clock.stamp()) - (input.Duration ?? 60) * MINUTE_MS;
  const rows = events
    .in(call)
    .values()
    .filter(
      ({ source, id, at, categories }) =>
        (input.SourceType === undefined || source === input.SourceType) &&
        (input.SourceIdentifier === undefined || id === input.SourceIdentifier.toLowerCase()) &&
        (input.EventCategories === undefined || categories.some((each) => input.EventCategories!.includes(each))) &&
        at >= start &&
        at <= end,
    );
  const { items, end: more } = listing(rows, input);
  return {
    Events: items.map(({ source, id, arn, message, categories, at }) => ({
      SourceIdentifier: id,
      SourceType: source as SourceType,
      Message: message,
      EventCategories: [...categories],
      Date: new Date(at),
      SourceArn: arn,
    })),
    ...more,
  };
}
