import { FOUNDATIONS, foundationsOf } from '../../../infra/foundations.ts';
import { stackName } from '../../../infra/names.ts';
import type { Session } from '../../context.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { namedStacks } from '../stacks/environment-stacks.ts';
import type { ChosenSettings } from './choose-settings.ts';

/**
 * The ids of the foundations that are named, by their ids or by their names in CloudFormation. Nothing is synthesized or
 * bundled for it: a wrong name is to be heard of first.
 */
export function judgeNames(
  { environment, target }: Pick<Session, 'environment' | 'target'>,
  { settings, access }: ChosenSettings,
  names: readonly string[],
): string[] {
  const nameOf = (block: string) =>
    stackName(environment.naming.stack, { project: environment.project, env: environment.name, block });
  const known = foundationsOf(settings);
  return names.map((name) => {
    const id = known.find((one) => one === name || nameOf(one) === name);
    if (id) return id;
    const other = namedStacks({ environment, target }, access.state).find(
      (one) => one.id === name || one.stackName === name,
    );
    if (other && !FOUNDATIONS.some((one) => one === other.id))
      throw stackReleased(other.id, environmentFlags(environment));
    throw stackUnknown(name, known);
  });
}

const stackUnknown = (name: string, known: readonly string[]) =>
  new PlatformError({
    id: 'deploy-stack-unknown',
    kind: 'usage',
    message: `There is no stack ${name} to deploy by name`,
    remedy:
      known.length > 0 ? `name one of ${known.join(', ')}` : 'platform deploy without a name deploys all there is',
  });

const stackReleased = (id: string, flags: string) =>
  new PlatformError({
    id: 'deploy-stack-released',
    kind: 'usage',
    message: `${id} is part of a release, which is rolled out and proven as a whole; by name go ${FOUNDATIONS.join(', ')}`,
    remedy: `platform deploy ${flags}`,
  });
