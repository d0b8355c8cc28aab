import { PlatformError } from '../../errors/platform-error.ts';

export const isSignedOut = (error: unknown): error is PlatformError =>
  error instanceof PlatformError && ['aws-session-expired', 'aws-keys-unknown'].includes(error.id);

/** The credentials ended in the middle. */
export const deployUnattended = (environment: string, cause: PlatformError) =>
  new PlatformError({
    id: 'deploy-unattended',
    kind: 'credentials',
    message: `${cause.message}, in the middle of a deployment of ${environment}: what AWS had begun goes on by itself, and nothing further is begun`,
    remedy: `aws sso login (with --profile <name> where you use one) signs in again; then platform deploy --attach --env ${environment} follows it to its end`,
    cause,
  });

/** It was stopped while what runs was being proven. */
export const deployUnproven = (environment: string) =>
  new PlatformError({
    id: 'deploy-unproven',
    kind: 'failed',
    message: `Stopped while ${environment} was being proven: its stacks are as configured, what runs may not be yet`,
    remedy: `platform deploy --attach --env ${environment} proves it`,
  });
