/** Emulators that run in a container of their own. */
export type ContainedEmulator = 'localstack' | 'ministack' | 'floci' | 'moto';

const CONTAINED: readonly ContainedEmulator[] = ['localstack', 'ministack', 'floci', 'moto'];

/** By the name of its image: `localstack/localstack:3.1.0`, `motoserver/moto`. Undefined for one that nobody here knows. */
export function emulatorOfImage(image: string): ContainedEmulator | undefined {
  const repository = image.replace(/@.*$/, '').replace(/:[^:/]*$/, '');
  return CONTAINED.find((one) => repository.includes(one));
}

/** Where it listens, in its container and by its own default on a machine. An emulator that nobody knows: as LocalStack. */
export const emulatorPort = (emulator: string | undefined): number => (emulator === 'moto' ? 5000 : 4566);

/** Names of LocalStack's `SERVICES`, which those after it took over: https://docs.localstack.cloud/references/configuration/ */
const ALWAYS = ['cloudformation', 'iam', 'logs', 's3', 'ssm', 'sts'];

const NEEDED: Readonly<Record<string, readonly string[]>> = {
  apis: ['apigateway', 'lambda'],
  buckets: ['s3'],
  buses: ['events'],
  databases: ['ec2', 'kms', 'rds', 'secretsmanager'],
  functions: ['lambda', 'sqs'],
  queues: ['sqs'],
  secrets: ['secretsmanager'],
  services: ['application-autoscaling', 'ec2', 'ecr', 'ecs', 'elbv2'],
  sites: ['cloudfront'],
};

interface UsedBlocks {
  readonly functions: Readonly<Record<string, { readonly trigger?: { readonly on: string } | undefined }>>;
  readonly apis: Readonly<Record<string, { readonly kind: string }>>;
  readonly observability: { readonly alarms: boolean };
}

/** What an emulator has to serve for these blocks, in the order of the alphabet; `eventbridge`, say, it would not know. */
export function emulatorServices(blocks: UsedBlocks): string[] {
  const used = (block: string) => Object.keys((blocks as unknown as Record<string, object>)[block] ?? {}).length > 0;
  const found = new Set([...ALWAYS, ...Object.entries(NEEDED).flatMap(([block, names]) => (used(block) ? names : []))]);
  if (Object.values(blocks.apis).some(({ kind }) => kind === 'http')) found.add('apigatewayv2');
  if (Object.values(blocks.functions).some(({ trigger }) => trigger?.on === 'schedule')) found.add('events');
  if (blocks.observability.alarms) for (const name of ['cloudwatch', 'sns']) found.add(name);
  return [...found].sort();
}
