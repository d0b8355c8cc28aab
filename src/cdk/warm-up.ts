import { fullDiff } from '@aws-cdk/cloudformation-diff';

/**
 * Loads toolkit-lib, and the database of resource types by which it compares every stack before it is approved: together
 * most of a second, in which this process could as well be waiting for answers.
 */
export async function warmUp(): Promise<void> {
  await import('./toolkit.ts');
  fullDiff({}, { Resources: { Any: { Type: 'AWS::SQS::Queue' } } });
}
