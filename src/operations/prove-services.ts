import { outputs } from '../../infra/outputs.ts';
import type { Session } from '../context.ts';
import { PlatformError } from '../errors/platform-error.ts';
import { type ProvenService, watchProof } from './service-proof.ts';

/** How long ECS and the load balancer may take to say what CloudFormation already believes. */
const PROOF_MS = 10 * 60_000;

export interface ProveInput {
  /** As platform.yaml calls them. */
  services: readonly string[];
  /** `<repository>@sha256:…` by service. */
  images: Readonly<Record<string, string>>;
  /** Outputs by stack id. */
  outputsOf: (stack: string) => Record<string, string>;
}

/**
 * Success is that the image asked for is what runs, on every task, healthy. CloudFormation's word is not taken for it:
 * a rollout that ECS has taken back looks complete too. Throws `release-not-proven`.
 */
export async function proveServices(
  session: Pick<Session, 'aws' | 'clock' | 'target' | 'signal'>,
  { services, images, outputsOf }: ProveInput,
): Promise<ProvenService[]> {
  const cluster = outputsOf('runtime')[outputs.runtime.clusterName]!;
  return Promise.all(
    services.map(async (name) => {
      const own = outputsOf(`service-${name}`);
      const targetGroupArn = own[outputs.service.targetGroupArn];
      const verdict = await watchProof(
        session,
        {
          name,
          cluster,
          serviceName: own[outputs.service.serviceName]!,
          ...(targetGroupArn ? { targetGroupArn } : {}),
          image: images[name] ?? '',
        },
        { forMs: PROOF_MS },
      );
      if ('proven' in verdict) return verdict.proven;
      throw notProven(name, verdict.why);
    }),
  );
}

const notProven = (service: string, why: string) =>
  new PlatformError({
    id: 'release-not-proven',
    kind: 'failed',
    message: `CloudFormation is done, but ${service} is not what was asked for: ${why}`,
    remedy: 'platform status shows what runs; platform events what ECS says',
  });
