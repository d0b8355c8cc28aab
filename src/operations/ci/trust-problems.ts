import type { Session } from '../../context.ts';
import { evidenceOf } from '../../diagnosis/shown-evidence.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import type { FailureId } from '../../domain/failure-id.ts';
import type { SubjectTrouble } from '../../domain/github-subject.ts';
import type { Problem } from '../../errors/problem.ts';
import { lookAtTrust, takesTokensForAws } from './look-at-trust.ts';

const TROUBLE: Readonly<Record<SubjectTrouble, { failure: FailureId; says: string }>> = {
  'other-repository': { failure: 'F-127', says: 'trusts no job of this repository' },
  'branch-form': {
    failure: 'F-127',
    says: 'trusts branches, while a job with environment: has the environment in its subject and not the branch',
  },
  'star-as-text': { failure: 'F-127', says: 'has a * under StringEquals, where it is a star and no pattern' },
  'wrong-case': { failure: 'F-127', says: "writes the repository's name in other capitals than GitHub does" },
  'name-only': {
    failure: 'F-128',
    says: 'trusts the subject without ids only, which repositories made or renamed since July 15 2026 no longer have',
  },
  'no-audience': { failure: 'F-127', says: 'does not ask for the audience sts.amazonaws.com' },
};

export type TrustProblems =
  | { state: 'looked'; roleName: string; problems: Problem[] }
  /** There is nothing to look at, and why. */
  | { state: 'none'; why: string };

/** What keeps the jobs of the repository from putting on the role that deploys (F-127, F-128, F-130). Only looks. */
export async function trustProblems(session: Session): Promise<TrustProblems> {
  const { delivery } = await session.project();
  if (delivery.provider !== 'github' || delivery.repository === undefined)
    return { state: 'none', why: 'delivery names no repository on GitHub' };
  const { roleName, trust, audiences, trouble } = await lookAtTrust(session, delivery.repository);
  if (trust === undefined) return { state: 'none', why: `there is no role ${roleName}: platform ci oidc makes it` };
  const remedy = `platform ci oidc ${environmentFlags(session.environment)} trusts ${delivery.repository} as GitHub names it`;
  const problems = trouble.map(
    (one): Problem => ({
      rule: TROUBLE[one].failure,
      severity: one === 'name-only' ? 'warning' : 'error',
      path: roleName,
      message: `the role ${TROUBLE[one].says}`,
      remedy,
      evidence: [evidenceOf('iam:GetRole', 'Role.AssumeRolePolicyDocument', trust)],
    }),
  );
  if (!takesTokensForAws(audiences))
    problems.push({
      rule: 'F-130',
      severity: 'error',
      path: 'provider',
      message: audiences
        ? "the account's provider for GitHub does not take tokens for sts.amazonaws.com"
        : 'the account has no provider for GitHub',
      remedy,
      evidence: [evidenceOf('iam:GetOpenIDConnectProvider', 'ClientIDList', audiences)],
    });
  return { state: 'looked', roleName, problems };
}
