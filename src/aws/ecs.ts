import type {
  DesiredStatus,
  ECS,
  RunTaskCommandInput,
  Service,
  ServiceDeployment,
  Task,
  TaskDefinition,
} from '@aws-sdk/client-ecs';
import { call, find } from './call.ts';
import { connect } from './client-settings.ts';
import type { Connection } from './connection.ts';
import { once } from './once.ts';

/** DescribeServices takes ten names, DescribeTasks a hundred. */
const SERVICES_PER_CALL = 10;
const TASKS_PER_CALL = 100;

export class Ecs {
  readonly #ecs: () => Promise<ECS>;

  constructor(connection: Connection) {
    this.#ecs = once(async () => connect((await import('@aws-sdk/client-ecs')).ECS, connection));
  }

  /** Undefined when the service is gone; ECS keeps deleted services around as INACTIVE for a while. */
  async service(cluster: string, name: string): Promise<Service | undefined> {
    return (await this.services(cluster, [name]))[0];
  }

  /** Also when it was deleted a while ago: its events tell why. */
  async serviceOrRemains(cluster: string, name: string): Promise<Service | undefined> {
    const answer = await find('ecs:DescribeServices', ['ClusterNotFoundException'], async () =>
      (await this.#ecs()).describeServices({ cluster, services: [name] }),
    );
    return answer?.services?.[0];
  }

  /** Those of the named services that exist; none when the cluster does not. */
  async services(cluster: string, names: readonly string[]): Promise<Service[]> {
    const found: Service[] = [];
    for (const services of chunks(names, SERVICES_PER_CALL)) {
      const answer = await find('ecs:DescribeServices', ['ClusterNotFoundException'], async () =>
        (await this.#ecs()).describeServices({ cluster, services }),
      );
      found.push(...(answer?.services ?? []).filter(({ status }) => status !== 'INACTIVE'));
    }
    return found;
  }

  /** Tasks of a service or a family. ECS keeps stopped ones for about an hour. */
  async tasks(
    cluster: string,
    filter: { service?: string; family?: string; desiredStatus?: DesiredStatus },
  ): Promise<Task[]> {
    return this.describeTasks(cluster, await this.taskArns(cluster, filter));
  }

  /** Their ARNs alone; none when the service or the cluster is gone. */
  async taskArns(
    cluster: string,
    filter: { service?: string; family?: string; desiredStatus?: DesiredStatus },
  ): Promise<string[]> {
    const arns: string[] = [];
    let nextToken: string | undefined;
    do {
      const page = await find('ecs:ListTasks', ['ClusterNotFoundException', 'ServiceNotFoundException'], async () =>
        (await this.#ecs()).listTasks({
          cluster,
          serviceName: filter.service,
          family: filter.family,
          desiredStatus: filter.desiredStatus,
          nextToken,
        }),
      );
      arns.push(...(page?.taskArns ?? []));
      nextToken = page?.nextToken;
    } while (nextToken !== undefined);
    return arns;
  }

  /** Names of the services of a cluster; none when the cluster is gone. */
  async serviceNames(cluster: string): Promise<string[]> {
    const names: string[] = [];
    let nextToken: string | undefined;
    do {
      const page = await find('ecs:ListServices', ['ClusterNotFoundException'], async () =>
        (await this.#ecs()).listServices({ cluster, nextToken, maxResults: 100 }),
      );
      names.push(...(page?.serviceArns ?? []).map((arn) => arn.slice(arn.lastIndexOf('/') + 1)));
      nextToken = page?.nextToken;
    } while (nextToken !== undefined);
    return names;
  }

  /** Tasks by ARN or id; those that are gone are left out. */
  async describeTasks(cluster: string, ids: readonly string[]): Promise<Task[]> {
    const found: Task[] = [];
    for (const tasks of chunks(ids, TASKS_PER_CALL)) {
      const answer = await call('ecs:DescribeTasks', async () => (await this.#ecs()).describeTasks({ cluster, tasks }));
      found.push(...(answer.tasks ?? []));
    }
    return found;
  }

  /** By ARN or family; undefined when there is none. A deregistered revision is still there, as INACTIVE. */
  async taskDefinition(taskDefinition: string): Promise<TaskDefinition | undefined> {
    // ECS has no code of its own for a missing one: https://github.com/aws/aws-sdk/issues/406
    const answer = await find('ecs:DescribeTaskDefinition', ['ClientException'], async () =>
      (await this.#ecs()).describeTaskDefinition({ taskDefinition }),
    );
    return answer?.taskDefinition;
  }

  /** Fresh tasks from the task definition that the service uses; answers with the id of the rollout it started. */
  async forceNewDeployment(cluster: string, service: string): Promise<string> {
    const answer = await call('ecs:UpdateService', async () =>
      (await this.#ecs()).updateService({ cluster, service, forceNewDeployment: true }),
    );
    return answer.service!.deployments!.find(({ status }) => status === 'PRIMARY')!.id!;
  }

  async setDesiredCount(cluster: string, service: string, desiredCount: number): Promise<void> {
    await call('ecs:UpdateService', async () => (await this.#ecs()).updateService({ cluster, service, desiredCount }));
  }

  /** The rollouts of a service, newest first. */
  async deployments(cluster: string, service: string): Promise<ServiceDeployment[]> {
    const listed = await find(
      'ecs:ListServiceDeployments',
      ['ClusterNotFoundException', 'ServiceNotFoundException'],
      async () => (await this.#ecs()).listServiceDeployments({ cluster, service }),
    );
    const arns = (listed?.serviceDeployments ?? []).map(({ serviceDeploymentArn }) => serviceDeploymentArn!);
    if (arns.length === 0) return [];
    const answer = await call('ecs:DescribeServiceDeployments', async () =>
      (await this.#ecs()).describeServiceDeployments({ serviceDeploymentArns: arns.slice(0, 20) }),
    );
    return answer.serviceDeployments ?? [];
  }

  /** How far one of them is. */
  async deployment(serviceDeploymentArn: string): Promise<ServiceDeployment | undefined> {
    const answer = await call('ecs:DescribeServiceDeployments', async () =>
      (await this.#ecs()).describeServiceDeployments({ serviceDeploymentArns: [serviceDeploymentArn] }),
    );
    return answer.serviceDeployments?.[0];
  }

  /** Has ECS go back to the tasks before; undefined when that rollout is over already. */
  stopDeployment(serviceDeploymentArn: string): Promise<string | undefined> {
    return find('ecs:StopServiceDeployment', ['ConflictException', 'ServiceDeploymentNotFoundException'], async () => {
      const answer = await (await this.#ecs()).stopServiceDeployment({ serviceDeploymentArn, stopType: 'ROLLBACK' });
      return answer.serviceDeploymentArn;
    });
  }

  /** Undefined when there is none; ECS shows deleted clusters as INACTIVE for a while. */
  async cluster(name: string) {
    const { clusters = [] } = await call('ecs:DescribeClusters', async () =>
      (await this.#ecs()).describeClusters({ clusters: [name] }),
    );
    return clusters.find(({ status }) => status !== 'INACTIVE');
  }

  /**
   * Starts one task and answers with it, with the reason why ECS has no room for it now (F-55), or with one that waiting
   * does not mend.
   */
  async runTask(input: RunTaskCommandInput): Promise<{ task: Task } | { noRoom: string } | { refused: string }> {
    return call('ecs:RunTask', async () => {
      try {
        const { tasks: [task] = [], failures = [] } = await (await this.#ecs()).runTask({ ...input, count: 1 });
        if (task) return { task };
        const reasons = failures.map(({ reason, detail }) => [reason, detail].filter(Boolean).join(': '));
        if (reasons.every((reason) => saysNoCapacity(reason) || reason.startsWith('RESOURCE:')))
          return { noRoom: reasons.join(', ') || 'ECS gives no reason' };
        return { refused: reasons.join(', ') };
      } catch (error) {
        if (!(error instanceof Error)) throw error;
        if (saysNoCapacity(error.message)) return { noRoom: error.message };
        if (error.name === 'ClusterNotFoundException') return { refused: error.message };
        // Whoever starts a task hands it its roles; the refusal of that is told as one of RunTask.
        if (error.name === 'AccessDeniedException' && error.message.includes('iam:PassRole'))
          return call('iam:PassRole', () => Promise.reject(error));
        throw error;
      }
    });
  }

  /** Tasks that were started with this `startedBy` and are not asked to end; none when the cluster is gone. */
  async startedBy(cluster: string, startedBy: string): Promise<Task[]> {
    // It must be the only filter: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTasks.html
    const page = await find('ecs:ListTasks', ['ClusterNotFoundException'], async () =>
      (await this.#ecs()).listTasks({ cluster, startedBy }),
    );
    return this.describeTasks(cluster, page?.taskArns ?? []);
  }

  /**
   * Opens a session in a container: its id, address and token. Undefined when AWS cannot reach the task
   * (TargetNotConnectedException), which has many causes and one sentence (F-59).
   */
  async executeCommand(input: { cluster: string; task: string; container: string; command: string }) {
    const answer = await find('ecs:ExecuteCommand', ['TargetNotConnectedException'], async () =>
      (await this.#ecs()).executeCommand({ ...input, interactive: true }),
    );
    return answer?.session;
  }

  async stopTask(cluster: string, task: string, reason: string): Promise<void> {
    await find('ecs:StopTask', ['InvalidParameterException'], async () =>
      (await this.#ecs()).stopTask({ cluster, task, reason }),
    );
  }
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

/** Fargate's sentence, in an answer's failures or as an error (F-55); there is no code for it. */
export const saysNoCapacity = (text: string): boolean => text.startsWith('Capacity is unavailable at this time');
