import type { Trail } from '@aws-sdk/client-cloudtrail';
import type { TrailRow } from './state.ts';

export const shownTrail = ({ name, arn, bucket, homeRegion, multiRegion, globalEvents, validated }: TrailRow) =>
  ({
    Name: name,
    S3BucketName: bucket,
    IncludeGlobalServiceEvents: globalEvents,
    IsMultiRegionTrail: multiRegion,
    HomeRegion: homeRegion,
    TrailARN: arn,
    LogFileValidationEnabled: validated,
    HasCustomEventSelectors: false,
    HasInsightSelectors: false,
    IsOrganizationTrail: false,
  }) satisfies Trail;
