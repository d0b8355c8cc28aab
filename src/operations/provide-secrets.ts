import { randomUUID } from 'node:crypto';
import type { Session } from '../context.ts';
import { generatedSecret, madeUpSecret } from '../release/made-up-secret.ts';
import { contentsOf, mergedSecret } from '../release/secret-contents.ts';
import { fillOffline } from './fill-defaults.ts';
import type { FoundSecrets } from './find-secrets.ts';
import { tagsOf } from './write-secret.ts';

/**
 * Makes the secrets that are missing and that nobody has to give a value for. In a rehearsal, where nobody has pushed
 * any, they get the values of `.env.<environment>` where the file has them, and made-up ones otherwise; so do the keys
 * that have become new since. Answers whether there was anything to make.
 */
export async function provideSecrets(
  { aws, environment, reporter, target }: Pick<Session, 'aws' | 'environment' | 'reporter' | 'target'>,
  { toMake, toExtend }: FoundSecrets,
): Promise<boolean> {
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
  for (const [name, { keys, source, given }] of Object.entries(toExtend)) {
    const value = target.sandbox ? madeUpSecret(name, keys, { given, fill }) : generatedSecret(name, keys, fill);
    const made = contentsOf(name, value);
    const set = made.kind === 'json' ? made.values : new Map();
    const before = (await aws.secrets.value(name))?.text;
    await aws.secrets.put(name, mergedSecret(name, before, { set, remove: [] }), randomUUID());
    reporter.note(
      `Secret ${name} has ${Object.keys(keys).join(', ')} now, ${source === 'generated' ? 'generated' : 'with values for the sandbox only'}`,
    );
  }
  return Object.keys(toMake).length + Object.keys(toExtend).length > 0;
}
