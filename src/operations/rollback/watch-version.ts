import type { Session } from '../../context.ts';
import { ALARM_PRESETS } from '../../domain/alarm-presets.ts';
import { counted } from '../../domain/counted.ts';
import { durationText } from '../../domain/duration.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { percent } from '../../domain/version-line.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { waitFor } from '../wait-for.ts';
import { callsOf } from './version-counts.ts';

/** Part of the contract of `rollback <function> --json`: how the version does that answers now. */
export interface WatchedVersion {
  version: string;
  calls: number;
  failed: number;
  /** Alarms of the environment about the function that ring. */
  ringing: string[];
}

/** So many calls say how a version does. */
const ENOUGH = 20;
/** CloudWatch counts by the minute, and has a minute's calls a minute later. */
const MINUTE_MS = 60_000;

interface Counted {
  calls: number;
  failed: number;
}

/** Where a watch begins; looked at before traffic is moved, for the minute at hand may have calls of the version already. */
export interface Baseline extends Counted {
  /** Milliseconds since 1970. */
  at: number;
}

export async function baselineOf(
  { aws, clock }: Pick<Session, 'aws' | 'clock'>,
  functionName: string,
  version: string,
): Promise<Baseline> {
  const at = clock.now();
  return { at, ...(await callsSince(aws, { functionName, version, since: at, now: at })) };
}

/** From the beginning of a minute to the end of the one at hand: CloudWatch has nothing finer. */
function callsSince(
  aws: Session['aws'],
  { functionName, version, since, now }: { functionName: string; version: string; since: number; now: number },
): Promise<Counted> {
  const [first, last] = [Math.floor(since / MINUTE_MS), Math.floor(now / MINUTE_MS)];
  return callsOf(aws, functionName, version, { now: (last + 1) * MINUTE_MS, minutes: last - first + 1 });
}

/** Watches the calls of a version since its traffic was moved to it, until there are enough or time is up (S4-134). */
export async function watchVersion(
  session: Pick<Session, 'aws' | 'clock' | 'environment' | 'reporter' | 'signal' | 'target'>,
  { name, functionName, version, baseline, forMs }: WatchInput,
): Promise<WatchedVersion> {
  const { aws, clock, environment, reporter, signal, target } = session;
  let seen = { calls: 0, failed: 0 };
  await reporter.step(`Watching calls of ${name} for ${durationText(forMs)}`, (update) =>
    waitFor({ clock, everyMs: target.pollMs, forMs, signal }, async () => {
      const all = await callsSince(aws, { functionName, version, since: baseline.at, now: clock.now() });
      seen = { calls: all.calls - baseline.calls, failed: all.failed - baseline.failed };
      update(`${counted(seen.calls, 'call')}, ${seen.failed} failed`);
      return seen.calls >= ENOUGH || undefined;
    }),
  );
  const alarms = await aws.alarms.named(`${environment.project}-${environment.name}-`);
  const ringing = alarms.filter(
    ({ StateValue, Dimensions = [], Metrics = [] }) =>
      StateValue === 'ALARM' &&
      [...Dimensions, ...Metrics.flatMap(({ MetricStat }) => MetricStat?.Metric?.Dimensions ?? [])].some(
        ({ Name, Value }) => Name === 'FunctionName' && Value === functionName,
      ),
  );
  return { version, ...seen, ringing: ringing.map(({ AlarmName }) => AlarmName!).sort() };
}

interface WatchInput {
  /** As platform.yaml calls it. */
  name: string;
  functionName: string;
  version: string;
  baseline: Baseline;
  forMs: number;
}

/** More of its calls fail than an alarm would let pass. */
export const stillFails = ({ calls, failed }: WatchedVersion): boolean =>
  percent(failed, calls) > ALARM_PRESETS['function-error-rate']!.threshold!;

export const stillFailing = (
  name: string,
  { version, calls, failed }: WatchedVersion,
  environment: Session['environment'],
) =>
  new PlatformError({
    id: 'rollback-function-still-failing',
    kind: 'failed',
    message: `${name} runs version ${version} again, and ${failed} of ${counted(calls, 'call')} since then have failed: it is not the version alone`,
    remedy: `platform doctor ${name} ${environmentFlags(environment)} looks for what is wrong; platform rollback ${name} --to <release> ${environmentFlags(environment)} goes further back`,
  });
