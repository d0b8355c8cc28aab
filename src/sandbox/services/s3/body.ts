import { createHash, randomBytes } from 'node:crypto';
import { AwsFault } from '../../kernel/fault.ts';
import { ALGORITHMS, type Checksum, type ChecksumAlgorithm, checksumOf } from './checksums.ts';
import type { Encryption } from './state.ts';

/** What S3 adds of its own when the client sends no checksum. */
const DEFAULT_ALGORITHM: ChecksumAlgorithm = 'CRC64NVME';

/** The client's checksum of a body, verified, or the one that S3 makes itself. */
export function checksumOfBody(
  input: Record<string, unknown>,
  bytes: Uint8Array,
  wanted: ChecksumAlgorithm = DEFAULT_ALGORITHM,
): Checksum {
  const md5 = input.ContentMD5 as string | undefined;
  if (md5 !== undefined && md5 !== createHash('md5').update(bytes).digest('base64'))
    throw new AwsFault('BadDigest', 'The Content-MD5 you specified did not match what we received.');

  const given = ALGORITHMS.find((algorithm) => input[`Checksum${algorithm}`] !== undefined);
  const algorithm = given ?? wanted;
  const value = checksumOf(algorithm, bytes);
  if (given && value !== input[`Checksum${given}`])
    throw new AwsFault('BadDigest', `The ${given} you specified did not match the calculated checksum.`);
  return { algorithm, value, type: 'FULL_OBJECT' };
}

/** MD5 of the body, except under KMS keys, where it tells nothing. */
export const etagOf = (bytes: Uint8Array, { ServerSideEncryption }: Encryption): string =>
  ServerSideEncryption === 'AES256' ? createHash('md5').update(bytes).digest('hex') : randomBytes(16).toString('hex');
