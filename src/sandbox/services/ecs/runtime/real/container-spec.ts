import type { ContainerDefinition } from '@aws-sdk/client-ecs';
import type { EngineFacts } from '../../../../machine/engine.ts';

/** The same names in every place that looks for containers of the sandbox. */
export const LABEL = {
  owner: 'platform.sandbox',
  task: 'platform.task',
  container: 'platform.container',
} as const;

export interface ContainerPlan {
  /** Marks the sandbox. */
  owner: string;
  /** `<account>/<region>/<cluster>/<task id>`. */
  task: string;
  container: ContainerDefinition & { name: string };
  /** What the engine calls the image. */
  image: string;
  environment: Readonly<Record<string, string>>;
  /** Of the whole task, as Fargate sizes it. */
  cpuUnits: number;
  memoryMiB: number;
  /** The container whose network this one shares; absent: it is the first of its task. */
  network?: string | undefined;
  /** TCP ports of the whole task, which its first container publishes. */
  ports: readonly number[];
}

const MIB = 1024 * 1024;

/** What the engine is asked to create. https://docs.docker.com/reference/api/engine/version/v1.40/#operation/ContainerCreate */
export function containerSpec(plan: ContainerPlan, facts: Pick<EngineFacts, 'cpus' | 'network'>) {
  const { container, ports, network } = plan;
  const publishes = facts.network === 'bridge' && network === undefined;
  const memory = (container.memory ?? plan.memoryMiB) * MIB;
  return {
    Image: plan.image,
    Env: Object.entries(plan.environment).map(([name, value]) => `${name}=${value}`),
    ...(container.command ? { Cmd: container.command } : {}),
    ...(container.entryPoint ? { Entrypoint: container.entryPoint } : {}),
    ...(container.workingDirectory ? { WorkingDir: container.workingDirectory } : {}),
    ...(container.user ? { User: container.user } : {}),
    Labels: {
      ...container.dockerLabels,
      [LABEL.owner]: plan.owner,
      [LABEL.task]: plan.task,
      [LABEL.container]: container.name,
    },
    // ECS runs the checks of the task definition, not those of the image.
    Healthcheck: { Test: ['NONE'] },
    StopTimeout: container.stopTimeout ?? STOP_SECONDS,
    ...(publishes ? { ExposedPorts: Object.fromEntries(ports.map((port) => [`${port}/tcp`, {}])) } : {}),
    HostConfig: {
      NetworkMode: network === undefined ? facts.network : facts.network === 'host' ? 'host' : `container:${network}`,
      // On loopback alone, any free port: nothing of a rehearsal is to be reached from another machine.
      ...(publishes
        ? {
            PortBindings: Object.fromEntries(
              ports.map((port) => [`${port}/tcp`, [{ HostIp: '127.0.0.1', HostPort: '' }]]),
            ),
            ExtraHosts: [`${MACHINE_NAME}:host-gateway`],
          }
        : {}),
      NanoCpus: Math.round(Math.min(facts.cpus, (container.cpu || plan.cpuUnits) / 1024) * 1e9),
      Memory: memory,
      MemorySwap: memory,
      ...(container.memoryReservation ? { MemoryReservation: container.memoryReservation * MIB } : {}),
      ReadonlyRootfs: container.readonlyRootFilesystem ?? false,
      Init: container.linuxParameters?.initProcessEnabled ?? false,
      ...(container.linuxParameters?.capabilities?.drop
        ? { CapDrop: container.linuxParameters.capabilities.drop }
        : {}),
      Tmpfs: Object.fromEntries(
        (container.linuxParameters?.tmpfs ?? []).map(({ containerPath, size, mountOptions = [] }) => [
          containerPath!,
          [`size=${size}m`, ...mountOptions].join(','),
        ]),
      ),
      Ulimits: (container.ulimits ?? []).map(({ name, softLimit, hardLimit }) => ({
        Name: name,
        Soft: softLimit,
        Hard: hardLimit,
      })),
      RestartPolicy: { Name: 'no' },
      LogConfig: { Type: 'json-file', Config: { 'max-size': '16m', 'max-file': '2' } },
    },
  };
}

/** ECS waits so long after SIGTERM unless the container says otherwise. */
export const STOP_SECONDS = 30;

/** What the machine is called inside its containers, as Docker Desktop calls it. */
export const MACHINE_NAME = 'host.docker.internal';

/** For `docker ps`: what it is, and which task's. Names that the engine takes. */
export const containerName = (family: string, taskId: string, name: string): string =>
  `platform-${family}-${taskId.slice(0, 8)}-${name}`.replace(/[^a-zA-Z0-9_.-]/g, '-');
