import { randomUUID } from 'node:crypto';
import type { LaunchType, Tag, TaskOverride } from '@aws-sdk/client-ecs';
import type { Scope } from '../../../kernel/scope.ts';
import { clusterArn, containerArn, freshTaskId, taskArn } from '../names.ts';
import { type TaskDefinitionRow, type TaskRow, tasks } from '../state.ts';
import { kept } from '../stored.ts';
import { TASK_MS } from './durations.ts';

interface TaskRequest {
  cluster: string;
  definition: TaskDefinitionRow;
  network: TaskRow['network'];
  launchType?: LaunchType | undefined;
  capacityProvider?: string | undefined;
  group: string;
  startedBy?: string | undefined;
  overrides?: TaskOverride | undefined;
  enableExecuteCommand?: boolean | undefined;
  tags?: Tag[];
  service?: TaskRow['service'];
  targets?: { targetGroupArn: string; port: number }[];
}

/** Puts a task on its way: PROVISIONING now, the rest comes with time. */
export function launchTask(scope: Scope, request: TaskRequest): TaskRow {
  const { definition } = request.definition;
  const taskId = freshTaskId();
  const key = `${request.cluster}/${taskId}`;
  const arn = taskArn(scope, request.cluster, taskId);
  scope.world.schedule(scope, { afterMs: TASK_MS.provisioning, kind: 'ecs.task', payload: { key, step: 'pending' } });
  return tasks.in(scope).put(key, {
    cluster: request.cluster,
    taskId,
    definition: `${definition.family}:${definition.revision}`,
    ...(request.service ? { service: request.service } : {}),
    network: request.network,
    targets: (request.targets ?? []).map((target) => ({ ...target, registered: false })),
    proven: false,
    wanted: 'run',
    task: {
      attachments: [
        {
          id: randomUUID(),
          type: 'ElasticNetworkInterface',
          status: 'PRECREATED',
          details: [{ name: 'subnetId', value: request.network.subnets[0]! }],
        },
      ],
      attributes: [{ name: 'ecs.cpu-architecture', value: architectureOf(request.definition) }],
      clusterArn: clusterArn(scope, request.cluster),
      ...(request.capacityProvider ? { capacityProviderName: request.capacityProvider } : {}),
      containers: definition.containerDefinitions.map((container) => ({
        containerArn: containerArn(scope, request.cluster, taskId, randomUUID()),
        taskArn: arn,
        name: container.name!,
        image: container.image!,
        lastStatus: 'PENDING',
        networkInterfaces: [],
        ...(container.healthCheck ? { healthStatus: 'UNKNOWN' as const } : {}),
        cpu: String(container.cpu ?? 0),
        ...(container.memory === undefined ? {} : { memory: String(container.memory) }),
        ...(container.memoryReservation === undefined
          ? {}
          : { memoryReservation: String(container.memoryReservation) }),
        ...(request.enableExecuteCommand
          ? { managedAgents: [{ name: 'ExecuteCommandAgent' as const, lastStatus: 'PENDING' }] }
          : {}),
      })),
      cpu: request.overrides?.cpu ?? definition.cpu ?? '256',
      createdAt: scope.world.clock.stamp(),
      desiredStatus: 'RUNNING',
      enableExecuteCommand: request.enableExecuteCommand ?? false,
      group: request.group,
      healthStatus: 'UNKNOWN',
      lastStatus: 'PROVISIONING',
      launchType: request.launchType ?? 'FARGATE',
      memory: request.overrides?.memory ?? definition.memory ?? '512',
      overrides: { containerOverrides: [], inferenceAcceleratorOverrides: [], ...kept(request.overrides ?? {}) },
      platformVersion: '1.4.0',
      platformFamily: 'Linux',
      ...(request.startedBy ? { startedBy: request.startedBy } : {}),
      tags: request.tags ?? [],
      taskArn: arn,
      taskDefinitionArn: definition.taskDefinitionArn,
      version: 1,
      ephemeralStorage: { sizeInGiB: definition.ephemeralStorage?.sizeInGiB ?? 20 },
      fargateEphemeralStorage: { sizeInGiB: definition.ephemeralStorage?.sizeInGiB ?? 20 },
    },
  });
}

const architectureOf = ({ definition }: TaskDefinitionRow): string =>
  definition.runtimePlatform?.cpuArchitecture === 'ARM64' ? 'arm64' : 'x86_64';
