import { join } from 'node:path';
import { outputs } from '../../../infra/outputs.ts';
import type { Session } from '../../context.ts';
import { bootstrapStackName } from '../../domain/bootstrap-names.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { templateWithAliasAt } from '../../release/alias-at.ts';
import type { EnvironmentState } from '../../release/environment-state.ts';
import { type PlannedStack, planRelease } from '../../release/plan.ts';
import { applyStack } from '../deploy/apply-stack.ts';
import { namedStacks } from '../stacks/environment-stacks.ts';
import { readLiveStacks } from '../stacks/live-stacks.ts';

type Look = Pick<Session, 'aws' | 'environment' | 'target'>;

/**
 * What the stack of functions has to be told of an alias that is moved past it; undefined: nothing. CodeDeploy moves
 * traffic in steps only from where the stack believes it to be ("The Lambda function alias version does not match the
 * current version in AppSpec file"), so a later deployment would fail.
 * https://github.com/aws/serverless-application-model/issues/291
 */
export async function untoldAlias(
  { aws, environment, target }: Look,
  state: EnvironmentState,
  { name, version }: { name: string; version: string },
): Promise<PlannedStack | undefined> {
  const ours = namedStacks({ environment, target }, state).filter(({ id }) => id === 'functions');
  const found = await readLiveStacks(aws, ours);
  const live = found.get('functions');
  const template = live?.template && templateWithAliasAt(live.template, outputs.functions.functionName(name), version);
  if (!live || !template) return undefined;
  const { stackName, account, region, tags, terminationProtection } = live;
  const parameters = Object.fromEntries(Object.entries(live.parameters).map(([key, value]) => [key, { value }]));
  const wanted = { id: 'functions', stackName, account, region, after: [], template, tags, terminationProtection };
  const { stacks } = await planRelease([{ ...wanted, parameters }], found);
  return stacks[0];
}

/** The alias stands there already: for CloudFormation it is a change, for Lambda none. */
export async function tellStackOfAlias(
  session: Pick<Session, 'aws' | 'cdk' | 'clock' | 'environment' | 'reporter' | 'target' | 'signal' | 'workDirectory'>,
  stack: PlannedStack,
  release: string,
): Promise<void> {
  const { cdk, environment, reporter, workDirectory } = session;
  if (stack.handling.action !== 'update') {
    reporter.warn(
      `${stack.stackName} is ${stack.live!.status} and cannot be told where the alias stands: platform recover ${stack.id} ${environmentFlags(environment)}, then platform rollback once more, before the next deployment`,
    );
    return;
  }
  const { qualifier } = environment.blocks.bootstrap;
  const directory = join(workDirectory, 'cdk.out', `${environment.name}-alias`);
  const { id, stackName, account, region, template, tags, terminationProtection } = stack;
  const stored = { id, stackName, account, region, after: [], template, tags, terminationProtection };
  await cdk.writeStored(directory, [stored], qualifier);
  await reporter.tree(`Telling ${stackName} where the alias stands`, (tree) =>
    applyStack(session, {
      stack,
      directory,
      toolkitStackName: bootstrapStackName(qualifier),
      parameters: stack.live!.parameters,
      approved: new Set(),
      changeSetName: `platform-${release}`,
      tree,
    }),
  );
}
