import { AWS_AUDIENCE, providerArn } from '../../../infra/account-template.ts';
import type { Session } from '../../context.ts';
import { type SubjectTrouble, troubleWithTrust } from '../../domain/github-subject.ts';
import { githubIds } from '../../process/github.ts';
import { deployRoleName } from '../../release/account-settings.ts';

export interface TrustLook {
  roleName: string;
  /** As IAM has it; undefined: there is no such role. */
  trust: string | undefined;
  /** Audiences of the account's provider; undefined: there is none. */
  audiences: readonly string[] | undefined;
  trouble: readonly SubjectTrouble[];
}

/** Whether the jobs of a repository can put on the role that deploys an environment (F-127, F-128). Only looks. */
export async function lookAtTrust(session: Session, repository: string): Promise<TrustLook> {
  const { aws, environment, target } = session;
  const roleName = deployRoleName(environment);
  const [role, provider, ids] = await Promise.all([
    aws.iam.role(roleName),
    aws.iam.oidcProvider(providerArn(target.account)),
    githubIds(repository, { directory: session.directory, env: session.variables }),
  ]);
  const trust = role?.AssumeRolePolicyDocument && decodeURIComponent(role.AssumeRolePolicyDocument);
  return {
    roleName,
    trust,
    audiences: provider?.clientIds,
    trouble:
      trust === undefined
        ? []
        : troubleWithTrust(JSON.parse(trust), {
            repository,
            environment: environment.name,
            ...(ids ? { ids } : {}),
          }),
  };
}

export const takesTokensForAws = (audiences: readonly string[] | undefined): boolean =>
  audiences?.includes(AWS_AUDIENCE) ?? false;
