import { existsSync } from 'node:fs';
import type { Context } from '../../../context.ts';
import { PlatformError } from '../../../errors/platform-error.ts';
import { flatOutputs } from '../../../release/flat-outputs.ts';
import { findStacks } from '../../stacks/named-stacks.ts';
import { stackOutputs } from '../../stacks/stack-outputs.ts';
import { stateOf } from '../../state-of.ts';
import { chooseLocal } from '../choose-local.ts';
import { openCompose } from '../compose.ts';
import { localPlan } from '../local-plan.ts';
import { localUrls } from '../local-urls.ts';
import { verifyAnswers } from './verify-answers.ts';
import { verifyApis } from './verify-apis.ts';
import type { VerifyCheck, VerifyScene } from './verify-check.ts';
import { verifyDatabases } from './verify-databases.ts';
import { verifyFunctions } from './verify-functions.ts';
import { verifyGround } from './verify-ground.ts';
import { verifyQueues } from './verify-queues.ts';

/** The contract of `local verify --json`. */
export interface VerifyOutcome {
  environment: string;
  /** In the order of platform.yaml: the ground first, then what stands on it. */
  checks: VerifyCheck[];
  summary: { passed: number; failed: number; skipped: number };
  dryRun: boolean;
}

/**
 * Holds a local environment against its configuration by using it: tokens, preflights, messages, schedules, logins. The
 * same environment gives the same report, as often as it is asked; nothing of ours stays in it.
 */
export async function verifyLocal(
  context: Context,
  { messages }: { messages: ReadonlyMap<string, string> },
): Promise<VerifyOutcome> {
  const { project, environment, open } = await chooseLocal(context, ['local', 'sandbox']);
  const unknown = [...messages.keys()].find((name) => environment.blocks.queues[name] === undefined);
  if (unknown !== undefined) throw noSuchQueue(unknown, Object.keys(environment.blocks.queues));
  const plan = localPlan(project, environment);
  const session = await open();
  const compose = existsSync(plan.file) ? await openCompose(context, plan) : undefined;
  const { state } = await stateOf(session);
  const stacks = new Map((await findStacks(session, state)).map(({ id, stack }) => [id, stackOutputs(stack)]));
  const outputsOf = (stack: string) => stacks.get(stack) ?? {};
  const told = flatOutputs(environment.blocks, outputsOf);
  const { endpoint } = session.target;
  const found = localUrls({ project, environment, plan, endpoint, outputs: told });
  const urls = new Map(found.map(({ component, url }) => [component, url]));
  const scene: VerifyScene = { session, plan, outputs: told, outputsOf, urls, messages };
  const checks = (
    await context.reporter.step(`Verifying ${environment.name}`, () =>
      Promise.all([
        verifyGround(scene),
        verifyFunctions(scene),
        verifyQueues(scene),
        verifyApis(scene),
        verifyDatabases(scene, compose),
        verifyAnswers(scene, compose),
      ]),
    )
  ).flat();
  const count = (status: VerifyCheck['status']) => checks.filter((one) => one.status === status).length;
  const summary = { passed: count('passed'), failed: count('failed'), skipped: count('skipped') };
  return { environment: environment.name, checks, summary, dryRun: context.flags.dryRun };
}

export const verifyFailed = ({ environment, checks, summary }: VerifyOutcome) =>
  new PlatformError({
    id: 'local-verify-failed',
    kind: 'failed',
    message: `${summary.failed} of ${checks.length} checks of ${environment} failed`,
    remedy: `platform local up --env ${environment} brings it to what is configured; platform logs --env ${environment} shows what functions wrote`,
  });

const noSuchQueue = (name: string, known: readonly string[]) =>
  new PlatformError({
    id: 'verify-queue-unknown',
    kind: 'usage',
    message: `There is no queue ${JSON.stringify(name)} to send a message to`,
    remedy: known.length > 0 ? `name one of ${known.join(', ')}` : 'leave --message out',
  });
