import { randomUUID } from 'node:crypto';
import type { Session } from '../../context.ts';
import { environmentSecrets } from '../../release/environment-secrets.ts';
import { generatedSecret, madeUpSecret } from '../../release/made-up-secret.ts';
import { contentsOf, mergedSecret } from '../../release/secret-contents.ts';
import { audit } from '../audit.ts';
import { fillOffline } from './fill-defaults.ts';
import type { FoundSecrets } from './find-secrets.ts';
import { tagsOf } from './write-secret.ts';

/**
 * Makes the secrets that are missing and that nobody has to give a value for. In a rehearsal, where nobody has pushed
 * any, they get the values of `.env.<environment>` where the file has them, and made-up ones otherwise; so do the keys
 * that have become new since. Answers whether there was anything to make.
 */
export async function provideSecrets(
  session: Pick<Session, 'aws' | 'clock' | 'environment' | 'reporter' | 'target'>,
  { toMake, toExtend }: FoundSecrets,
): Promise<boolean> {
  const { aws, environment, reporter, target } = session;
  const blocks = new Map(environmentSecrets(environment).map((known) => [known.secretName, known.name]));
  // The record of who made a version comes first, with the id that it will have.
  const leaveWord = async (secretName: string, keys: object) => {
    const versionId = randomUUID();
    const thing = `secrets.${blocks.get(secretName) ?? secretName}`;
    await audit(session, { event: 'secret-made', thing, versionId, added: Object.keys(keys) });
    return versionId;
  };
  const fill = fillOffline({ environment });
  for (const [name, { keys, source, given }] of Object.entries(toMake)) {
    const value = target.sandbox ? madeUpSecret(name, keys, { given, fill }) : generatedSecret(name, keys, fill);
    await aws.secrets.create(name, value, { version: await leaveWord(name, keys), tags: tagsOf(environment) });
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
    await aws.secrets.put(name, mergedSecret(name, before, { set, remove: [] }), await leaveWord(name, keys));
    reporter.note(
      `Secret ${name} has ${Object.keys(keys).join(', ')} now, ${source === 'generated' ? 'generated' : 'with values for the sandbox only'}`,
    );
  }
  return Object.keys(toMake).length + Object.keys(toExtend).length > 0;
}
