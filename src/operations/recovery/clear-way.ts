import type { Aws } from '../../aws/aws.ts';
import type { Session } from '../../context.ts';
import type { Blocked, RecoveryStep } from '../../domain/recovery/recovery-plan.ts';
import { repairBootstrap } from '../bootstrap/repair-bootstrap.ts';
import { waitFor } from '../wait-for.ts';
import type { Situation } from './read-stuck.ts';

type Powers = Pick<Session, 'aws' | 'clock' | 'reporter' | 'signal' | 'target'>;

/** On AWS we look every two seconds; where time runs faster, waits are as much shorter as looks are. */
const AWS_POLL_MS = 2_000;
const DATABASE_MS = 60 * 60_000;

/** Does to single resources what has to happen before the stack can go on; protection is not its business. */
export async function clearWay(
  session: Session,
  { region, stack }: Situation,
  steps: readonly RecoveryStep[],
  check: () => void,
): Promise<void> {
  const aws = session.aws.in(region);
  const about = (what: RecoveryStep['do']) =>
    stack.blocked.filter(({ logicalId }) => steps.some((step) => step.do === what && step.resource === logicalId));
  for (const { physicalId } of about('empty-bucket')) {
    check();
    await session.reporter.step(`Emptying ${physicalId}`, (say) =>
      aws.s3.emptyBucket(physicalId, (count) => say(`${count} versions deleted`)),
    );
  }
  for (const { physicalId } of about('empty-repository')) {
    check();
    // CloudFormation counts what is gone as deleted.
    await session.reporter.step(`Deleting ${physicalId} with its images`, () => aws.ecr.deleteRepository(physicalId));
  }
  if (steps.some((step) => step.do === 'repair-bootstrap')) await repairBootstrap(session, { rebuild: false, check });
  await waitOut(session, region, about('wait'));
}

/** Waits as long as the slowest reason takes; a database says itself when it is ready. */
export async function waitOut(session: Powers, region: string, blocked: readonly Blocked[]): Promise<void> {
  const { aws, clock, reporter, signal, target } = session;
  const waiting = blocked.filter(({ hurdle }) => hurdle.way === 'wait' && hurdle.waitMs);
  if (waiting.length === 0) return;
  const longest = Math.max(...waiting.map(({ hurdle }) => hurdle.waitMs!));
  const first = waiting[0]!;
  await reporter.step(`Waiting for ${first.logicalId}: ${first.hurdle.why}`, async (say) => {
    await clock.sleep(longest * Math.min(1, target.pollMs / AWS_POLL_MS), signal);
    for (const { type, physicalId } of waiting.filter((one) => one.type.startsWith('AWS::RDS::')))
      await waitFor({ clock, everyMs: target.pollMs, forMs: DATABASE_MS, signal }, async () => {
        const status = await databaseStatus(aws.in(region), type, physicalId);
        say(`${physicalId} is ${status ?? 'gone'}`);
        return status === undefined || status === 'available' || status === 'stopped' ? true : undefined;
      });
  });
}

async function databaseStatus({ rds }: Aws, type: string, id: string): Promise<string | undefined> {
  if (type === 'AWS::RDS::DBCluster') return (await rds.cluster(id))?.Status;
  if (type === 'AWS::RDS::DBInstance') return (await rds.instance(id))?.DBInstanceStatus;
  return undefined;
}
