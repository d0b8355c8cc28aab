import type { ResourceChange } from '@aws-sdk/client-cloudformation';
import { hasPipelines, keepingLogRole, LOG_ROLE_ID } from '../../../infra/account-log-role.ts';
import { AWS_AUDIENCE, accountOutputs, accountTemplate, providerArn } from '../../../infra/account-template.ts';
import type { Session } from '../../context.ts';
import { githubIds } from '../../process/github.ts';
import { accountSettings, deployRoleName, planRoleName } from '../../release/account-settings.ts';
import { canonicalJson } from '../../release/canonical-json.ts';
import { mergedStatements, type Statement } from '../../release/merged-statements.ts';
import { runChangeSet } from '../change-sets/run-change-set.ts';
import { iamPolicies } from '../project/iam-policies.ts';
import { stackOutputs } from '../stacks/stack-outputs.ts';
import { accountRefused, accountRoleTaken, accountStuck, STUCK, whyNotBrought } from './account-errors.ts';
import { accountStack, accountTemplateOf, findAccountStack, settledAccountStack } from './account-stack.ts';
import { lookAtTrust } from './look-at-trust.ts';

export interface BringAccountInput {
  /** `OWNER/REPOSITORY`, where pipelines run. */
  repository: string;
  /** GitHub's numbers, where the caller knows them; else gh is asked. */
  ids?: { owner: string; repository: string };
}

/** The contract of `ci oidc --json`. */
export interface AccountOutcome {
  environment: string;
  account: string;
  stack: string;
  action: 'create' | 'update' | 'none';
  /** `there`: made by somebody else, and used as it is. */
  provider: 'made' | 'there';
  /** The provider did not let tokens for AWS in, and now does. */
  audienceAdded: boolean;
  role: string;
  /** Puts a plan together, and can change nothing. */
  planRole: string;
  subjects: readonly string[];
  /** The ids of the repository are not known: only the subject by name is trusted. */
  idsUnknown: boolean;
  dryRun: boolean;
}

/** Has pipelines of a repository deploy one environment, without a key that lasts. Safe to run again. */
export async function bringAccount(session: Session, input: BringAccountInput): Promise<AccountOutcome> {
  const { aws, environment, flags, prompter, reporter, target } = session;
  const ids =
    input.ids ?? (await githubIds(input.repository, { directory: session.directory, env: session.variables }));
  const { stackName } = accountStack(session);
  const looked = await reporter.step('Looking at the account', async (say) => {
    const [found, provider, trust] = await Promise.all([
      flags.dryRun ? findAccountStack(session) : settledAccountStack(session, say),
      aws.iam.oidcProvider(providerArn(target.account)),
      lookAtTrust(session, input.repository),
    ]);
    const resources = found === undefined ? [] : await aws.cloudFormation.resources(stackName);
    return { found, provider, trust, resources, standing: await accountTemplateOf(session, found) };
  });
  const { found, provider, trust, resources, standing } = looked;
  const isOurs = resources.some(({ ResourceType }) => ResourceType === 'AWS::IAM::OIDCProvider');
  const status = found?.stack.StackStatus ?? '';
  const again = `platform ci oidc --env ${environment.name}`;
  if (STUCK.test(status)) throw accountStuck(stackName, status, { flags: `--env ${environment.name}`, again });
  if (trust.trust !== undefined && !resources.some(({ PhysicalResourceId }) => PhysicalResourceId === trust.roleName))
    throw accountRoleTaken(trust.roleName, stackName, again);

  const settings = accountSettings(environment, {
    account: target.account,
    repository: input.repository,
    ids,
    provider: provider && !isOurs ? 'there' : 'make',
    ...(await statementsOf(session, target.account)),
  });
  const missesAudience = provider !== undefined && !provider.clientIds.includes(AWS_AUDIENCE);
  const { subjects } = settings.pipeline;
  const common = {
    environment: environment.name,
    account: target.account,
    stack: stackName,
    provider: provider && !isOurs ? ('there' as const) : ('made' as const),
    audienceAdded: missesAudience,
    role: `arn:aws:iam::${target.account}:role/${deployRoleName(environment)}`,
    planRole: `arn:aws:iam::${target.account}:role/${planRoleName(environment)}`,
    subjects,
    idsUnknown: ids === undefined,
    dryRun: flags.dryRun,
  };
  const template = keepingLogRole(accountTemplate(settings), standing);
  // What was changed by hand in a role differs from no template: CloudFormation is told to look at the role itself.
  const isEdited = canonicalJson(standing) === canonicalJson(template) && trust.trouble.length > 0;
  const isSame = canonicalJson(standing) === canonicalJson(template) && !isEdited;
  const action = isSame ? 'none' : standing ? 'update' : 'create';
  if (ids === undefined)
    reporter.warn(
      `the ids of ${input.repository} are not known, so repositories made or renamed since July 15 2026 are not let in: sign in with gh auth login, or give --owner-id and --repository-id`,
    );
  reporter.note(`${subjects.join('\n')}\nmay deploy ${environment.name} with the role ${deployRoleName(environment)}`);
  if (flags.dryRun || (isSame && !missesAudience)) return { ...common, action };

  await prompter.ask({
    text: `${hasPipelines(standing) ? 'Change how' : 'Let'} pipelines deploy ${environment.name}?`,
  });
  if (missesAudience) await aws.iam.addClientId(providerArn(target.account), AWS_AUDIENCE);
  if (isSame) return { ...common, action };
  const ended = await reporter.step(`Bringing ${stackName}`, (say) =>
    runChangeSet(
      session,
      { region: target.region, stackName },
      {
        ChangeSetType: standing ? 'UPDATE' : 'CREATE',
        ...(isEdited ? { DeploymentMode: 'REVERT_DRIFT' as const } : {}),
        TemplateBody: JSON.stringify(template),
        Tags: Object.entries(environment.tags).map(([Key, Value]) => ({ Key, Value })),
      },
      { say, object: losesLogRole },
    ),
  );
  const why = whyNotBrought(ended);
  if (why !== undefined) throw accountRefused(stackName, why, again);
  const told = stackOutputs((await aws.cloudFormation.stack(stackName))!);
  return { ...common, role: told[accountOutputs.deployRoleArn] ?? common.role, action };
}

/** What `doctor --policy` prints for whoever looks and deploys, and the roles that its migrations run with (F-131). */
async function statementsOf(
  session: Session,
  account: string,
): Promise<{ statements: Statement[]; planStatements: Statement[] }> {
  const policies = await iamPolicies(session);
  const of = (...wanted: string[]) => {
    const found = policies.filter(({ id }) => wanted.includes(id)).flatMap(({ policy }) => policy.Statement);
    return mergedStatements(JSON.parse(JSON.stringify(found).replaceAll('<account>', account)) as object[]);
  };
  return { statements: of('look', 'deploy'), planStatements: of('look') };
}

/** Made of a template that a deployment has put the role into since it was read. */
const losesLogRole = (changes: readonly ResourceChange[]): string | undefined =>
  changes.some(({ Action, LogicalResourceId }) => Action === 'Remove' && LogicalResourceId === LOG_ROLE_ID)
    ? 'a deployment has put the role for the logs of APIs into it meanwhile'
    : undefined;
