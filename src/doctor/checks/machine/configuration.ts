import { evidenceOf } from '../../../diagnosis/shown-evidence.ts';
import { environmentFlags } from '../../../domain/environment-flags.ts';
import { PlatformError } from '../../../errors/platform-error.ts';
import type { Check } from '../../check.ts';
import { ok, sick, skipped } from '../../finding.ts';

/** Templates are for `validate`, which takes its time; this is what loading the file tells. */
export const configuration: Check = {
  id: 'configuration',
  title: 'platform.yaml says what is to be built',
  group: 'this machine',
  // Where the file loads, a rule that it breaks keeps from deploying, and from looking at nothing.
  bearable: (findings) => findings.every((one) => one.status === 'problem' && one.subject !== undefined),
  async run({ context }) {
    try {
      const { environment, project } = await context.configured();
      const open = environment.problems.filter(({ severity, waived }) => severity === 'error' && !waived);
      if (open.length === 0) return ok(`${project.file}, ${environment.name}`);
      return open.map(({ rule, path, message, remedy }) =>
        sick({
          severity: 'error',
          subject: path,
          detail: message,
          evidence: [evidenceOf('platform validate', `problems[${path}].rule`, rule)],
          remedy: remedy || `platform validate ${environmentFlags(environment)}`,
        }),
      );
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
      if (error.id === 'config-missing') return skipped(error.message);
      return sick({
        severity: 'error',
        detail: error.message,
        evidence: [evidenceOf('platform config show', 'error.id', error.id)],
        remedy: error.remedy,
      });
    }
  },
};
