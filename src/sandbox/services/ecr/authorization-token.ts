import type { Scope } from '../../kernel/scope.ts';

/** Docker logins with ECR last twelve hours. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetAuthorizationToken.html */
const LIFE_MS = 12 * 60 * 60_000;

interface Claims {
  account: string;
  region: string;
  expiresAt: number;
}

/** The password of user `AWS`: it says whose registry is meant, and until when it opens it (real time). */
export function authorizationToken({ account, region, world }: Scope): { password: string; expiresAt: number } {
  const expiresAt = world.clock.stamp() + LIFE_MS;
  const claims: Claims = { account, region, expiresAt };
  return { password: Buffer.from(JSON.stringify(claims)).toString('base64url'), expiresAt };
}

/** What a password says; undefined when it was not made here. */
export function claimsOf(password: string): Claims | undefined {
  try {
    const { account, region, expiresAt } = JSON.parse(Buffer.from(password, 'base64url').toString('utf8')) as Claims;
    return /^\d{12}$/.test(account) && typeof region === 'string' && typeof expiresAt === 'number'
      ? { account, region, expiresAt }
      : undefined;
  } catch {
    return undefined;
  }
}
