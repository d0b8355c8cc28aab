import { isAwsHost } from '../../../domain/aws-host.ts';
import { environmentSecrets } from '../../../release/environment-secrets.ts';
import { readSecret } from '../../secrets/look-at-secrets.ts';
import { namedStacks } from '../../stacks/environment-stacks.ts';
import { findStacks } from '../../stacks/named-stacks.ts';
import { stateOf } from '../../state-of.ts';
import { check, type VerifyCheck, type VerifyScene } from './verify-check.ts';

const SETTLED = /^(CREATE|UPDATE|IMPORT)_COMPLETE$/;

/** What everything else stands on: who answers, the stacks, the secrets. */
export async function verifyGround({ session }: VerifyScene): Promise<VerifyCheck[]> {
  const { aws, environment, target } = session;
  const emulator = check(
    session,
    { component: 'emulator', id: 'not-aws', title: 'What answers is on no account of AWS' },
    async () => {
      const { Account = '' } = await aws.sts.callerIdentity();
      const endpoint = target.endpoint ?? 'https://sts.amazonaws.com';
      return isAwsHost(new URL(endpoint).hostname) || Account !== target.account
        ? { wrong: `account ${Account} at ${endpoint}` }
        : `account ${Account} at ${endpoint}`;
    },
  );
  const { state } = await stateOf(session);
  const found = new Map((await findStacks(session, state)).map(({ id, stack }) => [id, stack.StackStatus!]));
  const stacks = namedStacks(session, state)
    .filter(({ id }) => found.has(id))
    .map(({ id }) =>
      check(session, { component: `stacks.${id}`, id: 'complete', title: 'The stack is complete' }, async () =>
        SETTLED.test(found.get(id)!) ? found.get(id)! : { wrong: found.get(id)! },
      ),
    );
  const deployed = check(
    session,
    { component: 'release', id: 'proven', title: 'A deployment has been proven' },
    async () => state.release ?? { wrong: `nothing is: platform local up --env ${environment.name} brings it up` },
  );
  const secrets = environmentSecrets(environment).map(({ name, secretName, source }) =>
    check(session, { component: `secrets.${name}`, id: 'value', title: 'The secret has a value' }, async () => {
      const { state: standing } = await readSecret(session, secretName);
      if (standing === 'live') return source;
      return { wrong: `${secretName} is ${standing}` };
    }),
  );
  return Promise.all([emulator, deployed, ...stacks, ...secrets]);
}
