import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Connection } from '../aws/connection.ts';
import { emulatorCredentials } from '../aws/emulator-credentials.ts';
import type { EffectiveEnvironment } from '../config/project.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors/platform-error.ts';

/** The account of every emulator, which no real one can have: the fence around `kind: local`. */
const EMULATED_ACCOUNT = '000000000000';
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
  const kind = emulator ?? (endpoint === undefined ? 'aws' : undefined);
  if (kind !== 'aws') {
    const any = async () => ({ accessKeyId: 'test', secretAccessKey: 'test' });
    return { ...common, endpoint: endpoint ?? addressOf(kind!), credentials: any };
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

function addressOf(emulator: Exclude<NonNullable<EffectiveEnvironment['emulator']>, 'aws'>): string {
  return emulator === 'moto' ? 'http://127.0.0.1:5000' : 'http://127.0.0.1:4566';
}

const emulatorNotStarted = (environment: string, folder: string) =>
  new PlatformError({
    id: 'emulator-not-started',
    kind: 'failed',
    message: `The environment ${environment} lives on the AWS Emulator, which has left no keys in ${folder}`,
    remedy: 'start it (aws-emulator), or name another one: emulator: localstack in platform.yaml',
  });
