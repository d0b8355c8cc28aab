import { evidenceOf } from '../../../diagnosis/shown-evidence.ts';
import { environmentFlags } from '../../../domain/environment-flags.ts';
import type { FailureId } from '../../../domain/failure-id.ts';
import type { SubjectTrouble } from '../../../domain/github-subject.ts';
import { lookAtTrust, takesTokensForAws } from '../../../operations/ci/look-at-trust.ts';
import type { Check } from '../../check.ts';
import { type Finding, ok, sick, skipped } from '../../finding.ts';

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

export const pipelineTrust: Check = {
  id: 'pipeline-trust',
  title: 'Workflows of the repository may deploy',
  group: 'the account',
  needs: ['credentials'],
  async run(scene) {
    const { delivery } = await scene.context.project();
    if (delivery.provider !== 'github' || delivery.repository === undefined)
      return skipped('delivery names no repository on GitHub');
    const session = await scene.open();
    const { roleName, trust, audiences, trouble } = await lookAtTrust(session, delivery.repository);
    if (trust === undefined) return skipped(`there is no role ${roleName}: platform ci oidc makes it`);
    const remedy = `platform ci oidc ${environmentFlags(session.environment)} trusts ${delivery.repository} as GitHub names it`;
    const found: Finding[] = trouble.map((one) =>
      sick({
        severity: one === 'name-only' ? 'warning' : 'error',
        subject: roleName,
        detail: `the role ${TROUBLE[one].says}`,
        evidence: [evidenceOf('iam:GetRole', 'Role.AssumeRolePolicyDocument', trust)],
        remedy,
        failure: TROUBLE[one].failure,
      }),
    );
    if (!takesTokensForAws(audiences))
      found.push(
        sick({
          severity: 'error',
          subject: 'provider',
          detail: audiences
            ? "the account's provider for GitHub does not take tokens for sts.amazonaws.com"
            : 'the account has no provider for GitHub',
          evidence: [evidenceOf('iam:GetOpenIDConnectProvider', 'ClientIDList', audiences)],
          remedy,
          failure: 'F-130',
        }),
      );
    return found.length > 0 ? found : ok(roleName);
  },
};
