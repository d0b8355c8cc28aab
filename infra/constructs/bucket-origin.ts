import type { CfnDistribution } from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';
import { cloudfront } from '../aws-cdk.ts';
import { fitName } from '../names.ts';
import type { AppSettings } from '../settings.ts';

/** A private bucket as an origin: CloudFront signs what it asks, so that the bucket can know it. */
export function bucketOrigin(
  scope: Construct,
  { settings, name, domainName }: { settings: AppSettings; name: string; domainName: string },
): CfnDistribution.OriginProperty {
  const access = new cloudfront.CfnOriginAccessControl(scope, 'Access', {
    originAccessControlConfig: {
      name: fitName(`${settings.project}-${settings.environment}-${name}`, 64),
      originAccessControlOriginType: 's3',
      signingBehavior: 'always',
      signingProtocol: 'sigv4',
    },
  });
  return {
    id: 'files',
    domainName,
    // What an origin access identity was once named in; it has to be there, and empty.
    s3OriginConfig: { originAccessIdentity: '' },
    originAccessControlId: access.attrId,
  };
}
