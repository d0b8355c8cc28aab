import type { Session } from '../../context.ts';
import { PlatformError } from '../../errors/platform-error.ts';

/** Part of the contract of `rollback <function> --json`. */
export interface VersionCount {
  version: string;
  /** The newest release that ran it. */
  release: string;
  /** Whether the alias points to it before anything is done. */
  live: boolean;
  /** Within the last day, through the alias; null where CloudWatch may not be asked. */
  calls: number | null;
  failed: number | null;
}

const DAY_MINUTES = 24 * 60;

/**
 * Which version fails (S4-132): calls through the alias, by the version that answered them.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-aliases.html#determining-which-version-has-been-invoked
 */
export async function versionCounts(
  { aws, clock }: Pick<Session, 'aws' | 'clock'>,
  functionName: string,
  versions: readonly { version: string; release: string; live: boolean }[],
): Promise<VersionCount[]> {
  return Promise.all(
    versions.map(async (one) => {
      try {
        return {
          ...one,
          ...(await callsOf(aws, functionName, one.version, { now: clock.now(), minutes: DAY_MINUTES })),
        };
      } catch (error) {
        // Going back must not wait for the right to look at numbers.
        if (!(error instanceof PlatformError) || error.id !== 'aws-access-denied') throw error;
        return { ...one, calls: null, failed: null };
      }
    }),
  );
}

/** Of one version behind the alias `live`, within the last minutes. */
export async function callsOf(
  aws: Session['aws'],
  functionName: string,
  version: string,
  within: { now: number; minutes: number },
): Promise<{ calls: number; failed: number }> {
  const dimensions = { FunctionName: functionName, Resource: `${functionName}:live`, ExecutedVersion: version };
  const sum = (name: string) => aws.metrics.sum({ namespace: 'AWS/Lambda', name, dimensions }, within);
  const [calls, failed] = await Promise.all([sum('Invocations'), sum('Errors')]);
  return { calls, failed };
}
