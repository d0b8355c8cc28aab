import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CreateSecretCommand, GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type StartPlatformOptions, startPlatform } from './start-platform.ts';

/** A project that is not deployed, with its `.env.dev` and a client of Secrets Manager. */
export async function startSecretProject(yaml: string, env: string, options: StartPlatformOptions = {}) {
  const project = await startPlatform({ yaml, files: { '.env.dev': env }, ...options });
  const sm = project.aws.client(SecretsManagerClient);
  return {
    ...project,
    sm,
    /** The values that a secret holds. */
    stored: async (SecretId = 'demo/dev/app') => {
      const { SecretString } = await sm.send(new GetSecretValueCommand({ SecretId }));
      return JSON.parse(SecretString!);
    },
    /** Writes the env file, or another beside it. */
    file: (text: string, name = '.env.dev') => writeFileSync(join(project.directory, name), text),
    create: (value: string, Name = 'demo/dev/app') => sm.send(new CreateSecretCommand({ Name, SecretString: value })),
    /** Operations that change something, since `calls` was emptied. */
    writes: () =>
      project.aws.calls
        .map(({ operation }) => operation)
        .filter((operation) => !/^(Describe|Get|Head|List)/.test(operation)),
  };
}
