import { listOf, ofType, type TemplateRule } from './template.ts';

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
    severity: 'error',
    remedy: 'Set StorageEncrypted',
    findings: (template) =>
      ofType(template, 'AWS::RDS::DBCluster', 'AWS::RDS::DBInstance')
        // An instance of a cluster is encrypted as its cluster is.
        .filter(([, { StorageEncrypted, DBClusterIdentifier }]) => StorageEncrypted !== true && !DBClusterIdentifier)
        .map(([id]) => ({ id, message: 'The database lies on disk as it is' })),
  },
  {
    id: 'bucket-encrypted',
    severity: 'error',
    remedy: 'Set BucketEncryption',
    findings: (template) =>
      ofType(template, 'AWS::S3::Bucket')
        .filter(([, { BucketEncryption }]) => !BucketEncryption)
        .map(([id]) => ({ id, message: 'Nothing says how the bucket is encrypted' })),
  },
  {
    id: 'queue-encrypted',
    severity: 'error',
    remedy: 'Set SqsManagedSseEnabled or a key',
    findings: (template) =>
      ofType(template, 'AWS::SQS::Queue')
        .filter(([, { SqsManagedSseEnabled, KmsMasterKeyId }]) => SqsManagedSseEnabled !== true && !KmsMasterKeyId)
        .map(([id]) => ({ id, message: 'Messages lie in the queue as they are' })),
  },
  {
    id: 'state-without-policy',
    severity: 'error',
    remedy: 'Say what becomes of it: DeletionPolicy Delete, Snapshot or Retain',
    findings: (template) =>
      Object.entries(template.Resources ?? {})
        .filter(([, { Type, DeletionPolicy }]) => STATE.includes(Type) && !DeletionPolicy)
        .map(([id]) => ({ id, message: 'Nothing says what becomes of what it holds' })),
  },
  {
    id: 'log-retention',
    severity: 'warning',
    remedy: 'Set RetentionInDays',
    findings: (template) =>
      ofType(template, 'AWS::Logs::LogGroup')
        .filter(([, { RetentionInDays }]) => RetentionInDays === undefined)
        .map(([id]) => ({ id, message: 'Its logs are kept, and paid for, for ever' })),
  },
  {
    id: 'service-circuit-breaker',
    severity: 'error',
    remedy: 'Turn the circuit breaker on, with rollback',
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
    severity: 'error',
    remedy: 'Take the image from a parameter with a digest',
    findings: (template) =>
      ofType(template, 'AWS::ECS::TaskDefinition').flatMap(([id, { ContainerDefinitions }]) =>
        listOf(ContainerDefinitions)
          .filter(({ Image }) => typeof Image === 'string' && !Image.includes('@sha256:'))
          .map(({ Image }) => ({ id, message: `${Image} may be another image tomorrow` })),
      ),
  },
];
