import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { vi } from 'vitest';
import { bootstrapSandbox } from './bootstrap-sandbox.ts';
import { type FinishedRun, type StartedPlatform, type StartPlatformOptions, startPlatform } from './start-platform.ts';

/** The first deployment of a process loads the CDK, which takes its time on a busy machine. */
vi.setConfig({ testTimeout: 90_000 });

/** A network of others', so that a project of queues and buckets is two small stacks. */
const EXISTING_NETWORK =
  'network: { existing: { vpcId: vpc-0a1b2c3d, publicSubnets: [subnet-0a1b2c31, subnet-0a1b2c32], privateSubnets: [subnet-0a1b2c33, subnet-0a1b2c34] } }';

/** A project that is deployed in a second. `blocks` takes lines of YAML. */
export const smallYaml = (blocks: string): string => `project: demo
${EXISTING_NETWORK}
${blocks}
environments:
  dev: { kind: dev, account: "111111111111" }
  prod: { kind: prod, account: "111111111111" }
`;

export const QUEUE = 'queues: { jobs: {} }';
export const BUCKET = 'buckets: { files: {} }';

export interface Deployable extends StartedPlatform {
  /** Writes platform.yaml anew. */
  configure(yaml: string): void;
  /** What was asked of AWS since the last `forget` that changes anything, as `service:Operation`. */
  writes(): string[];
  /** Every operation asked for since then. */
  asked(): string[];
  forget(): void;
  /** Runs a command line that has to end with 0; throws what it said otherwise. */
  succeed(words: string): Promise<FinishedRun>;
}

/** A project in an account that is bootstrapped. */
export async function startDeployable({
  bootstrapped = false,
  ...options
}: StartPlatformOptions & { yaml: string; bootstrapped?: boolean }): Promise<Deployable> {
  const started = await startPlatform(options);
  if (!bootstrapped) await bootstrapSandbox(started.aws);
  const asked = () => started.aws.calls.map(({ service, operation }) => `${service}:${operation}`);
  return {
    ...started,
    configure: (yaml) => writeFileSync(join(started.directory, 'platform.yaml'), yaml),
    asked,
    writes: () => asked().filter((call) => !READS.test(call)),
    forget: () => {
      started.aws.calls.length = 0;
    },
    succeed: async (words) => {
      const finished = await started.platform(words);
      if (finished.exitCode !== 0)
        throw new Error(`platform ${words} ended with ${finished.exitCode}: ${finished.stderr}`);
      return finished;
    },
  };
}

const READS = /:(Describe|Detect|Filter|Simulate|Get|Head|List|BatchGet|AssumeRole)/;
