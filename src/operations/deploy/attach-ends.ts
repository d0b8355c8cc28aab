import type { Session } from '../../context.ts';
import type { Diagnosis } from '../../diagnosis/cause.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import type { Problem } from '../../errors/problem.ts';
import type { EnvironmentState } from '../../release/environment-state.ts';
import type { Intention } from '../../release/intention.ts';
import type { LockHolder } from '../../release/lock.ts';
import { explanation } from '../explain-failure.ts';

type Environment = Session['environment'];

export const nowGone = (environment: Environment, release: string, stacks: readonly string[]) =>
  new PlatformError({
    id: 'release-gone',
    kind: 'failed',
    message: `Nothing is under way in ${environment.name} any more, and release ${release} does not stand as it was proven: ${stacks.join(', ')} ${stacks.length === 1 ? 'is' : 'are'} gone`,
    remedy: `platform deploy ${environmentFlags(environment)} brings back what is configured; platform destroy ${environmentFlags(environment)} takes away the rest`,
  });

const NOTHING: Diagnosis = { causes: [], unseen: [] };

type Back = { to: string; service?: string };

export const againFor = (environment: Environment, intention: Intention): string =>
  intention.rollback ? rollbackAgain(environment, intention.rollback) : deployAgain(environment, intention);

const deployAgain = (environment: Environment, { asked }: Intention): string =>
  `platform deploy --env ${environment.name}${Object.entries(asked)
    .map(([component, image]) => ` --image ${component}=${image}`)
    .join('')}`;

const rollbackAgain = (environment: Environment, { service }: Back): string =>
  `platform rollback ${service ? `${service} ` : ''}${environmentFlags(environment)}`;

/** A deployment would go forward again, to what somebody wanted to get away from. */
export const unfinishedRollback = (
  environment: Environment,
  back: Back,
  { remains = 'what it set out to do is not on record', problems = [] as readonly Problem[], diagnosis = NOTHING } = {},
) =>
  new PlatformError({
    id: 'rollback-unfinished',
    kind: 'failed',
    message: `Nothing is under way in ${environment.name} any more, and a rollback${back.service ? ` of ${back.service}` : ''} to release ${back.to} was cut off before it was complete: ${remains}`,
    remedy: `${rollbackAgain(environment, back)} takes it up and proves it`,
    problems,
    ...explanation(diagnosis),
  });

export function unknownIntention(
  environment: Environment,
  { unproven, unprovenRollback }: Pick<EnvironmentState, 'unproven' | 'unprovenRollback'>,
): PlatformError {
  if (unprovenRollback) return unfinishedRollback(environment, unprovenRollback);
  const { name } = environment;
  return new PlatformError({
    id: 'deploy-unknown',
    kind: 'failed',
    message: `Nothing is under way in ${name} any more; what ${unproven} set out to do is not on record, so that it cannot be proven`,
    remedy: `platform diff --env ${name} shows what is missing; platform deploy --env ${name} continues`,
  });
}

/** Of a deployment of foundations, which leaves no word of what it wants; undefined of anything else. */
export const namesOf = ({ command }: Pick<LockHolder, 'command'>): string | undefined =>
  /^deploy ((?!-).+)$/.exec(command)?.[1];

export const nothingProvesStacks = (
  environment: Environment,
  names: string,
  { principal, host }: Pick<LockHolder, 'principal' | 'host'>,
) =>
  new PlatformError({
    id: 'deploy-stacks-unproven',
    kind: 'failed',
    message: `Nothing is under way in ${environment.name} any more. It was platform deploy ${names}, which ${principal} began on ${host}: it makes no release, and leaves no word of what it set out to do, so that it cannot be proven`,
    remedy: `platform deploy ${names} ${environmentFlags(environment)} goes on where it was cut off, and says so where nothing is left to do`,
  });

export const nothingToAttach = (environment: string) =>
  new PlatformError({
    id: 'nothing-under-way',
    kind: 'failed',
    message: `Nothing is under way in ${environment}, and it is not deployed`,
    remedy: `platform deploy --env ${environment} brings it up`,
  });
