import type { Session } from '../context.ts';
import type { EnvironmentState } from '../release/environment-state.ts';
import type { LedgerEntry } from '../release/ledger.ts';
import { namedStacks } from './environment-stacks.ts';

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
          prefixes.flatMap((prefix) => [prefix, `/aws/lambda/${prefix}`].map((one) => regional.logs.groups(one))),
        ),
        regional.s3.buckets(),
      ]);
      const things = [
        ...groups.flat().map(({ logGroupName }) => ({ type: 'AWS::Logs::LogGroup', id: logGroupName! })),
        // S3's names are in lower case.
        ...buckets.filter(isOurs).map((id) => ({ type: 'AWS::S3::Bucket', id })),
      ];
      const owners = await Promise.all(things.map(({ id }) => regional.cloudFormation.ownerOf(id)));
      return things
        .filter((_, index) => owners[index] === undefined)
        .map((thing) => ({ ...thing, region, since, reason: 'named like this environment, and in no stack' }));
    }),
  );
  return found.flat();
}
