import { POLICY_KEY } from '../bucket-policy-owner.ts';
import { type Json, listOf, mentions, ofType, PROD_ERROR, type Template, type TemplateRule } from './template.ts';

/** Policies that refuse requests without TLS, for the bucket or queue of that id. */
const requiresTls = (template: Template, type: string, key: string, id: string): boolean =>
  ofType(template, type).some(
    ([, properties]) =>
      mentions(properties[key], id) &&
      listOf(properties.PolicyDocument?.Statement).some(
        ({ Effect, Condition }: Json) => Effect === 'Deny' && Condition?.Bool?.['aws:SecureTransport'] === 'false',
      ),
  );

const ANYWHERE = new Set(['0.0.0.0/0', '::/0']);

export const EXPOSURE_RULES: readonly TemplateRule[] = [
  {
    id: 'database-public',
    title: 'Databases have no public address',
    severity: 'error',
    remedy: 'Keep the database in isolated or private subnets without a public address',
    documentation:
      'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html#USER_VPC.Hiding',
    findings: (template) =>
      ofType(template, 'AWS::RDS::DBInstance')
        .filter(([, { PubliclyAccessible }]) => PubliclyAccessible !== false)
        .map(([id]) => ({ id, message: 'The database may get a public address' })),
  },
  {
    id: 'bucket-public',
    title: 'Buckets are not open to everybody',
    severity: 'warning',
    remedy: 'Use `access: private` or `cdn`',
    documentation: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html',
    findings: (template) =>
      ofType(template, 'AWS::S3::Bucket')
        .filter(([, { PublicAccessBlockConfiguration: block = {} }]) =>
          ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'].some(
            (key) => !block[key],
          ),
        )
        .map(([id]) => ({ id, message: 'Everybody may read the bucket' })),
  },
  {
    id: 'bucket-tls',
    title: 'Buckets refuse requests without TLS',
    severity: 'error',
    remedy: 'Refuse requests without TLS in the bucket policy',
    documentation: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html',
    findings: (template) =>
      ofType(template, 'AWS::S3::Bucket')
        .filter(([id]) => template.Resources?.[id]?.Metadata?.[POLICY_KEY] !== 'sites')
        .filter(([id]) => !requiresTls(template, 'AWS::S3::BucketPolicy', 'Bucket', id))
        .map(([id]) => ({ id, message: 'The bucket answers requests without TLS' })),
  },
  {
    id: 'queue-tls',
    title: 'Queues refuse requests without TLS',
    severity: 'error',
    remedy: 'Refuse requests without TLS in the queue policy',
    documentation:
      'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-security-best-practices.html',
    findings: (template) =>
      ofType(template, 'AWS::SQS::Queue')
        .filter(([id]) => !requiresTls(template, 'AWS::SQS::QueuePolicy', 'Queues', id))
        .map(([id]) => ({ id, message: 'The queue answers requests without TLS' })),
  },
  {
    id: 'listener-tls',
    title: 'Load balancers speak TLS 1.2 or newer',
    severity: 'error',
    remedy: 'Use a policy of the family ELBSecurityPolicy-TLS13-1-2',
    documentation: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html',
    findings: (template) =>
      ofType(template, 'AWS::ElasticLoadBalancingV2::Listener')
        .filter(
          ([, { Protocol, SslPolicy }]) =>
            Protocol === 'HTTPS' && !String(SslPolicy).startsWith('ELBSecurityPolicy-TLS13-1-2'),
        )
        .map(([id]) => ({ id, message: 'The listener accepts TLS older than 1.2' })),
  },
  {
    id: 'ingress-anywhere',
    title: 'Only load balancers are reached from anywhere',
    severity: 'error',
    remedy: 'Name the security group that may come in',
    documentation: 'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html',
    findings: (template) => [
      ...ofType(template, 'AWS::EC2::SecurityGroup')
        .filter(([id]) => !isBalancers(template, id))
        .flatMap(([id, { SecurityGroupIngress }]) => listOf(SecurityGroupIngress).flatMap((rule) => opened(id, rule))),
      ...ofType(template, 'AWS::EC2::SecurityGroupIngress').flatMap(([id, rule]) => opened(id, rule)),
    ],
  },
  {
    id: 'task-public',
    title: 'Tasks have no public addresses',
    severity: 'warning',
    remedy: 'Give the network a NAT gateway, a NAT instance or endpoints',
    documentation: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html',
    findings: (template) =>
      ofType(template, 'AWS::ECS::Service')
        .filter(
          ([, { NetworkConfiguration }]) => NetworkConfiguration?.AwsvpcConfiguration?.AssignPublicIp === 'ENABLED',
        )
        .map(([id]) => ({ id, message: 'Its tasks have public addresses' })),
  },
  {
    id: 'cors-any-origin',
    title: 'Only named origins may read answers in a browser',
    severity: PROD_ERROR,
    remedy: 'Name the origins, such as https://app.example.com',
    documentation: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors.html',
    same: 'prod-cors',
    findings: (template) => [
      ...ofType(template, 'AWS::S3::Bucket')
        .filter(([, { CorsConfiguration }]) =>
          listOf(CorsConfiguration?.CorsRules).some(({ AllowedOrigins }) => listOf(AllowedOrigins).includes('*')),
        )
        .map(([id]) => ({ id, message: 'Pages of every origin may read the bucket' })),
      ...ofType(template, 'AWS::ApiGatewayV2::Api')
        .filter(([, { CorsConfiguration }]) => listOf(CorsConfiguration?.AllowOrigins).includes('*'))
        .map(([id]) => ({ id, message: 'Pages of every origin may call the API' })),
      ...ofType(template, 'AWS::Lambda::Url')
        .filter(([, { Cors }]) => listOf(Cors?.AllowOrigins).includes('*'))
        .map(([id]) => ({ id, message: 'Pages of every origin may call the function' })),
      ...ofType(template, 'AWS::CloudFront::ResponseHeadersPolicy')
        .filter(([, { ResponseHeadersPolicyConfig: config }]) =>
          listOf(config?.CorsConfig?.AccessControlAllowOrigins?.Items).includes('*'),
        )
        .map(([id]) => ({ id, message: 'Pages of every origin may read the site' })),
    ],
  },
];

/** A load balancer is there to be reached. */
const isBalancers = (template: Template, id: string): boolean =>
  ofType(template, 'AWS::ElasticLoadBalancingV2::LoadBalancer').some(([, { SecurityGroups }]) =>
    mentions(SecurityGroups, id),
  );

const opened = (id: string, { CidrIp, CidrIpv6, FromPort }: Json) =>
  ANYWHERE.has(CidrIp ?? CidrIpv6)
    ? [{ id, message: `Anybody may come in on ${FromPort === undefined ? 'every port' : `port ${FromPort}`}` }]
    : [];
