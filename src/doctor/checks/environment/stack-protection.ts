import { evidenceOf } from '../../../diagnosis/shown-evidence.ts';
import { environmentFlags } from '../../../domain/environment-flags.ts';
import { unprotectedStacks } from '../../../operations/stacks/stack-protection.ts';
import type { Check } from '../../check.ts';
import { ok, sick, skipped } from '../../finding.ts';

export const stackProtection: Check = {
  id: 'stack-protection',
  title: 'Every stack is protected against deletion as its release says',
  group: 'the environment',
  needs: ['stacks'],
  async run(scene) {
    const { aws, environment } = await scene.open();
    const { release, stacks } = await unprotectedStacks({ environment }, await scene.state(), await scene.stacks());
    if (release === undefined) return skipped('nothing was released yet');
    if (stacks.length === 0) return ok(`as in release ${release}`);
    return stacks.map(({ id, region, stackName }) =>
      sick({
        severity: 'warning',
        subject: `stacks.${id}`,
        detail: `release ${release} protects ${stackName}, and somebody has lifted that`,
        evidence: [evidenceOf('cloudformation:DescribeStacks', 'Stacks[0].EnableTerminationProtection', false)],
        remedy: `platform deploy ${environmentFlags(environment)} protects it again`,
        fix: {
          handling: 'ASK',
          does: `protect ${stackName} against deletion again`,
          apply: () => aws.in(region).cloudFormation.protect(stackName, true),
        },
      }),
    );
  },
};
