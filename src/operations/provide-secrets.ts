import type { Session } from '../context.ts';
import { generatedSecret, madeUpSecret } from '../release/made-up-secret.ts';
import { fillOffline } from './fill-defaults.ts';
import type { FoundSecrets } from './find-secrets.ts';
import { tagsOf } from './write-secret.ts';

/**
 * Makes the secrets that are missing and that nobody has to give a value for. In a rehearsal, where nobody has pushed
 * any, they get the values of `.env.<environment>` where the file has them, and made-up ones otherwise.
 */
export async function provideSecrets(
  { aws, environment, reporter, target }: Pick<Session, 'aws' | 'environment' | 'reporter' | 'target'>,
  { toMake }: FoundSecrets,
): Promise<void> {
  const fill = fillOffline({ environment });
  for (const [name, { keys, source, given }] of Object.entries(toMake)) {
    const value = target.sandbox ? madeUpSecret(name, keys, { given, fill }) : generatedSecret(name, keys, fill);
    await aws.secrets.create(name, value, { tags: tagsOf(environment) });
    reporter.note(
      source === 'generated'
        ? `Secret ${name} was made with generated values`
        : `Secret ${name} has values for the sandbox only`,
    );
  }
}
