import { listOf, ofType, PROD_ERROR, PROD_WARNING, type Template, type TemplateRule } from './template.ts';

const STATE = [
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance',
  'AWS::S3::Bucket',
  'AWS::SecretsManager::Secret',
  'AWS::ECR::Repository',
  'AWS::SQS::Queue',
];

export const KEEPING_RULES: readonly TemplateRule[] = [
  {
    id: 'database-encrypted',
    title: 'Databases are encrypted on disk',
    severity: 'error',
    remedy: 'Set StorageEncrypted',
    documentation: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html',
    findings: (template) =>
      ofType(template, 'AWS::RDS::DBCluster', 'AWS::RDS::DBInstance')
        // An instance of a cluster is encrypted as its cluster is.
        .filter(([, { StorageEncrypted, DBClusterIdentifier }]) => StorageEncrypted !== true && !DBClusterIdentifier)
        .map(([id]) => ({ id, message: 'The database lies on disk as it is' })),
  },
  {
    id: 'bucket-encrypted',
    title: 'Buckets say how they are encrypted',
    severity: 'error',
    remedy: 'Set BucketEncryption',
    documentation: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-encryption.html',
    findings: (template) =>
      ofType(template, 'AWS::S3::Bucket')
        .filter(([, { BucketEncryption }]) => !BucketEncryption)
        .map(([id]) => ({ id, message: 'Nothing says how the bucket is encrypted' })),
  },
  {
    id: 'queue-encrypted',
    title: 'Messages are encrypted at rest',
    severity: 'error',
    remedy: 'Set SqsManagedSseEnabled or a key',
    documentation:
      'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-server-side-encryption.html',
    findings: (template) =>
      ofType(template, 'AWS::SQS::Queue')
        .filter(([, { SqsManagedSseEnabled, KmsMasterKeyId }]) => SqsManagedSseEnabled !== true && !KmsMasterKeyId)
        .map(([id]) => ({ id, message: 'Messages lie in the queue as they are' })),
  },
  {
    id: 'state-without-policy',
    title: 'What holds state says what becomes of it',
    severity: 'error',
    remedy: 'Say what becomes of it: DeletionPolicy Delete, Snapshot or Retain',
    documentation:
      'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html',
    findings: (template) =>
      Object.entries(template.Resources ?? {})
        .filter(([, { Type, DeletionPolicy }]) => STATE.includes(Type) && !DeletionPolicy)
        .map(([id]) => ({ id, message: 'Nothing says what becomes of what it holds' })),
  },
  {
    id: 'log-retention',
    title: 'Logs are kept for a time, not for ever',
    severity: 'warning',
    remedy: 'Set RetentionInDays',
    documentation:
      'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html#SettingLogRetention',
    findings: (template) =>
      ofType(template, 'AWS::Logs::LogGroup')
        .filter(([, { RetentionInDays }]) => RetentionInDays === undefined)
        .map(([id]) => ({ id, message: 'Its logs are kept, and paid for, for ever' })),
  },
  {
    id: 'service-circuit-breaker',
    title: 'A bad deployment of a service rolls itself back',
    severity: 'error',
    remedy: 'Turn the circuit breaker on, with rollback',
    documentation: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html',
    findings: (template) =>
      ofType(template, 'AWS::ECS::Service')
        .filter(([, { DeploymentConfiguration: deployment }]) => {
          const breaker = deployment?.DeploymentCircuitBreaker;
          return !(breaker?.Enable && breaker.Rollback);
        })
        .map(([id]) => ({ id, message: 'A bad deployment would keep starting tasks for hours' })),
  },
  {
    id: 'image-by-digest',
    title: 'Services run images by their digest',
    severity: 'error',
    remedy: 'Take the image from a parameter with a digest',
    documentation: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-tasks-containers.html',
    findings: (template) =>
      ofType(template, 'AWS::ECS::TaskDefinition').flatMap(([id, { ContainerDefinitions }]) =>
        listOf(ContainerDefinitions)
          // What stands beside a service is the configuration's to judge: `prod-sidecar-digest`.
          .slice(0, 1)
          .filter(({ Image }) => typeof Image === 'string' && !Image.includes('@sha256:'))
          .map(({ Image }) => ({ id, message: `${Image} may be another image tomorrow` })),
      ),
  },
  {
    id: 'deletion-protection',
    title: 'Production data cannot be deleted by one call',
    severity: PROD_ERROR,
    remedy: 'Write protect: true',
    documentation:
      'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html#USER_DeleteInstance.DeletionProtection',
    same: 'prod-protection',
    findings: (template) =>
      [
        ...databases(template).filter(([, { DeletionProtection }]) => DeletionProtection !== true),
        ...ofType(template, 'AWS::Cognito::UserPool').filter(
          ([, { DeletionProtection }]) => DeletionProtection !== 'ACTIVE',
        ),
      ].map(([id]) => ({ id, message: 'One call deletes it with all that it holds' })),
  },
  {
    id: 'data-deleted-with-stack',
    title: 'Production data outlives its stack',
    severity: PROD_ERROR,
    remedy: 'Write onDelete: snapshot or retain',
    documentation:
      'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html',
    same: 'prod-on-delete',
    findings: (template) =>
      [...databases(template), ...ofType(template, 'AWS::Cognito::UserPool')]
        .filter(([id]) => template.Resources?.[id]?.DeletionPolicy === 'Delete')
        .map(([id]) => ({ id, message: 'What it holds is gone with its stack' })),
  },
  {
    id: 'short-backups',
    title: 'Production backups are kept for a week',
    severity: PROD_WARNING,
    remedy: 'Write backupDays: 7',
    documentation: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.html',
    same: 'prod-backups',
    findings: (template) =>
      databases(template)
        .filter(([, { BackupRetentionPeriod = 1 }]) => BackupRetentionPeriod < 7)
        .map(([id, { BackupRetentionPeriod = 1 }]) => ({
          id,
          message: `Backups are kept for ${BackupRetentionPeriod} days`,
        })),
  },
  {
    id: 'topic-encrypted',
    title: 'Messages of topics are encrypted at rest',
    severity: 'error',
    remedy: 'Set KmsMasterKeyId',
    documentation: 'https://docs.aws.amazon.com/sns/latest/dg/sns-server-side-encryption.html',
    findings: (template) =>
      ofType(template, 'AWS::SNS::Topic')
        .filter(([, { KmsMasterKeyId }]) => !KmsMasterKeyId)
        .map(([id]) => ({ id, message: 'Messages lie in the topic as they are' })),
  },
  {
    id: 'api-cache-encrypted',
    title: 'Answers that an API keeps are encrypted',
    severity: 'error',
    remedy: 'Set CacheDataEncrypted',
    documentation: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html',
    findings: (template) =>
      ofType(template, 'AWS::ApiGateway::Stage')
        .filter(([, { MethodSettings }]) =>
          listOf(MethodSettings).some(
            ({ CachingEnabled, CacheDataEncrypted }) => CachingEnabled && !CacheDataEncrypted,
          ),
        )
        .map(([id]) => ({ id, message: 'The cache of the API lies there as it is' })),
  },
];

/** Those that hold data of their own: an instance of a cluster is protected as its cluster is, a replica has a source. */
const databases = (template: Template) =>
  ofType(template, 'AWS::RDS::DBCluster', 'AWS::RDS::DBInstance').filter(
    ([, { DBClusterIdentifier, SourceDBInstanceIdentifier }]) => !DBClusterIdentifier && !SourceDBInstanceIdentifier,
  );
