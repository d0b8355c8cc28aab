import type { StackEvent } from '@aws-sdk/client-cloudformation';
import type { Session } from '../../context.ts';
import type { Cause, Evidence } from '../../diagnosis/cause.ts';
import { evidenceOf } from '../../diagnosis/shown-evidence.ts';
import { ENDS_EVERYTHING, PlatformError } from '../../errors/platform-error.ts';

/** Longer than a stack waits for anything. */
const BEFORE_MS = 12 * 3_600_000;
const MOST = 5;

/** The cause, with what its alarms saw. */
export async function withAlarms(
  session: Pick<Session, 'aws'>,
  cause: Cause,
  place: { stackName: string; root: StackEvent },
): Promise<Cause> {
  const rung = await rungAlarms(session, place);
  return cause.certainty === 'certain'
    ? { ...cause, evidence: [...cause.evidence, ...rung] }
    : { ...cause, evidence: [...cause.evidence, ...rung] };
}

/**
 * Why the alarms rang that stopped a shift of traffic (F-107), as their history tells: when the stack has gone back, they
 * watch the version before and are quiet again. What may not be looked at adds nothing.
 */
async function rungAlarms(
  { aws }: Pick<Session, 'aws'>,
  { stackName, root }: { stackName: string; root: StackEvent },
): Promise<Evidence[]> {
  const since = new Date((root.Timestamp?.getTime() ?? 0) - BEFORE_MS);
  try {
    const named = /Activated alarms?: ([^\n]+)/i.exec(root.ResourceStatusReason ?? '')?.[1]?.split(/,\s*/);
    const alarms = named ?? (await aws.alarms.named(`${stackName}-`)).map(({ AlarmName }) => AlarmName!);
    const found = await Promise.all(
      alarms.slice(0, MOST).map(async (text) => {
        // The sentence may go on behind the last name.
        const alarm = /^[^\s()]+/.exec(text)?.[0] ?? text;
        const ring = await aws.alarms.lastRing(alarm, since);
        return ring
          ? [evidenceOf('cloudwatch:DescribeAlarmHistory', `${alarm} newState.stateReason`, ring.reason)]
          : [];
      }),
    );
    return found.flat();
  } catch (error) {
    if (!(error instanceof PlatformError) || ENDS_EVERYTHING.includes(error.id)) throw error;
    return [];
  }
}
