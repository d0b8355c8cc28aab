import type { World } from '../kernel/world.ts';
import { forgetTraces, hasTraces } from './traces.ts';

// The services are loaded only where there is something to do: most sandboxes run nothing.

/** What ran when the sandbox ended goes on. */
export async function wakeMachine(world: World): Promise<void> {
  if (world.store.partitions('lambda.functions').length > 0) {
    const { resumeFunctions } = await import('../services/lambda/resume.ts');
    await resumeFunctions(world);
    const { resumeRotations } = await import('../services/secretsmanager/rotation.ts');
    await resumeRotations(world);
  }
  const { engine, databases, port } = world.machine ?? {};
  if (world.machine && hasTraces(world.directory)) world.machine.guard?.begin();
  if (databases) {
    const { wakeDatabases } = await import('../services/rds/real-server.ts');
    await wakeDatabases(world);
  }
  if (engine && port !== undefined) {
    const { openGateway } = await import('./gateway.ts');
    await openGateway(world, { address: '127.0.0.1', port, known: port });
    const { findContainersAgain } = await import('../services/ecs/runtime/real/find-again.ts');
    await findContainersAgain(world);
  }
}

/** What runs is stopped, to go on later. The world is closed. */
export async function restMachine({ machine, directory }: World): Promise<void> {
  if (machine?.engine) {
    const { pauseContainers } = await import('../services/ecs/runtime/real/find-again.ts');
    await pauseContainers(machine.engine, machine.owner, directory);
  }
  await machine?.databases?.rest();
  machine?.guard?.end();
}

/** What runs is removed, with all that it has made. The world is closed. */
export async function clearMachine({ machine, directory }: World): Promise<void> {
  if (machine?.engine) {
    const { removeContainers } = await import('../services/ecs/runtime/real/find-again.ts');
    await removeContainers(machine.engine, machine.owner);
  }
  await machine?.databases?.clear();
  if (machine) forgetTraces(directory);
}
