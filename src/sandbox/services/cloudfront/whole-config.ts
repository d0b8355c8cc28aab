import type {
  CacheBehavior,
  DefaultCacheBehavior,
  DistributionConfig,
  Origin,
  ViewerCertificate,
} from '@aws-sdk/client-cloudfront';

const NONE = { Quantity: 0 } as const;

/**
 * A configuration as CloudFront answers it: with everything filled in that was left out.
 * Defaults: https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_DistributionConfig.html
 */
export function wholeConfig(given: DistributionConfig): DistributionConfig {
  const config = JSON.parse(JSON.stringify(given)) as DistributionConfig;
  return {
    ...config,
    Aliases: config.Aliases ?? NONE,
    DefaultRootObject: config.DefaultRootObject ?? '',
    Origins: { ...config.Origins!, Items: (config.Origins?.Items ?? []).map(wholeOrigin) },
    OriginGroups: config.OriginGroups ?? NONE,
    DefaultCacheBehavior: wholeBehavior(config.DefaultCacheBehavior!),
    CacheBehaviors:
      (config.CacheBehaviors?.Items ?? []).length > 0
        ? { ...config.CacheBehaviors!, Items: config.CacheBehaviors!.Items!.map(wholeBehavior) }
        : NONE,
    CustomErrorResponses: config.CustomErrorResponses ?? NONE,
    Comment: config.Comment ?? '',
    Logging: { Enabled: false, IncludeCookies: false, Bucket: '', Prefix: '', ...config.Logging },
    PriceClass: config.PriceClass ?? 'PriceClass_All',
    ViewerCertificate: wholeCertificate(config.ViewerCertificate),
    Restrictions: config.Restrictions ?? { GeoRestriction: { RestrictionType: 'none', Quantity: 0 } },
    WebACLId: config.WebACLId ?? '',
    HttpVersion: config.HttpVersion ?? 'http2',
    IsIPV6Enabled: config.IsIPV6Enabled ?? false,
    ContinuousDeploymentPolicyId: config.ContinuousDeploymentPolicyId ?? '',
    Staging: config.Staging ?? false,
  };
}

const wholeOrigin = (origin: Origin): Origin => ({
  ...origin,
  OriginPath: origin.OriginPath ?? '',
  CustomHeaders: origin.CustomHeaders ?? NONE,
  ...(origin.CustomOriginConfig
    ? {
        CustomOriginConfig: {
          ...origin.CustomOriginConfig,
          OriginSslProtocols: origin.CustomOriginConfig.OriginSslProtocols ?? {
            Quantity: 3,
            Items: ['TLSv1', 'TLSv1.1', 'TLSv1.2'],
          },
          OriginReadTimeout: origin.CustomOriginConfig.OriginReadTimeout ?? 30,
          OriginKeepaliveTimeout: origin.CustomOriginConfig.OriginKeepaliveTimeout ?? 5,
        },
      }
    : {}),
  ConnectionAttempts: origin.ConnectionAttempts ?? 3,
  ConnectionTimeout: origin.ConnectionTimeout ?? 10,
  OriginShield: origin.OriginShield ?? { Enabled: false },
  OriginAccessControlId: origin.OriginAccessControlId ?? '',
});

function wholeBehavior<Behavior extends DefaultCacheBehavior | CacheBehavior>(behavior: Behavior): Behavior {
  const methods = behavior.AllowedMethods ?? { Quantity: 2, Items: ['HEAD', 'GET'] };
  return {
    ...behavior,
    TrustedSigners: behavior.TrustedSigners ?? { Enabled: false, Quantity: 0 },
    TrustedKeyGroups: behavior.TrustedKeyGroups ?? { Enabled: false, Quantity: 0 },
    AllowedMethods: { ...methods, CachedMethods: methods.CachedMethods ?? { Quantity: 2, Items: ['HEAD', 'GET'] } },
    SmoothStreaming: behavior.SmoothStreaming ?? false,
    Compress: behavior.Compress ?? false,
    LambdaFunctionAssociations: behavior.LambdaFunctionAssociations ?? NONE,
    FunctionAssociations: behavior.FunctionAssociations ?? NONE,
    FieldLevelEncryptionId: behavior.FieldLevelEncryptionId ?? '',
    GrpcConfig: behavior.GrpcConfig ?? { Enabled: false },
  };
}

/** The certificate stands twice in answers: in today's member and in the two that it was once written in. */
function wholeCertificate(given: ViewerCertificate | undefined): ViewerCertificate {
  const arn = given?.ACMCertificateArn;
  if (!given || (arn === undefined && given.IAMCertificateId === undefined))
    return {
      CloudFrontDefaultCertificate: true,
      SSLSupportMethod: 'vip',
      MinimumProtocolVersion: 'TLSv1',
      CertificateSource: 'cloudfront',
    };
  return {
    CloudFrontDefaultCertificate: false,
    ...given,
    MinimumProtocolVersion: given.MinimumProtocolVersion ?? 'TLSv1',
    Certificate: arn ?? given.IAMCertificateId!,
    CertificateSource: arn === undefined ? 'iam' : 'acm',
  };
}
