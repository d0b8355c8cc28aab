import { randomInt } from 'node:crypto';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-prefixes */
const PREFIX = {
  role: 'AROA',
  user: 'AIDA',
  group: 'AGPA',
  policy: 'ANPA',
  instanceProfile: 'AIPA',
  accessKey: 'AKIA',
  credential: 'ACCA',
};

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** A unique identifier as IAM makes them: a prefix for the kind, 21 characters in all (access keys: 20). */
export function uniqueId(kind: keyof typeof PREFIX): string {
  const length = kind === 'accessKey' ? 16 : 17;
  return PREFIX[kind] + Array.from({ length }, () => BASE32[randomInt(32)]).join('');
}
