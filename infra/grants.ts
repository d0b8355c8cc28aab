import { core } from './aws-cdk.ts';
import type { Links } from './links.ts';
import { outputs } from './outputs.ts';
import type { Grant } from './policy.ts';
import { referred, secretArn } from './references.ts';
import type { SecretKey, Use } from './setting-values.ts';
import type { AppSettings } from './settings.ts';

const READ_SECRET = ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'] as const;

/** What a component may do with one block that it uses: the whole of its rights come from `uses:`. */
export function grantsFor(links: Links, settings: AppSettings, { kind, name }: Use): Grant[] {
  switch (kind) {
    case 'database':
      return [{ actions: READ_SECRET, resources: [referred(links, settings, { of: 'database-secret-arn', name })] }];
    case 'secret':
      return [{ actions: READ_SECRET, resources: [secretArn(links, settings, name)] }];
    case 'queue':
      // A reference does not say which end of the queue is meant.
      return [
        {
          actions: [
            'sqs:ChangeMessageVisibility',
            'sqs:DeleteMessage',
            'sqs:GetQueueAttributes',
            'sqs:GetQueueUrl',
            'sqs:ReceiveMessage',
            'sqs:SendMessage',
          ],
          resources: [links.from('messaging', outputs.messaging.queueArn(name))],
        },
      ];
    case 'bus':
      return [
        {
          actions: ['events:PutEvents'],
          resources: [busArn(referred(links, settings, { of: 'bus-name', name }), settings)],
        },
      ];
    case 'bucket': {
      const arn = `arn:${core.Aws.PARTITION}:s3:::${referred(links, settings, { of: 'bucket-name', name })}`;
      return [
        { actions: ['s3:ListBucket'], resources: [arn] },
        {
          actions: [
            's3:AbortMultipartUpload',
            's3:DeleteObject',
            's3:GetObject',
            's3:ListMultipartUploadParts',
            's3:PutObject',
          ],
          resources: [`${arn}/*`],
        },
      ];
    }
  }
}

const busArn = (name: string, { region, account }: AppSettings): string =>
  `arn:${core.Aws.PARTITION}:events:${region}:${account}:event-bus/${name}`;

/** ARN of the secret behind a key that ECS hands to a container. */
export function secretOf(links: Links, settings: AppSettings, key: SecretKey): string {
  if (key.from === 'secret') return secretArn(links, settings, key.secret);
  const database = settings.databases[key.database];
  if (key.key !== 'url') return referred(links, settings, { of: 'database-secret-arn', name: key.database });
  const urlSecretName = database?.credentials.urlSecretName;
  if (!database || !urlSecretName) throw new Error(`database ${key.database} has no secret with its URL`);
  return database.engine === 'shared'
    ? links.secretArn(`database-${key.database}-url`, urlSecretName)
    : links.from('data', outputs.data.databaseUrlSecretArn(key.database));
}

/** What ECS Exec needs inside the task: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html */
export const EXEC_GRANT: Grant = {
  actions: [
    'ssmmessages:CreateControlChannel',
    'ssmmessages:CreateDataChannel',
    'ssmmessages:OpenControlChannel',
    'ssmmessages:OpenDataChannel',
  ],
  resources: ['*'],
};

/** What sends traces. X-Ray binds nothing of it to a resource. */
export const TRACE_GRANT: Grant = { actions: ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'], resources: ['*'] };

/** A collector hands the rules of sampling on too: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSXRayDaemonWriteAccess.html */
export const COLLECT_GRANT: Grant = {
  actions: [
    'xray:GetSamplingRules',
    'xray:GetSamplingStatisticSummaries',
    'xray:GetSamplingTargets',
    ...TRACE_GRANT.actions,
  ],
  resources: ['*'],
};

/** Logging in to ECR is not bound to a repository; everything else is. */
export const pullGrants = (repository: string, { region, account }: AppSettings): Grant[] => [
  { actions: ['ecr:GetAuthorizationToken'], resources: ['*'] },
  {
    actions: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
    resources: [`arn:${core.Aws.PARTITION}:ecr:${region}:${account}:repository/${repository}`],
  },
];

const PRIVATE_REGISTRY = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com\/([^:@]+)/;

/** Images of private repositories that are not ours; other registries ask for no rights. */
export const pullElsewhereGrants = (images: readonly string[]): Grant[] =>
  images.flatMap((image) => {
    const [, account, region, repository] = PRIVATE_REGISTRY.exec(image) ?? [];
    if (account === undefined) return [];
    return [
      {
        actions: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
        resources: [`arn:${core.Aws.PARTITION}:ecr:${region}:${account}:repository/${repository}`],
      },
    ];
  });
