import { join } from 'node:path';
import { PlatformError } from './platform-error.ts';

export const sandboxNotStarted = (directory: string, cause: Error): PlatformError =>
  new PlatformError({
    id: 'sandbox-not-started',
    kind: 'failed',
    message: `The sandbox gives no answer: ${cause.message}`,
    remedy: `platform sandbox reset --yes starts it from nothing; ${join(directory, 'server.log')} holds what it said`,
    cause,
  });
