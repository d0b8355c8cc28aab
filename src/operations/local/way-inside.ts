import type { Session } from '../../context.ts';
import { EMULATOR_HOST } from '../../release/compose-file.ts';
import type { LocalPlan } from './local-plan.ts';
import type { WayInside } from './service-surroundings.ts';

/** How containers reach what the environment lives on: by its name where it is one of them, else through this machine. */
export async function wayInside(
  session: Pick<Session, 'aws' | 'environment' | 'reporter' | 'target'>,
  { emulator }: LocalPlan,
): Promise<WayInside> {
  const { aws, environment, reporter, target } = session;
  const machine = new URL(target.endpoint!);
  machine.hostname = 'host.docker.internal';
  const endpoint = emulator ? `http://${EMULATOR_HOST}:${emulator.ports.container}` : machine.origin;
  if (environment.emulator === 'aws') {
    reporter.warn(
      'The AWS Emulator answers on this machine only, with a certificate for it: services in containers are given no way to it',
    );
    return { endpoint, variables: {} };
  }
  const { accessKeyId, secretAccessKey } = await aws.connection.credentials();
  return {
    endpoint,
    variables: {
      AWS_ENDPOINT_URL: endpoint,
      AWS_REGION: target.region,
      AWS_DEFAULT_REGION: target.region,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
    },
  };
}
