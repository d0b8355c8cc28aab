import { outputs } from '../../../infra/outputs.ts';
import type { Session } from '../../context.ts';
import type { Diagnosis } from '../../diagnosis/cause.ts';
import { causeText, firstCause } from '../../diagnosis/diagnosis-text.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { shiftMinutes } from '../../domain/shift-minutes.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { explanation, whyServiceFailed } from '../explain-failure.ts';
import type { Flight } from '../flight-recorder/stack-flight.ts';
import { watchUntilProven } from '../flight-recorder/watch-until-proven.ts';
import type { ProvenService } from './service-proof.ts';

/** How long ECS and the load balancer may take to say what CloudFormation already believes. */
const PROOF_MS = 10 * 60_000;

export interface ProveInput {
  /** As platform.yaml calls them. */
  services: readonly string[];
  /** `<repository>@sha256:…` by service. */
  images: Readonly<Record<string, string>>;
  /** Outputs by stack id. */
  outputsOf: (stack: string) => Record<string, string>;
  /** Absent: tasks that fail meanwhile are not watched. */
  flight?: Flight | undefined;
}

/**
 * Success is that the image asked for is what runs, on every task, healthy. CloudFormation's word is not taken for it:
 * a rollout that ECS has taken back looks complete too. Throws `release-not-proven`.
 */
export async function proveServices(
  session: Pick<Session, 'aws' | 'clock' | 'environment' | 'target' | 'signal'>,
  { services, images, outputsOf, flight }: ProveInput,
): Promise<ProvenService[]> {
  const cluster = outputsOf('runtime')[outputs.runtime.clusterName]!;
  return Promise.all(
    services.map(async (name) => {
      const own = outputsOf(`service-${name}`);
      const targetGroupArn = own[outputs.service.targetGroupArn];
      const place = {
        name,
        cluster,
        serviceName: own[outputs.service.serviceName]!,
        ...(targetGroupArn ? { targetGroupArn } : {}),
      };
      const expected = { ...place, image: images[name] ?? '' };
      const { rollout } = session.environment.blocks.services[name] ?? {};
      const forMs = PROOF_MS + (rollout ? shiftMinutes(rollout) * 60_000 : 0);
      const watched = await watchUntilProven(session, expected, { forMs, flight, lazily: true });
      const { verdict, findings } = watched;
      if ('proven' in verdict) return verdict.proven;
      const diagnosis = findings?.convicted ? findings : await whyServiceFailed(session, place);
      throw notProven(session.environment, name, verdict.why, diagnosis);
    }),
  );
}

function notProven(
  environment: Session['environment'],
  service: string,
  why: string,
  diagnosis: Diagnosis,
): PlatformError {
  const cause = firstCause(diagnosis);
  const flags = environmentFlags(environment);
  return new PlatformError({
    id: 'release-not-proven',
    kind: 'failed',
    message: `CloudFormation is done, but ${service} is not what was asked for: ${cause ? causeText(cause) : why}`,
    remedy: cause?.remedy ?? `platform status ${flags} shows what runs; platform events ${flags} what ECS says`,
    ...explanation(diagnosis),
  });
}
