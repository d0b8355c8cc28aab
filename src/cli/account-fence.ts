import type { Aws } from '../aws/aws.ts';
import { profilesOf } from '../aws/shared-config.ts';
import type { EffectiveEnvironment } from '../config/project.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors/platform-error.ts';

/**
 * The first call of every command that touches AWS: who are we? Nothing else is asked before the answer fits the
 * environment, so that a wrong profile can neither read nor change anything (F-32).
 */
export async function passFence(
  { sts, account }: Aws,
  environment: EffectiveEnvironment,
  { variables }: Pick<Context, 'variables'>,
): Promise<{ account: string; principal: string }> {
  const { Account = '', Arn = '' } = await sts.callerIdentity();
  const expected = environment.account ?? account;
  if (expected !== '' && Account !== expected) throw mismatch(environment, { expected, Account, Arn, variables });
  return { account: Account, principal: Arn };
}

function mismatch(
  { name, sandboxed, kind }: EffectiveEnvironment,
  {
    expected,
    Account,
    Arn,
    variables,
  }: { expected: string; Account: string; Arn: string; variables: Context['variables'] },
) {
  const fitting = sandboxed || kind === 'local' ? [] : profilesOf(expected, variables);
  return new PlatformError({
    id: 'account-mismatch',
    kind: 'credentials',
    message: `The environment ${name} belongs to account ${expected}, but the credentials are for ${Account} (${Arn})`,
    remedy:
      fitting.length > 0
        ? `use a profile of that account: --profile ${fitting.join(' | ')}`
        : `sign in to account ${expected} (--profile <name>), or correct environments.${name}.account`,
  });
}
