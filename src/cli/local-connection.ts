import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Connection } from '../aws/connection.ts';
import { emulatorCredentials } from '../aws/emulator-credentials.ts';
import type { EffectiveEnvironment } from '../config/project.ts';
import type { Context } from '../context.ts';
import { isAwsHost } from '../domain/aws-host.ts';
import { emulatorPort } from '../domain/emulators.ts';
import { EMULATED_ACCOUNT } from '../domain/sandbox-account.ts';
import { PlatformError } from '../errors/platform-error.ts';

const AWS_EMULATOR_PORT = 9297;

/**
 * An emulator on this machine. AWS's own writes its keys, a `config` and its certificate under
 * `~/.aws/emulator/<port>` (its user guide, November 2026); the others take any keys.
 */
export function localConnection(
  { signal, variables }: Pick<Context, 'signal' | 'variables'>,
  {
    name,
    account,
    region,
    endpoint,
    emulator,
  }: Pick<EffectiveEnvironment, 'name' | 'account' | 'region' | 'endpoint' | 'emulator'>,
): Connection {
  const common = { account: account ?? EMULATED_ACCOUNT, region, fenced: true, signal, variables };
  if (endpoint !== undefined && isAwsHost(new URL(endpoint).hostname)) throw endpointOfAws(name, endpoint);
  if (emulator !== 'aws') {
    const any = async () => ({ accessKeyId: 'test', secretAccessKey: 'test' });
    return { ...common, endpoint: endpoint ?? `http://127.0.0.1:${emulatorPort(emulator)}`, credentials: any };
  }
  const address = endpoint ?? `https://127.0.0.1:${AWS_EMULATOR_PORT}`;
  const folder = join(variables.HOME ?? homedir(), '.aws', 'emulator', new URL(address).port || '443');
  if (!existsSync(join(folder, 'config'))) throw emulatorNotStarted(name, folder);
  return {
    ...common,
    endpoint: address,
    credentials: emulatorCredentials(folder),
    authorities: join(folder, 'ca.pem'),
  };
}

const emulatorNotStarted = (environment: string, folder: string) =>
  new PlatformError({
    id: 'emulator-not-started',
    kind: 'failed',
    message: `The environment ${environment} lives on the AWS Emulator, which has left no keys in ${folder}`,
    remedy: 'start it (aws-emulator), or name another one: emulator: sandbox in platform.yaml needs nothing',
  });

/** Nothing that is done in an environment of kind local may cost money, or change what others see. */
const endpointOfAws = (environment: string, endpoint: string) =>
  new PlatformError({
    id: 'endpoint-of-aws',
    kind: 'usage',
    message: `The environment ${environment} is of kind local, but ${endpoint} is AWS itself`,
    remedy: 'name the address of an emulator, or give the environment another kind',
  });
