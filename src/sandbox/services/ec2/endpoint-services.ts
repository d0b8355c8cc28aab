/**
 * Services a VPC endpoint can lead to, after `com.amazonaws.<region>.`; the ones that systems like ours use. The full
 * list: https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
 */
const INTERFACE = [
  'acm-pca',
  'application-autoscaling',
  'athena',
  'autoscaling',
  'bedrock-runtime',
  'cloudformation',
  'codebuild',
  'codedeploy',
  'cognito-idp',
  'ec2',
  'ec2messages',
  'ecr.api',
  'ecr.dkr',
  'ecs',
  'ecs-agent',
  'ecs-telemetry',
  'elasticache',
  'elasticfilesystem',
  'elasticloadbalancing',
  'email-smtp',
  'events',
  'execute-api',
  'kinesis-firehose',
  'kinesis-streams',
  'kms',
  'lambda',
  'logs',
  'monitoring',
  'rds',
  'rds-data',
  's3',
  'scheduler',
  'secretsmanager',
  'sns',
  'sqs',
  'ssm',
  'ssmmessages',
  'states',
  'sts',
  'xray',
];
const GATEWAY = ['s3', 'dynamodb'];

/** Names under which clients know a service, where that is not the endpoint's own. */
const PRIVATE_NAMES: Readonly<Record<string, string>> = {
  'ecr.api': 'api.ecr',
  'ecr.dkr': '*.dkr.ecr',
  'execute-api': '*.execute-api',
  'kinesis-firehose': 'firehose',
  'kinesis-streams': 'kinesis',
};

export interface EndpointService {
  name: string;
  type: 'Gateway' | 'Interface';
  /** `secretsmanager.us-east-1.amazonaws.com`; gateways have none. */
  privateDnsName?: string;
}

export function endpointServicesOf(region: string): EndpointService[] {
  return [
    ...GATEWAY.map((name) => ({ name: `com.amazonaws.${region}.${name}`, type: 'Gateway' as const })),
    ...INTERFACE.map((name) => ({
      name: `com.amazonaws.${region}.${name}`,
      type: 'Interface' as const,
      privateDnsName: `${PRIVATE_NAMES[name] ?? name}.${region}.amazonaws.com`,
    })),
  ];
}
