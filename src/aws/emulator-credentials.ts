import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Credentials } from './connection.ts';

/** Keys that the AWS Emulator left in its folder; read anew each time, because it makes new ones at each start. */
export function emulatorCredentials(folder: string): Credentials {
  return async (...input) => {
    const { fromIni } = await import('@aws-sdk/credential-providers');
    const config = join(folder, 'config');
    const credentials = join(folder, 'credentials');
    const filepath = existsSync(credentials) ? credentials : config;
    return fromIni({ profile: 'default', configFilepath: config, filepath, ignoreCache: true })(...input);
  };
}
