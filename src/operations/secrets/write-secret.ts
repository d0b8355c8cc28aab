import { randomUUID } from 'node:crypto';
import type { Session } from '../../context.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { mergedSecret } from '../../release/secret-contents.ts';
import { Secret } from '../../secret.ts';
import { audit } from '../audit.ts';
import { type LookedSecret, readSecret } from './look-at-secrets.ts';

/** https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html */
const MOST_BYTES = 65_536;

/**
 * Makes a new version of a secret, or the secret with its first one; answers with the version's id. Only under the lock.
 * Throws `secret-overtaken` when it is no longer as it was looked at: merging into what nobody has seen would lose it.
 */
export async function writeSecret(
  session: Pick<Session, 'aws' | 'clock' | 'environment' | 'target'>,
  { known, live, values, contract }: LookedSecret,
): Promise<string> {
  const { aws, environment } = session;
  const { name, secretName } = known;
  const now = await readSecret({ aws }, secretName);
  if (now.state !== live.state || now.versionId !== live.versionId) throw overtaken(secretName);

  const set = new Map(
    [...contract.added, ...contract.changed].map((key) => [
      key,
      values.given.get(key) ?? values.fallback.get(key)?.() ?? new Secret(`${name}#${key}`, ''),
    ]),
  );
  const before = live.contents.kind === 'json' ? live.text : undefined;
  const value = mergedSecret(secretName, before, { set, remove: contract.removed });
  if (Buffer.byteLength(value.reveal()) > MOST_BYTES) throw tooLarge(secretName);

  // The version's id is ours to choose, so that the record of who made it can come first.
  const versionId = randomUUID();
  const { added, changed, removed } = contract;
  await audit(session, { event: 'secret-pushed', thing: `secrets.${name}`, versionId, added, changed, removed });
  if (live.state === 'absent')
    await aws.secrets.create(secretName, value, { version: versionId, tags: tagsOf(environment) });
  else await aws.secrets.put(secretName, value, versionId);
  return versionId;
}

export const tagsOf = ({ project, name }: Session['environment']): Record<string, string> => ({
  'platform:project': project,
  'platform:environment': name,
});

const overtaken = (secretName: string) =>
  new PlatformError({
    id: 'secret-overtaken',
    kind: 'failed',
    message: `Somebody has changed secret ${secretName} since it was looked at; it was left as it is`,
    remedy: 'run this again: it compares anew',
  });

const tooLarge = (secretName: string) =>
  new PlatformError({
    id: 'secret-too-large',
    kind: 'failed',
    message: `Secret ${secretName} would be larger than the 64 KiB that Secrets Manager takes; it was left as it is`,
    remedy: 'move some of its keys to a secret of their own',
  });
