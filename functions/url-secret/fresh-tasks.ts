import { type ECSClient, type Service, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { errorFields } from '../shared/error-fields.ts';
import { log } from '../shared/log.ts';

export interface Restarts {
  /** Asked for fresh tasks. */
  restarted: string[];
  /** Whose tasks were all started since. */
  fresh: string[];
  failed: string[];
}

/**
 * Asks every service for fresh tasks whose tasks are older than the secret. EventBridge may tell twice, and a run may
 * have ended between the secret and the services: only the age of a deployment says what is left to do.
 */
export async function freshTasks(
  ecs: ECSClient,
  { cluster, services, since }: { cluster: string; services: readonly Service[]; since: Date },
): Promise<Restarts> {
  const restarts: Restarts = { restarted: [], fresh: [], failed: [] };
  for (const service of services) restarts[await restart(ecs, cluster, service, since)].push(service.serviceName!);
  return restarts;
}

/** A service that cannot be restarted does not keep the others from it. */
async function restart(ecs: ECSClient, cluster: string, service: Service, since: Date): Promise<keyof Restarts> {
  if (startedAfter(service, since)) return 'fresh';
  const name = service.serviceName!;
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
