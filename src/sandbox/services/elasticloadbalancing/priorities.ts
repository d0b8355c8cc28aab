import { invalid } from './faults.ts';

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateRule.html: 1 to 50000. */
export function checkPriority(priority: number): number {
  if (!Number.isInteger(priority) || priority < 1 || priority > 50_000) {
    throw invalid(
      `1 validation error detected: Value '${priority}' at 'priority' failed to satisfy constraint: Member must have value ${
        priority < 1 ? 'greater than or equal to 1' : 'less than or equal to 50000'
      }`,
    );
  }
  return priority;
}
