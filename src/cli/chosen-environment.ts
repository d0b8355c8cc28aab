import type { EffectiveEnvironment, Project } from '../config/project.ts';
import type { GlobalFlags } from '../context.ts';
import { PlatformError } from '../errors/platform-error.ts';

/** The environment of `--env`, else the default one, which is never of kind prod. */
export function chosenEnvironment(
  project: Project,
  flags: Pick<GlobalFlags, 'env' | 'sandbox' | 'region'>,
): EffectiveEnvironment {
  const name = flags.env ?? (flags.sandbox ? (project.defaultEnvironment ?? 'sandbox') : project.defaultEnvironment);
  if (name === undefined) throw environmentNotChosen(project.environments());
  return project.environment(name, {
    rehearsal: flags.sandbox,
    ...(flags.region === undefined ? {} : { region: flags.region }),
  });
}

const environmentNotChosen = (names: string[]) =>
  new PlatformError({
    id: 'environment-not-chosen',
    kind: 'usage',
    message: 'It is not said which environment is meant, and none of kind prod is ever taken by itself',
    remedy: `add --env ${names.join(' | ')}, or set defaults.environment in platform.yaml`,
  });
