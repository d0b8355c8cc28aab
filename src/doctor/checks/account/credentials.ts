import { evidenceOf } from '../../../diagnosis/shown-evidence.ts';
import type { FailureId } from '../../../domain/failure-id.ts';
import { PlatformError } from '../../../errors/platform-error.ts';
import type { Check } from '../../check.ts';
import { ok, sick, skipped } from '../../finding.ts';

/** What keeps a session from being opened, by the id of its error. */
const FAILURES: Readonly<Record<string, FailureId>> = {
  'aws-session-expired': 'F-30',
  'credentials-missing': 'F-31',
  'profile-gives-no-credentials': 'F-31',
  'profile-missing': 'F-31',
  'account-mismatch': 'F-32',
  'aws-keys-unknown': 'F-33',
  'clock-skewed': 'F-34',
  'aws-signature-rejected': 'F-34',
};

export const credentials: Check = {
  id: 'credentials',
  title: 'The credentials are valid, and of the account that the environment is in',
  group: 'the account',
  needs: ['configuration'],
  async run(scene, say) {
    say('sts:GetCallerIdentity');
    try {
      const { target } = await scene.open();
      return ok(`${target.principal} in ${target.region}`);
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
      if (error.id === 'config-missing') return skipped(error.message);
      const failure = FAILURES[error.id];
      const code = error.cause instanceof Error ? error.cause.name : error.id;
      return sick({
        severity: 'error',
        detail: error.message,
        evidence: [evidenceOf('sts:GetCallerIdentity', 'error', code)],
        remedy: error.remedy,
        ...(failure ? { failure } : {}),
      });
    }
  },
};
