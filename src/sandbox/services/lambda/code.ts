import { createHash } from 'node:crypto';
import type { FunctionCode } from '@aws-sdk/client-lambda';
import { AwsFault } from '../../kernel/fault.ts';
import type { Call } from '../../kernel/scope.ts';
import { getObject } from '../s3/operations/get-object.ts';
import { invalidParameter, tooLarge } from './refusals.ts';
import type { Code } from './state.ts';
import { readZip } from './zip.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const MOST_ZIPPED = 52_428_800;
export const MOST_UNZIPPED = 262_144_000;

/** Takes a deployment package from the request, from S3, or an image's name. */
export async function takeCode(given: FunctionCode, call: Call): Promise<Code> {
  if (given.ImageUri !== undefined) {
    const sha256 = createHash('sha256').update(given.ImageUri).digest('hex');
    return { sha256, size: 0, imageUri: given.ImageUri };
  }
  if (given.ZipFile !== undefined) {
    if (given.ZipFile.length > MOST_ZIPPED) throw tooLarge(`Zipped size must be smaller than ${MOST_ZIPPED} bytes`);
    return keep(Buffer.from(given.ZipFile), call);
  }
  if (!given.S3Bucket || !given.S3Key) throw invalidParameter('Please provide a source for function code.');
  return keep(await fetchObject(given, call), call);
}

async function fetchObject({ S3Bucket, S3Key, S3ObjectVersion }: FunctionCode, call: Call): Promise<Buffer> {
  try {
    const { Body } = await getObject({ Bucket: S3Bucket, Key: S3Key, VersionId: S3ObjectVersion }, call);
    return Buffer.from(Body!);
  } catch (error) {
    if (!(error instanceof AwsFault)) throw error;
    throw invalidParameter(
      `Error occurred while GetObject. S3 Error Code: ${error.code}. S3 Error Message: ${error.message}`,
    );
  }
}

function keep(archive: Buffer, call: Call): Code {
  const entries = readZip(archive);
  if (!entries)
    throw invalidParameter('Could not unzip uploaded file. Please check your file, then try to upload again.');
  if (entries.reduce((sum, { size }) => sum + size, 0) > MOST_UNZIPPED)
    throw invalidParameter(`Unzipped size must be smaller than ${MOST_UNZIPPED} bytes`);
  return {
    sha256: createHash('sha256').update(archive).digest('base64'),
    size: archive.length,
    blob: call.world.blobs.put(archive),
  };
}
