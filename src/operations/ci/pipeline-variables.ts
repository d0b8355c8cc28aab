import { outputs as outputNames } from '../../../infra/outputs.ts';
import type { Project } from '../../config/project.ts';
import type { Session } from '../../context.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { environmentOnGithub, setVariable } from '../../process/github.ts';
import { deployRoleName, planEnvironment, planRoleName } from '../../release/account-settings.ts';
import { repositoryName } from '../../release/service-settings.ts';
import { outputs } from '../outputs.ts';
import { findStacks } from '../stacks/named-stacks.ts';
import { stackOutputs } from '../stacks/stack-outputs.ts';
import { stateOf } from '../state-of.ts';
import { buildVariables } from './init-pipeline.ts';
import { pipelineRepository } from './pipeline-repository.ts';

export interface PipelineVariable {
  /** GitHub's environment that has it. */
  environment: string;
  name: string;
  /** Null: only its owner knows it. */
  value: string | null;
}

/** The contract of `ci vars --json`. */
export interface PipelineVariablesOutcome {
  environment: string;
  repository: string;
  variables: PipelineVariable[];
  /** Whether they stand at GitHub now. */
  set: boolean;
  dryRun: boolean;
}

export interface PipelineVariablesInput {
  project: Project;
  /** Sets them with gh. */
  set: boolean;
  /** The names of what is deployed too, for workflows that call `aws` themselves. */
  deployed: boolean;
}

/** What pipelines of one environment have to be told; ARNs and names, none of them secret. */
export async function pipelineVariables(
  session: Session,
  { project, set, deployed }: PipelineVariablesInput,
): Promise<PipelineVariablesOutcome> {
  const { environment, flags, prompter, reporter, target } = session;
  const { repository } = pipelineRepository(project.delivery, { ownerId: undefined, repositoryId: undefined });
  const role = (name: string) => `arn:aws:iam::${target.account}:role/${name}`;
  const own = (name: string, value: string | null) => ({ environment: environment.name, name, value });
  const plan = planEnvironment(environment.name);
  const variables: PipelineVariable[] = [
    own('AWS_OIDC_ROLE_ARN', role(deployRoleName(environment))),
    own('AWS_REGION', environment.region),
    { environment: plan, name: 'AWS_OIDC_ROLE_ARN', value: role(planRoleName(environment)) },
    { environment: plan, name: 'AWS_REGION', value: environment.region },
    ...(deployed ? (await deployedNames(session)).map(([name, value]) => own(name, value)) : []),
    ...buildVariables(Object.values(environment.blocks.sites)).map((name) => own(name, null)),
  ];
  const outcome = { environment: environment.name, repository, variables, set: false, dryRun: flags.dryRun };
  if (!set || flags.dryRun) return outcome;

  const known = variables.filter((one): one is PipelineVariable & { value: string } => one.value !== null);
  await prompter.ask({ text: `Set ${known.length} variables of ${repository} on GitHub?` });
  const place = { directory: session.directory, env: session.variables };
  await reporter.step('Setting variables', async (say) => {
    for (const name of new Set(known.map((one) => one.environment))) {
      say(`environment ${name}`);
      const made = await environmentOnGithub({ repository, environment: name }, place);
      if (made !== undefined) throw refused(repository, made);
    }
    for (const one of known) {
      say(`${one.environment} ${one.name}`);
      const why = await setVariable({ repository, ...one }, place);
      if (why !== undefined) throw refused(repository, why);
    }
  });
  return { ...outcome, set: true };
}

/** As workflows of the guides call them; with several services or sites each name ends in that of its own. */
async function deployedNames(session: Session): Promise<[string, string][]> {
  const { blocks } = session.environment;
  const { state } = await stateOf(session);
  const [found, stacks] = await Promise.all([outputs(session), findStacks(session, state)]);
  const images = stacks.find(({ id }) => id === 'images');
  const repositoryOf = (service: string) => {
    const name = repositoryName(session.environment, service);
    return images && stackOutputs(images.stack)[outputNames.images.repositoryUri(name)] && name;
  };
  const named = (base: string, names: readonly string[], lookUp: (name: string) => string | undefined) =>
    names.map((name): [string, string | undefined] => [
      names.length === 1 ? base : `${base}_${name.replaceAll('-', '_').toUpperCase()}`,
      lookUp(name),
    ]);
  const services = Object.keys(blocks.services);
  const sites = Object.keys(blocks.sites);
  const wanted: [string, string | undefined][] = [
    ...(services.length > 0 ? [['ECS_CLUSTER', found['runtime.cluster']] as [string, string | undefined]] : []),
    ...named('ECR_REPOSITORY', services, repositoryOf),
    ...named('ECS_SERVICE', services, (name) => found[`services.${name}.name`]),
    // The family: a workflow registers the next revision of it.
    ...named('ECS_TASK_DEFINITION', services, (name) => familyOf(found[`services.${name}.taskDefinition`])),
    ...named('FRONTEND_BUCKET', sites, (name) => found[`sites.${name}.bucket`]),
    ...named('CLOUDFRONT_DISTRIBUTION_ID', sites, (name) => found[`sites.${name}.distributionId`]),
  ];
  const missing = wanted.filter(([, value]) => value === undefined).map(([name]) => name);
  if (missing.length > 0) throw notDeployed(missing, environmentFlags(session.environment), session.environment.name);
  return wanted as [string, string][];
}

const familyOf = (arn: string | undefined): string | undefined => arn && /task-definition\/([^:]+)/.exec(arn)?.[1];

const notDeployed = (missing: readonly string[], flags: string, environment: string) =>
  new PlatformError({
    id: 'ci-output-missing',
    kind: 'failed',
    message: `${environment} has nothing deployed that ${missing.join(', ')} could be (F-132)`,
    remedy: `platform deploy ${flags}, then ask again`,
  });

const refused = (repository: string, why: string) =>
  new PlatformError({
    id: 'ci-github-refused',
    kind: 'failed',
    message: `gh did not change ${repository}: ${why}`,
    remedy: `gh auth login with an account that administers ${repository}; without gh, platform ci vars prints what to set`,
  });
