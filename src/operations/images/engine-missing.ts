import type { EffectiveEnvironment } from '../../config/project.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import type { EngineSearch } from '../../process/find-engine.ts';

type Missing = Extract<EngineSearch, { engine?: never }>;

/** How to come to an engine; why there is none comes before it. */
export const startEngine = ({ forbidden }: Missing): string =>
  forbidden
    ? 'unset PLATFORM_CONTAINER_ENGINE, or set it to the engine that is there'
    : 'start docker, podman, nerdctl or finch (PLATFORM_CONTAINER_ENGINE names one of them)';

/** Nothing but this machine reaches its sandbox. */
export const engineMissing = (search: Missing, environment: EffectiveEnvironment): PlatformError =>
  new PlatformError({
    id: 'engine-missing',
    kind: 'failed',
    message: `There is no container engine to build with: ${search.why} (F-40)`,
    remedy: `${startEngine(search)}${environment.sandboxed ? '' : `; or run platform image push ${environmentFlags(environment)} on a machine that has one`}`,
  });
