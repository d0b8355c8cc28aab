import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parse } from 'dotenv';
import type { Session } from '../context.ts';
import { generatedSecret, madeUpSecret } from '../release/made-up-secret.ts';
import type { FoundSecrets } from './find-secrets.ts';

/**
 * Makes the secrets that are missing and that nobody has to give a value for. In a rehearsal, where nobody has pushed
 * any, they get the values of `.env.<environment>` where the file has them, and made-up ones otherwise.
 */
export async function provideSecrets(
  {
    aws,
    environment,
    reporter,
    target,
    workDirectory,
  }: Pick<Session, 'aws' | 'environment' | 'reporter' | 'target' | 'workDirectory'>,
  { toMake }: FoundSecrets,
): Promise<void> {
  let given: Record<string, string> | undefined;
  for (const [name, { keys, source }] of Object.entries(toMake)) {
    if (target.sandbox) given ??= await envFile(join(dirname(workDirectory), `.env.${environment.name}`));
    await aws.secrets.create(name, given ? madeUpSecret(name, keys, given) : generatedSecret(name, keys), {
      'platform:project': environment.project,
      'platform:environment': environment.name,
    });
    reporter.note(
      source === 'generated'
        ? `Secret ${name} was made with generated values`
        : `Secret ${name} has values for the sandbox only`,
    );
  }
}

async function envFile(file: string): Promise<Record<string, string>> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return parse(text);
}
