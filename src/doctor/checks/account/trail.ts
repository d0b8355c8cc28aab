import { evidenceOf } from '../../../diagnosis/shown-evidence.ts';
import type { Check } from '../../check.ts';
import { ok, sick, skipped } from '../../finding.ts';

/** As Security Hub asks for it: https://docs.aws.amazon.com/securityhub/latest/userguide/cloudtrail-controls.html#cloudtrail-1 */
const REMEDY =
  'whoever owns the account: aws cloudtrail create-trail --name all --s3-bucket-name <bucket that lets CloudTrail write> --is-multi-region-trail --enable-log-file-validation, then aws cloudtrail start-logging --name all';

export const trail: Check = {
  id: 'trail',
  title: 'A trail keeps what is done in the account, in every region',
  group: 'the account',
  needs: ['credentials'],
  on: 'account',
  async run(scene) {
    const { aws, environment, target } = await scene.open();
    if (environment.kind !== 'prod') return skipped('only accounts of production need one');
    if (target.sandbox) return skipped('nobody asks later what was done in a rehearsal');
    const trails = await aws.trails.covering();
    const whole = trails.filter(({ IsMultiRegionTrail }) => IsMultiRegionTrail);
    for (const { TrailARN, Name } of whole)
      if (await aws.trails.isLogging(TrailARN!)) return ok(`${Name} records every region`);
    const names = whole.map(({ Name }) => Name).join(', ');
    return sick({
      severity: 'warning',
      detail:
        whole.length > 0
          ? `${names} would record every region, and does not record now`
          : trails.length > 0
            ? `${trails.map(({ Name }) => Name).join(', ')} records one region only, so what is done in others leaves no word`
            : 'no trail records what is done in this account; CloudTrail’s own history ends after 90 days',
      evidence: [
        whole.length > 0
          ? evidenceOf('cloudtrail:GetTrailStatus', 'IsLogging', false)
          : evidenceOf('cloudtrail:DescribeTrails', 'trailList with IsMultiRegionTrail', whole.length),
      ],
      remedy:
        whole.length > 0
          ? `whoever owns the account: aws cloudtrail start-logging --name ${whole[0]!.TrailARN}`
          : REMEDY,
    });
  },
};
