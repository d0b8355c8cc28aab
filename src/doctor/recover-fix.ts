import { recoverStack } from '../operations/recovery/recover.ts';
import type { Sick } from './finding.ts';
import type { Scene } from './scene.ts';

/** What has a stack make again what somebody deleted behind its back: the recovery that the remedy names, which asks. */
export async function recoverFix(scene: Scene, id: string): Promise<Pick<Sick, 'fix'>> {
  const session = await scene.open();
  const found = (await scene.stacks()).find((one) => one.id === id);
  if (!found) return {};
  const { stack: _, ...named } = found;
  return {
    fix: {
      handling: 'ASK',
      does: `make again what is gone of ${named.stackName}`,
      asks: true,
      apply: () => recoverStack(session, named, { skip: [], retain: [] }),
    },
  };
}
