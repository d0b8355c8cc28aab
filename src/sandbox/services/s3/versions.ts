import type { Call } from '../../kernel/scope.ts';
import type { World } from '../../kernel/world.ts';
import { invalidArgument, methodNotAllowed, noSuchKey, noSuchVersion } from './faults.ts';
import { type BucketRow, current, isVersionId, newVersionId, type ObjectVersion, older, uploads } from './state.ts';

const placeOf = ({ key, at }: ObjectVersion): string => `${key}\u0000${String(at).padStart(16, '0')}`;

/** All versions of a key, newest first. */
export function versionsOf(world: World, bucket: string, key: string): ObjectVersion[] {
  const newest = current(world, bucket).get(key);
  if (!newest) return [];
  const before = older(world, bucket)
    .values()
    .filter((version) => version.key === key)
    .sort((a, b) => b.at - a.at);
  return [newest, ...before];
}

/** Puts a version on top of its key, as the bucket's versioning has it; answers with it as it is kept. */
export function addVersion(
  { world }: Pick<Call, 'world'>,
  bucket: BucketRow,
  version: Omit<ObjectVersion, 'versionId' | 'at'>,
): ObjectVersion {
  const now = current(world, bucket.name);
  const before = older(world, bucket.name);
  const top = now.get(version.key);
  const versionId = bucket.versioning === 'Enabled' ? newVersionId() : 'null';
  if (versionId === 'null') {
    const replaced = before.values().find(({ key, versionId: id }) => key === version.key && id === 'null');
    if (replaced) before.delete(placeOf(replaced));
  }
  if (top && (versionId !== 'null' || top.versionId !== 'null')) before.put(placeOf(top), top);
  noteForUploads(world, bucket.name, version.key, version.deleteMarker);
  return now.put(version.key, { ...version, versionId, at: world.clock.stamp() });
}

/** Takes one version away for good; the next older one comes to the top. */
export function removeVersion({ world }: Pick<Call, 'world'>, bucket: BucketRow, version: ObjectVersion): void {
  const [top, next] = versionsOf(world, bucket.name, version.key);
  if (top?.versionId !== version.versionId) {
    older(world, bucket.name).delete(placeOf(version));
    return;
  }
  current(world, bucket.name).delete(version.key);
  noteForUploads(world, bucket.name, version.key, true);
  if (next) {
    older(world, bucket.name).delete(placeOf(next));
    current(world, bucket.name).put(version.key, next);
  }
}

function noteForUploads(world: World, bucket: string, key: string, deleted: boolean): void {
  for (const upload of uploads(world, bucket).values())
    if (upload.key === key)
      uploads(world, bucket).update(upload.id, (draft) => {
        if (deleted) draft.deletedSince = true;
        else draft.writtenSince = true;
      });
}

/** A version by its id, delete markers too; undefined when there is none. Refuses ids that cannot be. */
export function versionNamed(
  { world }: Pick<Call, 'world'>,
  bucket: BucketRow,
  key: string,
  versionId: string,
): ObjectVersion | undefined {
  const possible = bucket.versioning === undefined ? versionId === 'null' : isVersionId(versionId);
  if (!possible) throw invalidArgument('Invalid version id specified', 'versionId', versionId);
  return versionsOf(world, bucket.name, key).find((version) => version.versionId === versionId);
}

/** The object that a read means; throws as S3 does for what is missing, deleted, or a delete marker. */
export function readVersion(
  call: Pick<Call, 'world'>,
  bucket: BucketRow,
  { Key = '', VersionId, method }: { Key?: string | undefined; VersionId?: string | undefined; method: string },
): ObjectVersion {
  if (VersionId !== undefined) {
    const version = versionNamed(call, bucket, Key, VersionId);
    if (!version) throw noSuchVersion(Key, VersionId);
    if (version.deleteMarker) throw methodNotAllowed(method, VersionId);
    return version;
  }
  const version = current(call.world, bucket.name).get(Key);
  if (!version) throw noSuchKey(Key);
  if (version.deleteMarker) throw noSuchKey(Key, version);
  return version;
}

/** What answers say of a version: nothing in a bucket that never had versioning. */
export const versionIdMember = (bucket: BucketRow, { versionId }: ObjectVersion): { VersionId?: string } =>
  bucket.versioning === undefined ? {} : { VersionId: versionId };
