import { CloudFormation, type Stack } from '@aws-sdk/client-cloudformation';
import { ECR } from '@aws-sdk/client-ecr';
import { ECS } from '@aws-sdk/client-ecs';
import { RDS } from '@aws-sdk/client-rds';
import { S3 } from '@aws-sdk/client-s3';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';

export interface Connection {
  endpoint: string;
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
}

/**
 * What an account holds, asked over the wire, in a form in which two accounts that came to the same end are equal:
 * ids that AWS makes up carry the name of what they belong to, and times and ids of ours are named for what they are.
 */
export async function endState(connection: Connection): Promise<unknown> {
  const settings = { ...connection, maxAttempts: 1, forcePathStyle: true };
  const stacks = await stacksOf(new CloudFormation(settings));
  const [services, secrets, buckets, repositories, databases] = await Promise.all([
    servicesOf(new ECS(settings)),
    secretsOf(new SecretsManager(settings)),
    bucketsOf(new S3(settings)),
    repositoriesOf(new ECR(settings)),
    databasesOf(new RDS(settings)),
  ]);
  const names = new Map(stacks.flatMap(({ resources }) => resources.map(({ id, name }) => [id, name] as const)));
  const seen = {
    stacks: stacks.map(({ stack, resources, template }) => ({
      name: stack.StackName,
      status: settled(stack.StackStatus!),
      protected: stack.EnableTerminationProtection ?? false,
      parameters: byKey((stack.Parameters ?? []).map((one) => [one.ParameterKey!, one.ParameterValue ?? ''])),
      outputs: byKey((stack.Outputs ?? []).map((one) => [one.OutputKey!, one.OutputValue ?? ''])),
      resources: resources.map(({ name, status }) => `${name} ${settled(status)}`).sort(),
      template,
    })),
    services,
    secrets,
    buckets,
    repositories,
    databases,
  };
  return named(seen, names);
}

/** Where it came from does not matter: made or changed, it is as it should be. */
const settled = (status: string): string => status.replace(/^(CREATE|UPDATE)_COMPLETE$/, 'COMPLETE');

const byKey = (entries: [string, string][]) => Object.fromEntries(entries.sort(([a], [b]) => a.localeCompare(b)));

interface SeenStack {
  stack: Stack;
  template: unknown;
  resources: { id: string; name: string; status: string }[];
}

async function stacksOf(client: CloudFormation): Promise<SeenStack[]> {
  const { Stacks = [] } = await client.describeStacks({});
  const seen = await Promise.all(
    Stacks.map(async (stack) => {
      const { StackResources = [] } = await client.describeStackResources({ StackName: stack.StackName! });
      const { TemplateBody = '{}' } = await client.getTemplate({ StackName: stack.StackName! });
      const resources = StackResources.map((one) => ({
        id: one.PhysicalResourceId ?? '',
        name: `${stack.StackName}/${one.LogicalResourceId}`,
        status: one.ResourceStatus!,
      }));
      return { stack, template: TemplateBody, resources };
    }),
  );
  client.destroy();
  return seen.sort((a, b) => a.stack.StackName!.localeCompare(b.stack.StackName!));
}

async function servicesOf(client: ECS) {
  const { clusterArns = [] } = await client.listClusters({});
  const found = await Promise.all(
    clusterArns.map(async (cluster) => {
      const { serviceArns = [] } = await client.listServices({ cluster });
      const { taskArns = [] } = await client.listTasks({ cluster });
      if (serviceArns.length === 0) return { running: taskArns.length, services: [] };
      const { services = [] } = await client.describeServices({ cluster, services: serviceArns });
      return {
        running: taskArns.length,
        services: services.map(({ serviceName, desiredCount, runningCount, deployments = [] }) => ({
          serviceName,
          desiredCount,
          runningCount,
          rollouts: deployments.map(({ rolloutState }) => rolloutState),
        })),
      };
    }),
  );
  client.destroy();
  return found;
}

/** With their keys and whether each has a value: generated values differ from run to run. */
async function secretsOf(client: SecretsManager) {
  const { SecretList = [] } = await client.listSecrets({ IncludePlannedDeletion: true });
  const found = await Promise.all(
    SecretList.map(async ({ Name, DeletedDate }) => {
      if (DeletedDate) return { name: Name, deleted: true };
      const { SecretString = '' } = await client.getSecretValue({ SecretId: Name }).catch(() => ({ SecretString: '' }));
      return { name: Name, value: SecretString.replace(/"(password|SIGNING_KEY|url)":"[^"]*"/g, '"$1":"…"') };
    }),
  );
  client.destroy();
  return found.sort((a, b) => a.name!.localeCompare(b.name!));
}

/** Objects of ours are read: they are what the next command goes by. The CDK's are templates named by their content. */
async function bucketsOf(client: S3) {
  const { Buckets = [] } = await client.listBuckets({});
  const found = await Promise.all(
    Buckets.map(async ({ Name: Bucket = '' }) => {
      const { Contents = [] } = await client.listObjectsV2({ Bucket });
      if (Bucket.startsWith('cdk-')) return { bucket: Bucket };
      const objects = await Promise.all(
        Contents.filter(({ Key }) => !ONLY_AFTER_INTERRUPTIONS.test(Key!)).map(async ({ Key }) => {
          const { Body } = await client.getObject({ Bucket, Key });
          return [Key!, content(Key!, await Body!.transformToString())] as const;
        }),
      );
      return { bucket: Bucket, objects: Object.fromEntries(objects) };
    }),
  );
  client.destroy();
  return found.sort((a, b) => a.bucket.localeCompare(b.bucket));
}

/** The trail of what happened says too that a lease was ended for somebody whose command did not get that far. */
const ONLY_AFTER_INTERRUPTIONS = /\/audit\/[^/]*-rearmed-/;

/**
 * Of what ran when and for how long nothing is to be the same; nor whether a lock was given back or its holder is dead,
 * which is free as well.
 */
const OF_THE_RUN = new Set([
  'seconds',
  'action',
  'startedAt',
  'finishedAt',
  'takenAt',
  'beatAt',
  'process',
  'id',
  'released',
]);

function content(name: string, text: string): unknown {
  // A summary of a release names what that run changed; the release itself holds every stack.
  const ofTheRun = (key: string) => OF_THE_RUN.has(key) || (key === 'stacks' && name.includes('/release-summaries/'));
  try {
    return JSON.parse(text, (key, value) => (ofTheRun(key) || isTime(value) ? undefined : inOrder(value)));
  } catch {
    return text;
  }
}

/** Milliseconds since 1970. */
const isTime = (value: unknown): boolean => typeof value === 'number' && value > 1e12;

/** Stacks that are done side by side are written down in the order in which they were. */
const inOrder = (value: unknown): unknown =>
  Array.isArray(value) && value.every((one) => typeof one?.name === 'string')
    ? value.toSorted((a, b) => a.name.localeCompare(b.name))
    : value;

async function repositoriesOf(client: ECR) {
  const { repositories = [] } = await client.describeRepositories({});
  const found = await Promise.all(
    repositories.map(async ({ repositoryName }) => {
      const { imageIds = [] } = await client.listImages({ repositoryName });
      return { repositoryName, images: imageIds.map((id) => `${id.imageTag ?? ''}@${id.imageDigest}`).sort() };
    }),
  );
  client.destroy();
  return found;
}

async function databasesOf(client: RDS) {
  const [{ DBClusters = [] }, { DBInstances = [] }, { DBClusterSnapshots = [] }, { DBSnapshots = [] }] =
    await Promise.all([
      client.describeDBClusters({}),
      client.describeDBInstances({}),
      client.describeDBClusterSnapshots({ SnapshotType: 'manual' }),
      client.describeDBSnapshots({ SnapshotType: 'manual' }),
    ]);
  client.destroy();
  return {
    clusters: DBClusters.map(({ DBClusterIdentifier, Status, DeletionProtection, EngineVersion }) => ({
      DBClusterIdentifier,
      Status,
      DeletionProtection,
      EngineVersion,
    })),
    instances: DBInstances.map(({ DBInstanceIdentifier, DBInstanceStatus, DeletionProtection }) => ({
      DBInstanceIdentifier,
      DBInstanceStatus,
      DeletionProtection,
    })),
    snapshots: DBClusterSnapshots.length + DBSnapshots.length,
  };
}

function named(seen: unknown, names: ReadonlyMap<string, string>): unknown {
  let text = JSON.stringify(seen, undefined, 1);
  // Parts of an ARN or a URL are names that stand in other ids too: the last one, and those that CloudFormation made up.
  const parts = [...names].flatMap(([id, name]) => {
    const pieces = id.split(/[/:]/);
    const own = pieces.filter((piece, index) => index === pieces.length - 1 || /-[0-9A-Za-z]{12}$/.test(piece));
    return [id, ...own].map((one) => [one, name] as const);
  });
  for (const [id, name] of parts.sort(([a], [b]) => b.length - a.length)) {
    // A plain word stands for itself. APIs have ten characters, and one id in twenty-five of theirs has no digit.
    const isApi = /^[0-9a-z]{10}$/.test(id) && (/\d/.test(id) || /\/Apis[A-Z]/.test(name));
    const isMadeUp = (/\d|[A-Z]/.test(id) && id.length > 11) || isApi;
    if (isMadeUp) text = text.replaceAll(JSON.stringify(id).slice(1, -1), `<${name}>`);
  }
  const readable = text
    .replace(/\d{8}T\d{6}Z-[0-9a-f]{4}/g, '<release>')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, '<time>')
    .replace(/-[0-9a-f]{8}\.json/g, '-<random>.json')
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<uuid>')
    .replace(/(?<=")[0-9a-f]{32}(?=")/g, '<task>')
    // A bucket that stays when its stack is gone.
    .replace(/(bucket[0-9a-f]{8})-[0-9a-z]{12}/g, '$1-<random>')
    // The random suffix of a secret's ARN, and ids within names that a service makes up.
    .replace(/(:secret:[\w/-]+)-[A-Za-z0-9]{6}(?=["\\:])/g, '$1-<random>')
    .replace(/\.cluster-(ro-)?c[0-9a-z]{11}\./g, '.cluster-$1<random>.')
    .replace(/(elb|lb)-\d+\.|-\d{8,10}\.(?=[a-z0-9-]+\.elb\.)/g, '-<random>.');
  return JSON.parse(readable);
}
