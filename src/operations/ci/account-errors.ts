import { PlatformError } from '../../errors/platform-error.ts';
import type { ChangeSetEnd } from '../change-sets/run-change-set.ts';

/** In these nothing can be changed in a stack; what never stood (ROLLBACK_COMPLETE) can only be deleted. */
export const STUCK = /^(ROLLBACK_COMPLETE|ROLLBACK_FAILED|CREATE_FAILED|DELETE_FAILED|UPDATE_ROLLBACK_FAILED)$/;

/** Why a stack is not as it was to be; undefined where it is. */
export function whyNotBrought(ended: ChangeSetEnd): string | undefined {
  if (ended.end === 'refused') return ended.reason;
  if (ended.end === 'unchanged' || /^(CREATE|UPDATE)_COMPLETE$/.test(ended.status)) return undefined;
  return `it ended ${ended.status}`;
}

/** `again`: the command line that is to be typed once it can go on. */
export const accountStuck = (stack: string, status: string, { flags, again }: { flags: string; again: string }) =>
  new PlatformError({
    id: 'account-stack-stuck',
    kind: 'failed',
    message: `${stack} is ${status}: nothing can be changed in it`,
    remedy: `platform recover account ${flags} gets it out of that; then ${again}`,
  });

export const accountRoleTaken = (role: string, stack: string, again: string) =>
  new PlatformError({
    id: 'account-role-taken',
    kind: 'failed',
    message: `There is a role ${role} that ${stack} has not made, under the name of its own`,
    remedy: `delete it, after its policies, once nothing puts it on any more: aws iam delete-role --role-name ${role}; then ${again}`,
  });

export const accountRefused = (stack: string, reason: string, again: string) =>
  new PlatformError({
    id: 'account-stack-refused',
    kind: 'failed',
    message: `CloudFormation did not bring ${stack}: ${reason}`,
    remedy: `whoever may make roles in the account runs ${again}`,
  });
