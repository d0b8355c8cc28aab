import { AwsFault } from '../../kernel/fault.ts';
import type { Scope } from '../../kernel/scope.ts';
import { invalidParameter, requireValid } from './refusals.ts';
import { putStages } from './stages.ts';
import { type SecretRow, secrets, type VersionRow } from './state.ts';

interface GivenValue {
  SecretString?: string | undefined;
  SecretBinary?: Uint8Array | undefined;
}

export const hasValue = ({ SecretString, SecretBinary }: GivenValue): boolean =>
  SecretString !== undefined || SecretBinary !== undefined;

export const isEmpty = ({ string, binary }: VersionRow): boolean => string === undefined && binary === undefined;

export function checkValue({ SecretString, SecretBinary }: GivenValue): void {
  if (SecretString !== undefined && SecretBinary !== undefined)
    throw invalidParameter(
      "You can't specify both a binary secret value and a string secret value in the same secret.",
    );
  requireValid(['secretString', SecretString, { length: [1, 65536] }]);
  if (SecretBinary !== undefined && (SecretBinary.length < 1 || SecretBinary.length > 65536))
    throw invalidParameter('The secret value must be 1-65536 bytes long.');
}

/**
 * Adds a version under the id that the client chose and labels it. The same call again changes nothing; the same id
 * with another value is refused (API reference, PutSecretValue, ClientRequestToken).
 */
export function addVersion(
  secret: SecretRow,
  { id, value, stages }: { id: string; value: GivenValue; stages: readonly string[] },
  scope: Scope,
): SecretRow {
  const binary = value.SecretBinary && Buffer.from(value.SecretBinary).toString('base64');
  const found = secret.versions.find((version) => version.id === id);
  // A rotation begins with a version that has its label and no value yet.
  const existing = found && isEmpty(found) ? undefined : found;
  if (existing && (existing.string !== value.SecretString || existing.binary !== binary))
    throw new AwsFault(
      'ResourceExistsException',
      `You can't use ClientRequestToken ${id} because that value is already in use for a version of secret ${secret.arn}.`,
    );
  if (existing) return secret;

  const created = scope.world.clock.stamp();
  return secrets.in(scope).update(secret.arn, (draft) => {
    const contents = {
      ...(value.SecretString !== undefined && { string: value.SecretString }),
      ...(binary !== undefined && { binary }),
    };
    const empty = draft.versions.find((version) => version.id === id);
    if (empty) Object.assign(empty, contents);
    else draft.versions.push({ id, stages: [], created, ...contents });
    putStages(draft, id, stages);
    draft.changed = created;
    // Labelled versions stay; of the others the newest hundred (user guide, "Secret versions").
    const deprecated = draft.versions.filter((version) => version.stages.length === 0);
    const gone = new Set(deprecated.slice(0, Math.max(0, deprecated.length - 100)).map((version) => version.id));
    draft.versions = draft.versions.filter((version) => !gone.has(version.id));
  });
}
