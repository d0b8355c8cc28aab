import type { Scope } from '../../kernel/scope.ts';
import type { World } from '../../kernel/world.ts';
import { resumeCalls } from './async-calls.ts';
import { mappings } from './state.ts';
import { pollLater } from './wake-mappings.ts';

/** What functions were doing when their server ended begins anew: AWS too promises every event at least once. */
export async function resumeFunctions(world: World): Promise<void> {
  await resumeCalls(world);
  await world.transaction(() => {
    for (const partition of world.store.partitions(mappings.name)) {
      const [account = '', region = ''] = partition.split('/');
      const scope: Scope = { world, account, region };
      for (const { uuid, enabled } of mappings.in(scope).values()) if (enabled) pollLater(uuid, 0, scope);
    }
  });
}
