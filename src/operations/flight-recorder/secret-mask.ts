import type { Session } from '../../context.ts';
import { environmentSecrets } from '../../release/environment-secrets.ts';
import { pemVariables, readEnvFile } from '../read-env-file.ts';

/**
 * Takes the values of `.env.<environment>` out of a text: a program may print one without anything by which it could be
 * told for a secret. Where the file is not there, or is wrong, only their shapes give values away.
 */
export async function secretMask(
  session: Pick<Session, 'environment' | 'workDirectory'>,
): Promise<(text: string) => string> {
  const pushed = environmentSecrets(session.environment).filter(({ source }) => source === 'env-file');
  const variables = new Set(pushed.flatMap(({ keys }) => Object.entries(keys).map(([key, { from = key }]) => from)));
  if (variables.size === 0) return (text) => text;
  const file = await readEnvFile(session, pemVariables(pushed)).catch(() => undefined);
  const secrets = [...(file?.values ?? [])].flatMap(([key, { secret }]) => (variables.has(key) ? [secret] : []));
  return (text) => secrets.reduce((so, secret) => secret.hideIn(so), text);
}
