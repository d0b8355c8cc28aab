import { PlatformError } from '../../errors/platform-error.ts';

/** Somebody named a stack that the environment does not have. */
export const stackMissing = (stack: string, environment: string, ids: readonly string[]): PlatformError =>
  new PlatformError({
    id: 'stack-missing',
    kind: ids.length > 0 ? 'usage' : 'failed',
    message: `${environment} has no stack ${stack}`,
    remedy:
      ids.length > 0
        ? `it is one of: ${ids.join(', ')}`
        : `nothing is deployed there yet: platform deploy --env ${environment}`,
  });
