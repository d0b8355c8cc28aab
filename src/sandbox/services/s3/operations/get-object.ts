import type {
  GetObjectCommandInput,
  GetObjectOutput,
  HeadObjectCommandInput,
  HeadObjectOutput,
} from '@aws-sdk/client-s3';
import type { Call, Operation } from '../../../kernel/scope.ts';
import { findBucket } from '../find-bucket.ts';
import { describedAnswer } from '../object-answer.ts';
import { type Range, rangeOf } from '../range.ts';
import { checkRead } from '../read-conditions.ts';
import type { ObjectVersion } from '../state.ts';
import { readVersion } from '../versions.ts';

type Input = GetObjectCommandInput | HeadObjectCommandInput;

const OVERRIDES = {
  ResponseCacheControl: 'CacheControl',
  ResponseContentDisposition: 'ContentDisposition',
  ResponseContentEncoding: 'ContentEncoding',
  ResponseContentLanguage: 'ContentLanguage',
  ResponseContentType: 'ContentType',
} as const;

function describe(input: Input, call: Call, method: 'GET' | 'HEAD') {
  const bucket = findBucket(input, call);
  const version = readVersion(call, bucket, { ...input, method });
  checkRead(input, version);
  const range =
    input.PartNumber === undefined ? rangeOf(input.Range, version.size) : partRange(input.PartNumber, version);
  const whole = !range || range.last - range.first + 1 === version.size;
  const answer: Record<string, unknown> = describedAnswer(bucket, version, whole && input.ChecksumMode === 'ENABLED');
  if (range) {
    answer.ContentLength = range.last - range.first + 1;
    answer.ContentRange = `bytes ${range.first}-${range.last}/${version.size}`;
    answer.$status = 206;
  }
  if (input.PartNumber !== undefined && version.parts) answer.PartsCount = version.parts.length;
  for (const [given, header] of Object.entries(OVERRIDES))
    if (given in input) answer[header] = input[given as keyof Input];
  return { version, range, answer };
}

/** A part of a multipart object as it was uploaded; of any other object its first part is the whole. */
function partRange(partNumber: number, { parts, size }: ObjectVersion): Range | undefined {
  if (!parts) return rangeOf(partNumber === 1 ? undefined : `bytes=${size}-`, size);
  let first = 0;
  for (const part of parts) {
    if (part.number === partNumber) return { first, last: first + part.size - 1 };
    first += part.size;
  }
  return rangeOf(`bytes=${size}-`, size);
}

export const headObject: Operation<HeadObjectCommandInput, HeadObjectOutput> = (input, call) =>
  describe(input, call, 'HEAD').answer as HeadObjectOutput;

type Output = Omit<GetObjectOutput, 'Body'> & { Body?: Uint8Array };

export const getObject: Operation<GetObjectCommandInput, Output> = (input, call) => {
  const { version, range, answer } = describe(input, call, 'GET');
  const bytes = call.world.blobs.get(version.blob);
  return { ...answer, Body: range ? bytes.subarray(range.first, range.last + 1) : bytes };
};
