import type { ContainerDefinition, RegisterTaskDefinitionCommandInput } from '@aws-sdk/client-ecs';
import { containerRules } from './container-rules.ts';
import { cpuUnits, FARGATE_SIZES, memoryMiB } from './fargate-sizes.ts';
import { invalid, refused } from './faults.ts';

/** Throws what RegisterTaskDefinition answers to a definition that it does not accept. */
export function checkTaskDefinition(input: RegisterTaskDefinitionCommandInput): void {
  const { family, containerDefinitions: containers } = input;
  if (!family) throw refused('Family should not be null or empty.');
  if (family.length > 255 || !/^[a-zA-Z0-9_-]+$/.test(family)) throw refused('Family contains invalid characters.');
  if (!containers || containers.length === 0) throw refused('Container list cannot be empty.');
  if (containers.length > 10) throw refused('Too many containers: a task definition can have at most 10.');

  const fargate = input.requiresCompatibilities?.includes('FARGATE') ?? false;
  for (const container of containers) containerRules(container, { input, fargate });
  const names = containers.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice) throw refused(`Container name '${twice}' is used more than once.`);
  if (!containers.some(({ essential }) => essential ?? true))
    throw refused('Task definition must have at least one essential container.');
  checkDependencies(containers);
  checkSize(input, fargate);
  if (fargate) checkFargate(input, containers);
}

function checkDependencies(containers: readonly ContainerDefinition[]): void {
  for (const { name, dependsOn } of containers) {
    for (const { containerName } of dependsOn ?? []) {
      if (containerName === name || !containers.some((other) => other.name === containerName))
        throw refused(`Invalid container name '${containerName}' in the dependsOn of container '${name}'.`);
    }
  }
}

function checkSize({ cpu, memory }: RegisterTaskDefinitionCommandInput, fargate: boolean): void {
  const units = cpu === undefined ? undefined : cpuUnits(cpu);
  const mib = memory === undefined ? undefined : memoryMiB(memory);
  const more = 'For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.';
  if (cpu !== undefined && units === undefined) throw refused(`Invalid 'cpu' setting for task. ${more}`);
  if (memory !== undefined && mib === undefined) throw refused(`Invalid 'memory' setting for task. ${more}`);
  if (!fargate) return;
  if (units === undefined) throw refused("Fargate requires that 'cpu' be defined at the task level.");
  if (mib === undefined) throw refused("Fargate requires that 'memory' be defined at the task level.");
  if (!FARGATE_SIZES[units]?.includes(mib)) {
    throw refused(
      `No Fargate configuration exists for given values: ${units} CPU, ${mib} memory. ` +
        'See the Amazon ECS documentation for the valid values.',
    );
  }
}

function checkFargate(input: RegisterTaskDefinitionCommandInput, containers: readonly ContainerDefinition[]): void {
  if (input.networkMode !== 'awsvpc') throw refused('Fargate only supports network mode ‘awsvpc’.');
  if (input.placementConstraints?.length) throw refused('Placement constraints are not supported with Fargate.');
  const units = cpuUnits(input.cpu!)!;
  const mib = memoryMiB(input.memory!)!;
  const claimedCpu = containers.reduce((sum, { cpu }) => sum + (cpu ?? 0), 0);
  const claimedMemory = containers.reduce(
    (sum, { memory, memoryReservation }) => sum + (memoryReservation ?? memory ?? 0),
    0,
  );
  if (claimedCpu > units)
    throw refused(
      `The sum of the cpu of the containers (${claimedCpu}) is larger than the cpu of the task (${units}).`,
    );
  if (claimedMemory > mib)
    throw refused(
      `The sum of the memory of the containers (${claimedMemory}) is larger than the memory of the task (${mib}).`,
    );
  const ephemeral = input.ephemeralStorage?.sizeInGiB;
  if (ephemeral !== undefined && (ephemeral < 21 || ephemeral > 200))
    throw invalid('The ephemeral storage size must be between 21 and 200 GiB.');
}
