import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { expect, it } from 'vitest';
import { type Behaviour, setBehaviour } from '../sandbox/services/ecs/runtime/behaviours.ts';
import { serviceDeployments, tasks } from '../sandbox/services/ecs/state.ts';
import type { Deployable } from '../testing/deployable.ts';
import { startDeployed } from '../testing/start-deployed.ts';
import { twoServices } from '../testing/two-services.ts';

/**
 * Time passes by what the command asks, so much a call, and not otherwise: what it takes to know does not depend on how
 * busy this machine is. AWS answers sooner.
 */
const CALL_MS = 250;

const behaves = (behaviour: Behaviour) => async (project: Deployable) =>
  setBehaviour(project.aws.scope, '*', behaviour);

const FAILURES = {
  'F-44': {
    service: 'worker',
    breaks: async ({ aws }: Deployable) => {
      const value = { SecretId: 'demo/dev/app', SecretString: '{"SIGNING_KEY":"x"}' };
      await aws.client(SecretsManagerClient).send(new PutSecretValueCommand(value));
    },
  },
  'F-49': {
    service: 'worker',
    breaks: behaves({
      exit: { code: 137, afterMs: 5_000, reason: 'OutOfMemoryError: Container killed due to memory usage' },
    }),
  },
  'F-64': { service: 'web', breaks: behaves({ http: { answer: { kind: 'status', code: 404 } } }) },
};

interface Times {
  /** Virtual seconds from the first task that stopped to the end of the rollout, and to the end of the command. */
  verdict: number;
  end: number;
  causes: string[];
}

async function timed(id: keyof typeof FAILURES, flag: string): Promise<Times> {
  const project = await startDeployed({ yaml: twoServices(), sandbox: { expectUnknown: ['cloudtrail:LookupEvents'] } });
  const { calls, scope, world } = project.aws;
  await world.setSpeed(1e-6);
  const { service, breaks } = FAILURES[id];
  const before = new Set(
    serviceDeployments
      .in(scope)
      .entries()
      .map(([arn]) => arn),
  );
  let first: number | undefined;
  let verdict: number | undefined;
  const watching = new AbortController();
  const watch = (async () => {
    for (let passed = calls.length; !watching.signal.aborted; ) {
      const answered = calls.length;
      await world.advance((answered - passed) * CALL_MS);
      passed = answered;
      const stopped = tasks
        .in(scope)
        .values()
        .some(({ task }) => task.stoppedReason && !/^Scaling activity/.test(task.stoppedReason));
      if (stopped) first ??= world.clock.now();
      const ended = serviceDeployments
        .in(scope)
        .values()
        .some(({ deployment }) => !before.has(deployment.serviceDeploymentArn!) && deployment.status !== 'IN_PROGRESS');
      if (ended && first !== undefined) verdict ??= world.clock.now();
      await new Promise((turn) => setImmediate(turn));
    }
  })();
  const run = await project.platform(`redeploy ${service} ${flag} --env dev --sandbox --json`, {
    answer: async () => {
      await breaks(project);
      return true;
    },
  });
  const end = world.clock.now();
  watching.abort();
  await watch;
  const { error } = run.json();
  const since = (at: number | undefined) => Math.round((at! - first!) / 100) / 10;
  return {
    verdict: since(verdict),
    end: since(end),
    causes: error.details.causes.map((one: { id: string }) => one.id),
  };
}

it.each(Object.keys(FAILURES) as (keyof typeof FAILURES)[])(
  '%s is known before the circuit breaker of ECS ends the rollout, which is all that CloudFormation waits for',
  async (id) => {
    const ours = await timed(id, '');
    const aws = await timed(id, '--wait-anyway');
    process.stdout.write(
      `| ${id} | ${ours.verdict.toFixed(1)} | ${aws.verdict.toFixed(1)} | ${(ours.verdict / aws.verdict).toFixed(2)} |\n`,
    );
    expect([ours.causes[0], aws.causes[0]]).toEqual([id, id]);
    expect(ours.verdict).toBeLessThan(aws.verdict);
  },
);
