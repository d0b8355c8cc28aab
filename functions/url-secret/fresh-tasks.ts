import { DescribeServicesCommand, type ECSClient, type Service, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { errorFields } from '../shared/error-fields.ts';
import { log } from '../shared/log.ts';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServices.html */
const DESCRIBED_AT_ONCE = 10;

export interface Restarts {
  /** Asked for fresh tasks. */
  restarted: string[];
  /** Whose tasks were all started since. */
  fresh: string[];
  /** Not there, or on their way out. */
  missing: string[];
  failed: string[];
}

/**
 * Asks every service for fresh tasks whose tasks are older than the secret. EventBridge may tell twice, and a run may
 * have ended between the secret and the services: only the age of a deployment says what is left to do.
 */
export async function freshTasks(
  ecs: ECSClient,
  { cluster, services, since }: { cluster: string; services: readonly string[]; since: Date },
): Promise<Restarts> {
  const restarts: Restarts = { restarted: [], fresh: [], missing: [], failed: [] };
  for (let from = 0; from < services.length; from += DESCRIBED_AT_ONCE) {
    const names = services.slice(from, from + DESCRIBED_AT_ONCE);
    const described = await ecs.send(new DescribeServicesCommand({ cluster, services: names }));
    for (const name of names) {
      const service = described.services?.find(({ serviceName }) => serviceName === name);
      restarts[await restart(ecs, cluster, name, service, since)].push(name);
    }
  }
  return restarts;
}

/** A service that cannot be restarted does not keep the others from it. */
async function restart(
  ecs: ECSClient,
  cluster: string,
  name: string,
  service: Service | undefined,
  since: Date,
): Promise<keyof Restarts> {
  if (service?.status !== 'ACTIVE') return 'missing';
  if (startedAfter(service, since)) return 'fresh';
  try {
    await ecs.send(new UpdateServiceCommand({ cluster, service: name, forceNewDeployment: true }));
    return 'restarted';
  } catch (error) {
    log('error', 'service not restarted', { service: name, ...errorFields(error) });
    return 'failed';
  }
}

/** A task reads its secrets when it starts, seconds after its deployment was made. */
function startedAfter({ deployments = [] }: Service, since: Date): boolean {
  const primary = deployments.find(({ status }) => status === 'PRIMARY');
  return (primary?.createdAt?.getTime() ?? 0) >= since.getTime();
}
