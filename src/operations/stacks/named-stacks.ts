import type { Stack } from '@aws-sdk/client-cloudformation';
import type { Session } from '../../context.ts';
import { sharedBeginning } from '../../domain/shared-beginning.ts';
import type { EnvironmentState } from '../../release/environment-state.ts';
import { namedStacks } from './environment-stacks.ts';
import type { NamedStack } from './live-stacks.ts';

/** From so many on it is quicker to list a region's stacks, a hundred per call, than to ask for each. */
const LIST_FROM = 16;

export interface FoundStack extends NamedStack {
  readonly stack: Stack;
}

/** The stacks of an environment that are there, in the order in which they build on each other. No templates are read. */
export async function findStacks(
  session: Pick<Session, 'aws' | 'environment' | 'target'>,
  state: EnvironmentState,
): Promise<FoundStack[]> {
  const named = namedStacks(session, state);
  const regions = [...new Set(named.map(({ region }) => region))];
  const found = await Promise.all(
    regions.map((region) =>
      stacksIn(
        session.aws.in(region),
        named.filter((one) => one.region === region),
      ),
    ),
  );
  return found.flat();
}

async function stacksIn({ cloudFormation }: Session['aws'], named: readonly NamedStack[]): Promise<FoundStack[]> {
  if (named.length >= LIST_FROM) {
    const prefix = sharedBeginning(named.map(({ stackName }) => stackName));
    const listed = new Map((await cloudFormation.stacks(prefix)).map((stack) => [stack.StackName!, stack]));
    return named.flatMap((one) => {
      const stack = listed.get(one.stackName);
      return stack ? [{ ...one, stack }] : [];
    });
  }
  const stacks = await Promise.all(named.map(({ stackName }) => cloudFormation.stack(stackName)));
  return named.flatMap((one, index) => {
    const stack = stacks[index];
    return stack ? [{ ...one, stack }] : [];
  });
}
