import type { Session } from '../../context.ts';
import { lazyLock } from '../locks/hold-lock.ts';
import { pushedSecrets } from './look-at-secrets.ts';
import { tagsOf } from './write-secret.ts';

/**
 * Makes the secrets that an env file fills and that are not there, without a value: nothing can start with a
 * placeholder (F-93), because a deployment wants the keys. Answers with the names of those it made.
 */
export async function createSecrets(session: Session): Promise<string[]> {
  const { aws, environment, flags, prompter, reporter, target } = session;
  const lock = await lazyLock(session, { command: 'secrets init --remote' });
  try {
    const found = await Promise.all(
      pushedSecrets(environment).map(async (known) => ({ known, live: await aws.secrets.describe(known.secretName) })),
    );
    for (const { known, live } of found)
      if (live?.DeletedDate)
        reporter.warn(
          `secret ${known.secretName} is scheduled for deletion: platform secrets restore ${known.name} takes it back`,
        );
    const absent = found.filter(({ live }) => live === undefined).map(({ known }) => known.secretName);
    if (absent.length === 0) return [];
    await prompter.ask({
      text: `Make ${absent.join(', ')} without a value in ${environment.name} (${target.sandbox ? 'sandbox, ' : ''}account ${target.account}, ${target.region})?`,
    });
    if (flags.dryRun) return absent;
    await lock.take();
    for (const secretName of absent) {
      lock.check();
      await aws.secrets.create(secretName, undefined, { tags: tagsOf(environment) });
    }
    return absent;
  } finally {
    await lock.release();
  }
}
