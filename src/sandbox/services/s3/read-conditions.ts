import { AwsFault } from '../../kernel/fault.ts';
import { preconditionFailed } from './faults.ts';
import { lastModified } from './object-answer.ts';
import type { ObjectVersion } from './state.ts';
import { sameEtag } from './write-conditions.ts';

export interface ReadConditions {
  IfMatch?: string | undefined;
  IfNoneMatch?: string | undefined;
  IfModifiedSince?: Date | undefined;
  IfUnmodifiedSince?: Date | undefined;
}

/**
 * Conditions of GET, HEAD and copies: https://datatracker.ietf.org/doc/html/rfc7232#section-6.
 * Answers with the header that does not hold; an ETag that matches makes dates irrelevant.
 */
export function brokenCondition(conditions: ReadConditions, version: ObjectVersion): keyof ReadConditions | undefined {
  const { IfMatch, IfNoneMatch, IfModifiedSince, IfUnmodifiedSince } = conditions;
  const modified = lastModified(version);
  const matches = (given: string) =>
    given === '*' || given.split(',').some((each) => sameEtag(each.trim(), version.etag));

  if (IfMatch !== undefined) {
    if (!matches(IfMatch)) return 'IfMatch';
  } else if (IfUnmodifiedSince && modified > IfUnmodifiedSince) return 'IfUnmodifiedSince';

  if (IfNoneMatch !== undefined) {
    if (matches(IfNoneMatch)) return 'IfNoneMatch';
  } else if (IfModifiedSince && IfModifiedSince.getTime() <= Date.now() && modified <= IfModifiedSince)
    return 'IfModifiedSince';
  return undefined;
}

const HEADER = {
  IfMatch: 'If-Match',
  IfNoneMatch: 'If-None-Match',
  IfModifiedSince: 'If-Modified-Since',
  IfUnmodifiedSince: 'If-Unmodified-Since',
} as const;

/** GET and HEAD: 412 for what should have matched, 304 for what the client has already. */
export function checkRead(conditions: ReadConditions, version: ObjectVersion): void {
  const broken = brokenCondition(conditions, version);
  if (broken === undefined) return;
  if (broken === 'IfMatch' || broken === 'IfUnmodifiedSince') throw preconditionFailed(HEADER[broken]);
  throw new AwsFault('NotModified', 'Not Modified', { status: 304 });
}

interface CopyConditions {
  CopySourceIfMatch?: string | undefined;
  CopySourceIfNoneMatch?: string | undefined;
  CopySourceIfModifiedSince?: Date | undefined;
  CopySourceIfUnmodifiedSince?: Date | undefined;
}

/** Copies: always 412, and it names the header. A copy that names its ETag still minds the date. */
export function checkCopySource(input: CopyConditions, version: ObjectVersion): void {
  const broken = brokenCopyCondition(input, version);
  if (broken !== undefined) throw preconditionFailed(`x-amz-copy-source-${HEADER[broken]}`);
}

function brokenCopyCondition(input: CopyConditions, version: ObjectVersion): keyof ReadConditions | undefined {
  return brokenCondition(
    {
      IfMatch: input.CopySourceIfMatch,
      IfNoneMatch: input.CopySourceIfNoneMatch,
      IfModifiedSince: input.CopySourceIfModifiedSince,
      IfUnmodifiedSince: input.CopySourceIfUnmodifiedSince,
    },
    version,
  );
}
