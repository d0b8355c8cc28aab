import type { Aws } from '../../aws/aws.ts';
import type { Session } from '../../context.ts';
import { sharedBeginning } from '../../domain/shared-beginning.ts';
import type { EnvironmentState } from '../../release/environment-state.ts';
import type { LedgerEntry } from '../../release/ledger.ts';
import { namedStacks } from '../stacks/environment-stacks.ts';

/**
 * What bears the name of this environment's stacks and belongs to none (F-20, F-141): log groups that a service wrote to
 * once more after they were deleted, and buckets. CloudFormation names what has no name of its own after its stack.
 */
export async function findStrays(
  session: Pick<Session, 'aws' | 'clock' | 'environment' | 'target'>,
  state: EnvironmentState,
): Promise<LedgerEntry[]> {
  const { aws, clock } = session;
  const since = new Date(clock.now()).toISOString();
  const stacks = namedStacks(session, state);
  const regions = [...new Set(stacks.map(({ region }) => region))];
  const found = await Promise.all(
    regions.map(async (region) => {
      const regional = aws.in(region);
      const prefixes = stacks.filter((stack) => stack.region === region).map(({ stackName }) => `${stackName}-`);
      const isOurs = (name: string) => prefixes.some((prefix) => name.startsWith(prefix));
      const [groups, buckets] = await Promise.all([
        Promise.all(
          beginnings(prefixes).flatMap((one) => [one, `/aws/lambda/${one}`].map((each) => regional.logs.groups(each))),
        ),
        regional.s3.buckets(),
      ]);
      const things = [
        ...groups
          .flat()
          .map(({ logGroupName }) => logGroupName!)
          .filter((name) => isOurs(name.replace(/^\/aws\/lambda\//, '')))
          .map((id) => ({ type: 'AWS::Logs::LogGroup', id })),
        // S3's names are in lower case.
        ...buckets.filter(isOurs).map((id) => ({ type: 'AWS::S3::Bucket', id })),
      ];
      const owners = await ownersOf(regional, things, prefixes);
      return things
        .filter((_, index) => owners[index] === undefined)
        .map((thing) => ({ ...thing, region, since, reason: 'named like this environment, and in no stack' }));
    }),
  );
  return found.flat();
}

/** From so many stacks on their names have enough in common to list what begins so, and to choose from that. */
const LIST_FROM = 16;
/** Shorter, it is the beginning of everybody's. */
const TELLING = 4;

function beginnings(prefixes: readonly string[]): readonly string[] {
  if (prefixes.length < LIST_FROM) return prefixes;
  const shared = sharedBeginning(prefixes);
  return shared.length < TELLING ? prefixes : [shared];
}

/** The stack that each thing belongs to; where many bear the name of one stack, its resources are read instead. */
async function ownersOf(
  { cloudFormation }: Aws,
  things: readonly { id: string }[],
  prefixes: readonly string[],
): Promise<(string | undefined)[]> {
  const stackOf = (id: string) =>
    prefixes
      .filter((prefix) => id.startsWith(prefix))
      .sort((a, b) => b.length - a.length)[0]
      ?.slice(0, -1);
  const byStack = Map.groupBy(things, ({ id }) => stackOf(id));
  const known = new Map<string, string>();
  await Promise.all(
    [...byStack].map(async ([stack, named]) => {
      if (stack === undefined || named.length < LIST_FROM) return;
      for (const { PhysicalResourceId, ResourceStatus } of await cloudFormation.resources(stack))
        if (PhysicalResourceId && !/^DELETE_(COMPLETE|SKIPPED)$/.test(ResourceStatus ?? ''))
          known.set(PhysicalResourceId, stack);
    }),
  );
  return Promise.all(things.map(({ id }) => known.get(id) ?? cloudFormation.ownerOf(id)));
}
