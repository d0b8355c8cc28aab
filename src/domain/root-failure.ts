interface FailureEvent {
  StackId?: string;
  PhysicalResourceId?: string;
  ResourceStatus?: string;
  ResourceStatusReason?: string;
  ResourceType?: string;
}

/** What CloudFormation writes on resources that it stopped because of another one's failure. */
const COLLATERAL = /^Resource (creation|update) cancelled/;

/**
 * The earliest failure of a stack's newest operation: the loudest one comes later and only follows from it (F-04).
 * Takes events newest first, as DescribeStackEvents gives them; undefined when that operation has no failure.
 */
export function rootFailure<T extends FailureEvent>(events: readonly T[]): T | undefined {
  const own = (event: T) => event.PhysicalResourceId === event.StackId;
  const begun = events.findIndex((event) => own(event) && /^User Initiated/i.test(event.ResourceStatusReason ?? ''));
  const operation = begun === -1 ? events : events.slice(0, begun + 1);
  const failed = operation.filter(
    (event) =>
      event.ResourceStatus?.endsWith('_FAILED') && !own(event) && !COLLATERAL.test(event.ResourceStatusReason ?? ''),
  );
  return failed.at(-1);
}
