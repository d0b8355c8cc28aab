import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parse } from 'dotenv';
import type { AppSettings } from '../../infra/settings.ts';
import type { Session } from '../context.ts';
import { madeUpSecret } from '../release/made-up-secret.ts';

/**
 * In a rehearsal nobody has pushed secrets: those that are missing get the values of `.env.<environment>` where the
 * file has them, and made-up ones otherwise. Secrets that exist are left alone.
 */
export async function provideSandboxSecrets(
  { aws, environment, reporter, workDirectory }: Pick<Session, 'aws' | 'environment' | 'reporter' | 'workDirectory'>,
  settings: AppSettings,
): Promise<void> {
  let given: Record<string, string> | undefined;
  for (const [block, secret] of Object.entries(settings.secrets)) {
    const declared = environment.blocks.secrets[block];
    if (secret.source !== 'referenced' || !('secretName' in secret) || !declared) continue;
    if (await aws.secrets.describe(secret.secretName)) continue;
    given ??= await envFile(join(dirname(workDirectory), `.env.${environment.name}`));
    await aws.secrets.create(secret.secretName, madeUpSecret(secret.secretName, declared.keys, given));
    reporter.note(`Secret ${secret.secretName} has values for the sandbox only`);
  }
}

async function envFile(file: string): Promise<Record<string, string>> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return parse(text);
}
