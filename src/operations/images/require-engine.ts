import type { Session } from '../../context.ts';
import type { ContainerEngine } from '../../process/container-engine.ts';
import { engineMissing } from './engine-missing.ts';

/** The engine that is there. Throws how to come by one. */
export async function requireEngine(
  session: Pick<Session, 'containerEngine' | 'environment'>,
): Promise<ContainerEngine> {
  const search = await session.containerEngine();
  if (!search.engine) throw engineMissing(search, session.environment);
  return search.engine;
}
