import { type Finding, type Json, listOf, ofType, type TemplateRule } from './template.ts';

const behaviours = (config: Json): Json[] => [
  ...listOf(config?.DefaultCacheBehavior),
  ...listOf(config?.CacheBehaviors),
];

/** What travels is encrypted, from the reader to the database. */
export const TRANSPORT_RULES: readonly TemplateRule[] = [
  {
    id: 'distribution-https',
    title: 'Sites are read over HTTPS',
    severity: 'error',
    remedy: 'Set ViewerProtocolPolicy redirect-to-https',
    documentation:
      'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-viewers-to-cloudfront.html',
    findings: (template) =>
      ofType(template, 'AWS::CloudFront::Distribution').flatMap(([id, { DistributionConfig }]) =>
        behaviours(DistributionConfig)
          .filter(({ ViewerProtocolPolicy }) => ViewerProtocolPolicy === 'allow-all')
          .map(({ PathPattern = '*' }) => ({ id, message: `${PathPattern} is served without TLS to whoever asks so` })),
      ),
  },
  {
    id: 'distribution-tls',
    title: 'Sites with a name of their own speak TLS 1.2 or newer',
    severity: 'error',
    remedy: 'Set MinimumProtocolVersion TLSv1.2_2021',
    documentation:
      'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/secure-connections-supported-viewer-protocols-ciphers.html',
    findings: (template) =>
      ofType(template, 'AWS::CloudFront::Distribution').flatMap(([id, { DistributionConfig }]): Finding[] => {
        const certificate = DistributionConfig?.ViewerCertificate;
        // CloudFront decides for its own host name, and takes no other answer.
        if (!certificate || certificate.CloudFrontDefaultCertificate) return [];
        const version = String(certificate.MinimumProtocolVersion);
        return /^TLSv1\.[23]/.test(version) ? [] : [{ id, message: `The site accepts ${version}` }];
      }),
  },
  {
    id: 'origin-tls',
    title: 'CloudFront speaks TLS 1.2 to origins behind it',
    severity: 'error',
    remedy: 'Set OriginSSLProtocols [TLSv1.2]',
    documentation:
      'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-cloudfront-to-custom-origin.html',
    findings: (template) =>
      ofType(template, 'AWS::CloudFront::Distribution').flatMap(([id, { DistributionConfig }]) =>
        listOf(DistributionConfig?.Origins)
          .filter(({ CustomOriginConfig: custom }) =>
            listOf(custom?.OriginSSLProtocols).some((version: string) => !/^TLSv1\.[23]/.test(version)),
          )
          .map(({ Id }) => ({ id, message: `The origin ${Id} may be asked by TLS older than 1.2` })),
      ),
  },
  {
    id: 'api-domain-tls',
    title: 'APIs with a name of their own speak TLS 1.2 or newer',
    severity: 'error',
    remedy: 'Set SecurityPolicy TLS_1_2',
    documentation:
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-custom-domain-tls-version.html',
    findings: (template) => [
      ...ofType(template, 'AWS::ApiGateway::DomainName')
        .filter(([, { SecurityPolicy = 'TLS_1_0' }]) => SecurityPolicy === 'TLS_1_0')
        .map(([id]) => ({ id, message: 'The API accepts TLS 1.0' })),
      ...ofType(template, 'AWS::ApiGatewayV2::DomainName').flatMap(([id, { DomainNameConfigurations }]) =>
        listOf(DomainNameConfigurations)
          .filter(({ SecurityPolicy = 'TLS_1_2' }) => SecurityPolicy === 'TLS_1_0')
          .map(() => ({ id, message: 'The API accepts TLS 1.0' })),
      ),
    ],
  },
  {
    id: 'database-tls',
    title: 'Databases refuse connections without TLS',
    severity: 'error',
    remedy: 'Set rds.force_ssl to 1, and RequireTLS of a proxy',
    documentation: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html',
    findings: (template) => [
      ...ofType(template, 'AWS::RDS::DBParameterGroup', 'AWS::RDS::DBClusterParameterGroup')
        .filter(
          ([, { Family, Parameters }]) =>
            String(Family).includes('postgres') && String(Parameters?.['rds.force_ssl'] ?? '1') !== '1',
        )
        .map(([id]) => ({ id, message: 'The database answers without TLS' })),
      ...ofType(template, 'AWS::RDS::DBProxy')
        .filter(([, { RequireTLS }]) => RequireTLS !== true)
        .map(([id]) => ({ id, message: 'The proxy answers without TLS' })),
    ],
  },
];
