import { evidenceOf } from '../../../diagnosis/shown-evidence.ts';
import { endingCredentials } from '../../../operations/deploy/credentials-end.ts';
import type { Check } from '../../check.ts';
import { ok, sick } from '../../finding.ts';

export const credentialsLast: Check = {
  id: 'credentials-last',
  title: 'The credentials last as long as a deployment takes',
  group: 'the account',
  needs: ['credentials'],
  async run(scene) {
    const session = await scene.open();
    const { credentialsEndAt } = session.target;
    if (credentialsEndAt === undefined) return ok('they do not end, or do not say when');
    const end = new Date(credentialsEndAt).toISOString();
    const ending = await endingCredentials(session, await scene.state());
    if (!ending) return ok(`until ${end}`);
    return sick({
      severity: 'warning',
      detail: ending,
      evidence: [evidenceOf('credentials', 'expiration', end)],
      remedy: 'sign in again: aws sso login, with --profile <name> where you use one',
      failure: 'F-30',
    });
  },
};
