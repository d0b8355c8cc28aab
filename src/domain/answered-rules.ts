/**
 * Rules of others that our templates break on purpose, each with its reason; they say nothing about the user's
 * configuration, so that reports leave them out. The page of the checks lists them.
 */
export const ANSWERED_RULES: Readonly<Record<string, string>> = {
  W3010: 'zones are written down, so that a look-up can never move a subnet (F-12)',
  W2509: 'the parameter is the ARN of a secret, not a secret',
  W3011: 'task definitions are retained when they are replaced, which is the way back, and go with their stack',
  W3690: 'a version without its last part stands for the newest of it, which is looked up before each deployment',
  W3691: 'a version without its last part stands for the newest of it, which is looked up before each deployment',
  'AwsSolutions-SMG4': '`rotationDays` is a decision; a value is changed by `platform secrets push`',
  'AwsSolutions-RDS6': 'applications sign in with the user and password of the database’s secret',
  'AwsSolutions-RDS10': '`deletion-protection` judges it by the kind of the environment',
  'AwsSolutions-RDS11': 'another port hides nothing: security groups name who may come in',
  'AwsSolutions-RDS3': '`database-one-zone` judges it by the kind of the environment',
  'AwsSolutions-IAM4': '`iam-broad-policy` judges which policies of AWS are too wide',
  'AwsSolutions-IAM5':
    '`iam-wildcard-action` and `iam-wildcard-resource` judge it; what they let pass is bound to no resource by AWS, or to the objects of one bucket',
  'AwsSolutions-L1': '`runtime-end` judges runtimes by the day on which AWS stops patching them',
  'AwsSolutions-EC23': 'a load balancer is there to be reached; `ingress-anywhere` refuses everything else',
  'AwsSolutions-ECS2':
    'settings are no secrets; `secret-in-plain-text` and `credential-in-template` look for those that are',
  'AwsSolutions-SQS3': '`queue-without-dead-letters` judges it, and knows the queues that take dead letters',
  'AwsSolutions-SQS4': '`queue-tls` judges it',
  'AwsSolutions-SNS3': 'only CloudWatch publishes to the topic, by a policy that names it',
  'AwsSolutions-S10': '`bucket-tls` judges it, and knows the policies of other stacks',
  'AwsSolutions-S2': '`bucket-public` judges it',
  'AwsSolutions-COG4': 'the configuration names the authorizer of an API; `prod-open-api` asks for one',
  'AwsSolutions-APIG4': 'the configuration names the authorizer of an API; `prod-open-api` asks for one',
  'AwsSolutions-APIG3': '`waf` of an API is a decision; `throttle` bounds what one caller can do',
  'AwsSolutions-CFR1': 'applications are there for every country',
};

/** The same at some places alone: those whose address matches. */
export const ANSWERED_PLACES: Readonly<Record<string, { place: RegExp; why: string }>> = {
  'AwsSolutions-S1': {
    place: /^(data\/AccessLogs|sites\/Logs)\/Bucket$/,
    why: 'a bucket that takes access logs would log its own logging',
  },
};

/** What answers a rule of others in platform.yaml. */
export const OUTSIDE_REMEDIES: Readonly<Record<string, string>> = {
  'AwsSolutions-ELB2': 'write observability: { accessLogs: true }',
  'AwsSolutions-S1': 'write observability: { accessLogs: true }',
  'AwsSolutions-VPC7': 'write network: { flowLogs: true }',
  'AwsSolutions-ECS4': 'write observability: { containerInsights: true }',
  'AwsSolutions-CFR2': 'write edge: { waf: true }',
  'AwsSolutions-CFR4': 'give the site a domain with a certificate: CloudFront’s own name speaks older TLS',
};
