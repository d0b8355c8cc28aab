import { evidenceOf } from '../../../diagnosis/shown-evidence.ts';
import { counted } from '../../../domain/counted.ts';
import { environmentFlags } from '../../../domain/environment-flags.ts';
import { darkSites } from '../../../operations/sites/dark-sites.ts';
import type { Check } from '../../check.ts';
import { ok, sick, skipped } from '../../finding.ts';
import { recoverFix } from '../../recover-fix.ts';

export const sites: Check = {
  id: 'sites',
  title: 'Every site has its distribution, and it is switched on',
  group: 'its services',
  needs: ['stacks'],
  async run(scene) {
    if (scene.service !== undefined) return skipped('services stand on no site');
    const session = await scene.open();
    const { looked, dark } = await darkSites(session, await scene.stacks());
    if (looked === 0) return skipped('no site is deployed');
    if (dark.length === 0) return ok(counted(looked, 'site'));
    const flags = environmentFlags(session.environment);
    const recover = await recoverFix(scene, 'sites');
    return dark.map(({ distribution, isThere, name }) =>
      sick({
        severity: 'error',
        subject: `sites.${name}`,
        detail: isThere
          ? `somebody has switched its distribution ${distribution} off, so that viewers are refused`
          : `its distribution ${distribution} is gone, and its stack does not know`,
        evidence: [
          evidenceOf(
            'cloudfront:GetDistribution',
            `${distribution} DistributionConfig.Enabled`,
            isThere ? false : undefined,
          ),
        ],
        remedy: isThere
          ? `switch it on: in the console of CloudFront, or aws cloudfront update-distribution --id ${distribution} with Enabled true`
          : `platform recover sites ${flags} makes it again; then platform dns status ${flags} says which names lead to it`,
        failure: 'F-19',
        ...(isThere ? {} : recover),
      }),
    );
  },
};
