import type { World } from '../kernel/world.ts';

// The services are loaded only where there is something to do: most sandboxes run nothing.

/** What ran when the sandbox ended goes on. */
export async function wakeMachine(world: World): Promise<void> {
  if (!world.machine?.engine) return;
  const { openGateway } = await import('./gateway.ts');
  await openGateway(world, world.machine.port);
  const { findContainersAgain } = await import('../services/ecs/runtime/real/find-again.ts');
  await findContainersAgain(world);
}

/** What runs is stopped, to go on later. The world is closed. */
export async function restMachine({ machine, directory }: World): Promise<void> {
  if (!machine?.engine) return;
  const { pauseContainers } = await import('../services/ecs/runtime/real/find-again.ts');
  await pauseContainers(machine.engine, machine.owner, directory);
}

/** What runs is removed, with all that it has made. The world is closed. */
export async function clearMachine({ machine }: World): Promise<void> {
  if (!machine?.engine) return;
  const { removeContainers } = await import('../services/ecs/runtime/real/find-again.ts');
  await removeContainers(machine.engine, machine.owner);
}
