import { AwsFault } from './fault.ts';
import { defineTable, type Scope } from './scope.ts';
import type { World } from './world.ts';

/** Whom an access key speaks for; written by whoever issues keys (STS for roles, IAM for users). */
export interface AccessKeyRow {
  readonly account: string;
  /** ARN of the user or of the assumed role. */
  readonly principal: string;
  /** What `GetCallerIdentity` calls the user id. */
  readonly userId: string;
  /** Real milliseconds since 1970: clients compare it with their own clock. */
  readonly expiresAt?: number;
}

export const accessKeys = defineTable<AccessKeyRow>('kernel.accessKeys', 'partition');

/** The account of keys that name none. */
export const DEFAULT_ACCOUNT = '000000000000';

/** Keys that the CLI makes for a rehearsal carry the account they are for. */
const OWN_KEY = /^AKIA(\d{12})SBOX$/;

export const ownAccessKeyId = (account: string): string => `AKIA${account}SBOX`;

/** Any key is taken, but one that was issued here is held to what it was issued for. */
export function callerOf(world: World, accessKeyId: string | undefined): AccessKeyRow {
  const issued = accessKeyId === undefined ? undefined : accessKeys.in(anywhere(world)).get(accessKeyId);
  if (issued) {
    if (issued.expiresAt !== undefined && issued.expiresAt <= Date.now())
      throw new AwsFault('ExpiredToken', 'The security token included in the request is expired', { status: 403 });
    return issued;
  }
  const account = OWN_KEY.exec(accessKeyId ?? '')?.[1] ?? DEFAULT_ACCOUNT;
  return { account, principal: `arn:aws:iam::${account}:user/sandbox`, userId: `AIDA${account}SBOX0` };
}

const anywhere = (world: World): Scope => ({ world, account: DEFAULT_ACCOUNT, region: 'us-east-1' });
