import { conditionalConflict, noSuchKey, notImplemented, preconditionFailed } from './faults.ts';
import type { ObjectVersion, UploadRow } from './state.ts';

export interface WriteConditions {
  IfMatch?: string | undefined;
  IfNoneMatch?: string | undefined;
}

const REFUSED_VALUE = (header: string) =>
  notImplemented(header, `We don't accept the provided value of ${header} header for this API`);

/**
 * Conditional writes, as S3 has them since 2024: `If-None-Match: *` creates, `If-Match: <etag>` replaces.
 * With an upload, also what happened to the key while it was under way.
 */
export function checkWrite(
  { IfMatch, IfNoneMatch }: WriteConditions,
  key: string,
  top: ObjectVersion | undefined,
  upload?: UploadRow,
): void {
  if (IfMatch !== undefined && IfNoneMatch !== undefined)
    throw notImplemented('If-Match,If-None-Match', 'Multiple conditional request headers present in the request');

  if (IfNoneMatch !== undefined) {
    if (IfNoneMatch !== '*') throw REFUSED_VALUE('If-None-Match');
    if (top && !top.deleteMarker) throw preconditionFailed('If-None-Match');
    if (upload?.deletedSince) throw conditionalConflict('If-None-Match', key);
  }
  if (IfMatch !== undefined) {
    if (IfMatch === '*') throw REFUSED_VALUE('If-Match');
    if (!top || top.deleteMarker) throw noSuchKey(key);
    if (!sameEtag(IfMatch, top.etag)) throw preconditionFailed('If-Match');
    if (upload?.writtenSince) throw conditionalConflict('If-Match', key);
  }
}

/** Clients quote ETags or do not. */
export const sameEtag = (given: string, etag: string): boolean => given.replace(/^"|"$/g, '') === etag;
