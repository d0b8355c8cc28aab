import type { Session } from '../../context.ts';
import { evidenceOf } from '../../diagnosis/shown-evidence.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import type { Problem } from '../../errors/problem.ts';
import type { Plan, PlannedStack } from '../../release/plan.ts';
import { causeOf } from '../stacks/stack-failure.ts';

/**
 * How the stacks stand (F-01 to F-07), with the first thing that failed: a status that only a person can lead out of
 * blocks; what a deployment waits for or clears away once it is agreed to is said.
 */
export async function stackProblems(
  { aws, environment }: Pick<Session, 'aws' | 'environment'>,
  { stacks }: Pick<Plan, 'stacks'>,
): Promise<Problem[]> {
  const flags = environmentFlags(environment);
  const found = await Promise.all(
    stacks.map(async (stack): Promise<Problem[]> => {
      const { id, stackName, region, handling, live } = stack;
      const told = sayingOf(stack, flags);
      if (!told) return [];
      const failed =
        handling.action === 'stop' || handling.action === 'recreate' || handling.action === 'finish-delete';
      const cause = failed ? await causeOf(aws.in(region), stackName) : undefined;
      return [
        {
          path: stackName,
          evidence: [evidenceOf('cloudformation:DescribeStacks', 'Stacks[0].StackStatus', live?.status)],
          ...told,
          message: `${stackName}: ${told.message}${cause ? `. ${cause}` : ''}`,
          remedy: told.remedy.replace('<stack>', id),
        },
      ];
    }),
  );
  return found.flat();
}

function sayingOf(
  { handling, live }: PlannedStack,
  flags: string,
): Pick<Problem, 'rule' | 'severity' | 'message' | 'remedy'> | undefined {
  const status = live?.status ?? '';
  switch (handling.action) {
    case 'stop':
      return {
        rule: handling.failure,
        severity: 'error',
        message: handling.why,
        remedy: `platform recover <stack> ${flags}`,
      };
    case 'wait':
      return {
        rule: 'F-06',
        severity: 'warning',
        message: `it is ${status}: somebody works on it, and a deployment waits until that has ended`,
        remedy: `platform deploy --attach ${flags} follows it; platform cancel ${flags} takes it back`,
      };
    case 'recreate':
      return {
        rule: 'F-01',
        severity: 'warning',
        message: `it is ${status}: its first creation failed, and a deployment deletes what is left of it and makes it again`,
        remedy: `mend what it failed of first; platform recover <stack> ${flags} shows more`,
      };
    case 'discard':
      return {
        rule: 'F-02',
        severity: 'warning',
        message: `it is ${status}: a change set that nobody executed, which a deployment clears away`,
        remedy: `platform deploy ${flags} does it once you agree, platform recover <stack> ${flags} now`,
      };
    case 'finish-delete':
      return {
        rule: 'F-07',
        severity: 'warning',
        message: `it is ${status}: its deletion got stuck, and a deployment ends it first`,
        remedy: `platform recover <stack> ${flags} shows what holds it`,
      };
    default:
      return undefined;
  }
}
