import { AwsFault } from '../../sandbox/kernel/fault.ts';
import { type Deployable, startDeployable } from '../deployable.ts';
import type { FinishedRun } from '../start-platform.ts';
import { stateObjects } from '../state-objects.ts';
import { type CallPoint, pointText } from './call-points.ts';
import { difference } from './difference.ts';
import { endState } from './end-state.ts';
import type { Scene } from './scene.ts';
import { ACCOUNT } from './stage.ts';

/** What a call can meet that is nobody's fault, and what the command may end with. */
export const FAULTS = {
  /**
   * S3 has words and statuses of its own, which count where a HEAD leaves no body to read.
   * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/throttling.html
   * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
   */
  throttle: {
    with: (service: string) =>
      service === 's3'
        ? new AwsFault('SlowDown', 'Please reduce your request rate.', { status: 503 })
        : new AwsFault('ThrottlingException', 'Rate exceeded'),
    exits: [0],
  },
  'internal error': {
    with: () => new AwsFault('InternalFailure', 'An internal error occurred', { status: 500 }),
    exits: [0],
  },
  'lost request': { with: () => 'cut-before' as const, exits: [0] },
  'lost answer': { with: () => 'cut-after' as const, exits: [0] },
  /**
   * Of one call alone. toolkit-lib keeps to itself what its publishing of assets met, so that is 1; where a token has
   * really ended, our next call meets it as well and ends with 4: deploy-credentials.test.ts.
   */
  'expired token': {
    with: (service: string) =>
      service === 's3'
        ? new AwsFault('ExpiredToken', 'The provided token has expired.', { status: 400 })
        : new AwsFault('ExpiredTokenException', 'The security token included in the request is expired', {
            status: 403,
          }),
    exits: [0, 1, 4],
  },
} as const;

export type FaultKind = keyof typeof FAULTS;

export interface FaultVerdict {
  point: string;
  exitCode: number;
  /** What went wrong with the command, or with typing it again; absent: nothing. */
  wrong?: string;
}

/** A scene of which the calls and the end of an uninterrupted run are known. */
export interface Faulty {
  readonly calls: readonly { service: string; operation: string }[];
  meet(point: CallPoint, kind: FaultKind): Promise<FaultVerdict>;
}

export async function prepareFaults(scene: Scene): Promise<Faulty> {
  const reference = await staged(scene);
  reference.forget();
  const { exitCode, stderr } = await reference.platform(scene.words);
  if (exitCode !== 0) throw new Error(`${scene.name} ends with ${exitCode}: ${stderr}`);
  const calls = reference.aws.calls.map(({ service, operation }) => ({ service, operation }));
  const end = await endOf(reference);
  await reference.aws.close();
  return {
    calls,
    meet: async (point, kind) => {
      const project = await staged(scene);
      const fault = FAULTS[kind];
      const { service, operation, nth } = point;
      project.aws.faults.push({ service, operation, skip: nth - 1, with: fault.with(service) });
      const first = await project.platform(scene.words);
      project.aws.faults.length = 0;
      const again = await typedAgain(project, scene.words);
      const wrong =
        refusal(first, fault.exits) ??
        (again.exitCode === 0
          ? difference(end, await endOf(project))
          : `typed again it ends with ${again.exitCode}:\n${first.stderr}\n--- again\n${again.stderr}`);
      await project.aws.close();
      return { point: `${kind} ${pointText(point)}`, exitCode: first.exitCode, ...(wrong ? { wrong } : {}) };
    },
  };
}

/**
 * Types the command again. Where a lock could not be given back, its holder seems to live: it is this process, as every
 * command of this test. So its beats are made as old as they are once it is dead.
 */
async function typedAgain(project: Deployable, words: readonly string[]): Promise<FinishedRun> {
  const again = await project.platform(words);
  if (again.exitCode !== 8 || !/^ +id: \S+-locked$/m.test(again.stderr)) return again;
  const objects = stateObjects(project.aws);
  for (const key of await objects.list('environments/dev/')) {
    const body = JSON.parse((await objects.get(key))!.body);
    if (body.beatAt !== undefined) await objects.put(key, JSON.stringify({ ...body, beatAt: 0, process: undefined }));
  }
  return project.platform(words);
}

/** A failure is an answer only if it has the exit code for it, and says how to go on. */
function refusal(
  { exitCode, stderr }: { exitCode: number; stderr: string },
  exits: readonly number[],
): string | undefined {
  if (!exits.includes(exitCode)) return `it ends with ${exitCode}:\n${stderr}`;
  return exitCode === 0 || /^ {2}fix: /m.test(stderr) ? undefined : `it says no way on:\n${stderr}`;
}

async function staged({ yaml, yamlBefore, files, bootstrapped, before, since = [], set }: Scene): Promise<Deployable> {
  const project = await startDeployable({
    yaml: yamlBefore ?? yaml,
    account: ACCOUNT,
    ...(files ? { files } : {}),
    ...(bootstrapped ? { bootstrapped } : {}),
    env: { PLATFORM_CONTAINER_ENGINE: 'none' },
  });
  const run = async (words: readonly string[]) => {
    const { exitCode, stderr } = await project.platform(words);
    if (exitCode !== 0) throw new Error(`platform ${words.join(' ')} ended with ${exitCode}: ${stderr}`);
  };
  for (const words of before) await run(words);
  project.configure(yaml);
  for (const words of since) await run(words);
  await set?.(project.aws);
  return project;
}

async function endOf({ aws }: Deployable): Promise<unknown> {
  await aws.settle();
  return endState({ endpoint: aws.endpoint, region: 'us-east-1', credentials: aws.credentials });
}
