import type { Service } from '@aws-sdk/client-ecs';
import type { Session } from '../../context.ts';
import { causeText } from '../../diagnosis/diagnosis-text.ts';
import { type Expected, type Verdict, watchProof } from '../deploy/service-proof.ts';
import { type Findings, RolloutWatch } from './rollout-watch.ts';
import type { Flight } from './stack-flight.ts';

interface Watching {
  forMs: number;
  /** Absent: nothing is recorded, and nobody judges whether waiting is of use. */
  flight?: Flight | undefined;
  /** Looks proven at once as a rule: only what is not is watched, so that it costs no call. */
  lazily?: boolean;
  look?: (service: Service) => void;
  say?: (detail: string) => void;
}

/** `findings`: what its tasks said; absent where there was no need to watch them. */
export type WatchedVerdict = { verdict: Verdict; findings?: Findings };

/**
 * Looks until a service is proven, and ends earlier where a cause makes waiting hopeless. What runs and what is under
 * way is left as it is: whoever waits here began no rollout that could be taken back.
 */
export async function watchUntilProven(
  session: Pick<Session, 'aws' | 'clock' | 'environment' | 'signal' | 'target'>,
  expected: Expected,
  { forMs, flight, lazily = false, look = () => {}, say = () => {} }: Watching,
): Promise<WatchedVerdict> {
  if (!flight) return { verdict: await watchProof(session, expected, { forMs, look }) };
  const { name, cluster, serviceName } = expected;
  const hopeless = new AbortController();
  let rollout: RolloutWatch | undefined;
  let looks = 0;
  const begin = ({ deployments = [] }: Service) => {
    const own = expected.deployment ?? deployments.find(({ status }) => status === 'PRIMARY')?.id;
    if (own === undefined) return;
    const before = new Set(deployments.map(({ id = '' }) => id).filter((id) => id !== own));
    const watched = { name, cluster, serviceName, before, own, onlyNew: true, say };
    rollout = new RolloutWatch({ ...session, recorder: flight.recorder }, { ...watched, ...flight });
    rollout.hopeless.addEventListener('abort', () => hopeless.abort(), { once: true });
  };
  const seen = (service: Service) => {
    looks += 1;
    if (!rollout && looks > (lazily ? 1 : 0)) begin(service);
    look(service);
  };
  let findings: Findings | undefined;
  try {
    const signal = AbortSignal.any([session.signal, hopeless.signal]);
    const verdict = await watchProof({ ...session, signal }, expected, { forMs, look: seen });
    findings = await rollout?.finish({ failed: !('proven' in verdict) });
    return { verdict, ...(findings ? { findings } : {}) };
  } catch (error) {
    findings = await rollout?.finish({ failed: true });
    if (session.signal.aborted || !hopeless.signal.aborted || !findings?.convicted) throw error;
    return { verdict: { why: causeText(findings.convicted), final: true }, findings };
  }
}
