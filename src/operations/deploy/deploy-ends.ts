import type { Session } from '../../context.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
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

/** The same in the middle of foundations, which are taken up by typing it again: there is no release to attach to. */
export const stacksUnattended = (environment: Session['environment'], names: readonly string[], cause: PlatformError) =>
  new PlatformError({
    id: 'deploy-stacks-unattended',
    kind: 'credentials',
    message: `${cause.message}, in the middle of ${names.join(', ')} of ${environment.name}: what AWS had begun goes on by itself, and nothing further is begun`,
    remedy: `aws sso login (with --profile <name> where you use one) signs in again; then platform deploy ${names.join(' ')} ${environmentFlags(environment)} takes it up`,
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
