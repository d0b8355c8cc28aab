import type { Connection } from '../aws/connection.ts';
import { nodeCredentials } from '../aws/credentials.ts';
import { caBundle } from '../aws/shared-config.ts';
import type { EffectiveEnvironment } from '../config/project.ts';
import type { Context } from '../context.ts';

/** AWS as the AWS CLI would reach it: `--profile` first, then the environment's, then what the SDK finds itself. */
export function realConnection(
  {
    flags,
    prompter,
    reporter,
    signal,
    variables,
  }: Pick<Context, 'flags' | 'prompter' | 'reporter' | 'signal' | 'variables'>,
  environment: Pick<EffectiveEnvironment, 'account' | 'profile' | 'region'>,
): Connection {
  const { region } = environment;
  const profile = flags.profile ?? environment.profile;
  const chosen = profile === undefined ? {} : { profile };
  const authorities = caBundle(profile, variables);
  const trusted = authorities === undefined ? {} : { authorities };
  return {
    account: environment.account ?? '',
    region,
    fenced: false,
    ...chosen,
    ...trusted,
    credentials: nodeCredentials({
      ...chosen,
      ...trusted,
      region,
      variables,
      warn: (text) => reporter.warn(text),
      mfaCode: async (serial) =>
        flags.mfaCode ?? prompter.input({ text: `Code of ${serial}`, flag: '--mfa-code', check: isMfaCode }),
    }),
    signal,
    variables,
  };
}

const isMfaCode = (answer: string): string | undefined =>
  /^\d{6}$/.test(answer) ? undefined : 'six digits, as the device shows them';
