import type { AccountSettings } from '../../infra/account-template.ts';
import { fitName, stackName } from '../../infra/names.ts';
import type { EffectiveEnvironment } from '../config/project.ts';
import { type GithubIds, githubSubjects } from '../domain/github-subject.ts';

/** Longest name of an IAM role. */
const ROLE_NAME = 64;

export const accountStackName = (environment: EffectiveEnvironment): string =>
  stackName(environment.naming.stack, { project: environment.project, env: environment.name, block: 'account' });

/** Fixed, so that a workflow can name it before it is there. */
export const deployRoleName = ({ project, name }: EffectiveEnvironment): string =>
  fitName(`${project}-${name}-pipeline`, ROLE_NAME);

export function accountSettings(
  environment: EffectiveEnvironment,
  given: {
    account: string;
    repository: string;
    ids: GithubIds | undefined;
    provider: 'make' | 'there';
    statements: readonly object[];
  },
): AccountSettings {
  const { account, repository, ids, provider, statements } = given;
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
      statements,
    },
  };
}
