import { evidenceOf } from '../../../diagnosis/shown-evidence.ts';
import { counted } from '../../../domain/counted.ts';
import { environmentFlags } from '../../../domain/environment-flags.ts';
import { lostBuckets } from '../../../operations/stacks/lost-buckets.ts';
import type { Check } from '../../check.ts';
import { type Finding, ok, sick, skipped } from '../../finding.ts';
import { recoverFix } from '../../recover-fix.ts';

/** What was in a bucket that somebody deleted is gone: made again, it is empty. */
export const buckets: Check = {
  id: 'buckets',
  title: 'Every bucket is there',
  group: 'its data',
  needs: ['stacks'],
  async run(scene) {
    const session = await scene.open();
    const { looked, lost, refused } = await lostBuckets(session, await scene.stacks());
    if (looked === 0) return skipped('no bucket is deployed');
    const flags = environmentFlags(session.environment);
    const fixes = await Promise.all(lost.map(({ stack }) => recoverFix(scene, stack)));
    const found: Finding[] = [
      ...lost.map(({ bucket, stack }, index) =>
        sick({
          severity: 'error',
          subject: bucket,
          detail: 'it is gone with all that was in it, and its stack does not know',
          evidence: [evidenceOf('s3:HeadBucket', bucket, undefined)],
          remedy:
            stack === 'sites'
              ? `platform recover ${stack} ${flags} makes it again, empty; then platform deploy ${flags} fills it`
              : `platform recover ${stack} ${flags} makes it again, empty`,
          failure: 'F-19',
          ...fixes[index],
        }),
      ),
      ...refused.map(
        (bucket): Finding => ({
          status: 'unknown',
          subject: bucket,
          reason: 'S3 does not let us see whether it is there and ours',
          permission: 's3:ListBucket',
        }),
      ),
    ];
    return found.length > 0 ? found : ok(counted(looked, 'bucket'));
  },
};
