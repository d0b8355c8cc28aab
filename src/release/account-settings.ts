import type { AccountSettings } from '../../infra/account-template.ts';
import { fitName, stackName } from '../../infra/names.ts';
import type { EffectiveEnvironment } from '../config/project.ts';
import { type GithubIds, githubSubjects } from '../domain/github-subject.ts';
import type { Statement } from './merged-statements.ts';
import { narrowed, withoutValues } from './narrowed-statements.ts';

/** Longest name of an IAM role. */
const ROLE_NAME = 64;

export const accountStackName = (environment: EffectiveEnvironment): string =>
  stackName(environment.naming.stack, { project: environment.project, env: environment.name, block: 'account' });

/** Fixed, so that a workflow can name it before it is there. */
export const deployRoleName = ({ project, name }: Pick<EffectiveEnvironment, 'project' | 'name'>): string =>
  fitName(`${project}-${name}-pipeline`, ROLE_NAME);

/** Can only look: for plans that somebody is yet to approve. */
export const planRoleName = ({ project, name }: Pick<EffectiveEnvironment, 'project' | 'name'>): string =>
  fitName(`${project}-${name}-plan`, ROLE_NAME);

/** GitHub's environment for jobs that plan: who approves the other one must not be asked for a look. */
export const planEnvironment = (environment: string): string => `${environment}-plan`;

export function accountSettings(
  environment: EffectiveEnvironment,
  given: {
    account: string;
    repository: string;
    ids: GithubIds | undefined;
    provider: 'make' | 'there';
    statements: readonly object[];
    planStatements: readonly Statement[];
  },
): AccountSettings {
  const { account, repository, ids, provider, statements, planStatements } = given;
  const { permissionsBoundary } = environment.blocks.bootstrap;
  return {
    project: environment.project,
    environment: environment.name,
    account,
    tags: environment.tags,
    ...(permissionsBoundary ? { permissionsBoundary } : {}),
    pipeline: {
      provider,
      roleName: deployRoleName(environment),
      subjects: githubSubjects(repository, environment.name, ids),
      statements: narrowed(environment, statements),
      plan: {
        roleName: planRoleName(environment),
        subjects: githubSubjects(repository, planEnvironment(environment.name), ids),
        // Whoever opens a pull request runs what stands in it with this role.
        statements: narrowed(environment, withoutValues(planStatements)),
      },
    },
  };
}
