import type { EffectiveEnvironment, Project } from '../../config/project.ts';
import type { Context, Session } from '../../context.ts';
import { PlatformError } from '../../errors/platform-error.ts';

export interface ChosenLocal {
  project: Project;
  environment: EffectiveEnvironment;
  /** Opens the environment; what it lives on has to answer by then. */
  open(): Promise<Session>;
}

/**
 * The environment of `--env`, else the first of kind local: not `defaults.environment`, which is somewhere else. Throws
 * `local-kind` (exit 2) for any other kind, before anybody is asked anything.
 */
export async function chooseLocal(
  context: Pick<Context, 'flags' | 'project' | 'open' | 'beside'>,
  kinds: readonly string[] = ['local'],
): Promise<ChosenLocal> {
  const { env, sandbox, region } = context.flags;
  const project = await context.project();
  const options = { rehearsal: sandbox, ...(region === undefined ? {} : { region }) };
  const name = env ?? project.environments().find((one) => kinds.includes(project.environment(one).kind));
  if (name === undefined) throw noLocal();
  const environment = project.environment(name, options);
  if (!kinds.includes(environment.kind)) throw otherKind(environment, kinds);
  return { project, environment, open: () => (env === undefined ? context.beside(name) : context.open()) };
}

const noLocal = () =>
  new PlatformError({
    id: 'local-none',
    kind: 'usage',
    message: 'platform.yaml declares no environment of kind local',
    remedy: 'declare one: environments: { local: { kind: local } }',
  });

const otherKind = ({ name, kind }: EffectiveEnvironment, kinds: readonly string[]) =>
  new PlatformError({
    id: 'local-kind',
    kind: 'usage',
    message: `This is for environments of kind ${kinds.join(' or ')}, and ${name} is of kind ${kind}`,
    remedy: 'name one with --env, or leave --env out for the first of kind local',
  });
