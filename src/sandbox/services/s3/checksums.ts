import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

export type ChecksumAlgorithm = 'CRC32' | 'CRC32C' | 'CRC64NVME' | 'SHA1' | 'SHA256';

export interface Checksum {
  algorithm: ChecksumAlgorithm;
  /** Base64; with `-<parts>` when composite. */
  value: string;
  type: 'FULL_OBJECT' | 'COMPOSITE';
}

export const ALGORITHMS: readonly ChecksumAlgorithm[] = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'];

/** Base64 of the checksum, big-endian, as S3 writes it. */
export function checksumOf(algorithm: ChecksumAlgorithm, bytes: Uint8Array): string {
  switch (algorithm) {
    case 'SHA1':
      return createHash('sha1').update(bytes).digest('base64');
    case 'SHA256':
      return createHash('sha256').update(bytes).digest('base64');
    case 'CRC32':
      return bigEndian32(crc32(bytes));
    case 'CRC32C':
      return bigEndian32(crc32c(bytes));
    case 'CRC64NVME': {
      const buffer = Buffer.alloc(8);
      buffer.writeBigUInt64BE(crc64nvme(bytes));
      return buffer.toString('base64');
    }
  }
}

function bigEndian32(value: number): string {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32BE(value >>> 0);
  return buffer.toString('base64');
}

/** Castagnoli's polynomial, reflected: RFC 3720, appendix B.4. */
const CRC32C_TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1;
  return value;
});

function crc32c(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ CRC32C_TABLE[(crc ^ byte) & 0xff]!;
  return ~crc;
}

/**
 * The polynomial of the NVM Express specification, reflected, in two tables of 32-bit halves: BigInt arithmetic per
 * byte would take seconds for a large asset.
 */
const [CRC64_HIGH, CRC64_LOW] = (() => {
  const high = new Uint32Array(256);
  const low = new Uint32Array(256);
  for (let index = 0; index < 256; index += 1) {
    let value = BigInt(index);
    for (let bit = 0; bit < 8; bit += 1) value = value & 1n ? (value >> 1n) ^ 0x9a6c9329ac4bc9b5n : value >> 1n;
    high[index] = Number(value >> 32n);
    low[index] = Number(value & 0xffffffffn);
  }
  return [high, low];
})();

function crc64nvme(bytes: Uint8Array): bigint {
  let high = 0xffffffff;
  let low = 0xffffffff;
  for (const byte of bytes) {
    const index = (low ^ byte) & 0xff;
    low = ((low >>> 8) | (high << 24)) ^ CRC64_LOW[index]!;
    high = (high >>> 8) ^ CRC64_HIGH[index]!;
  }
  return (BigInt(~high >>> 0) << 32n) | BigInt(~low >>> 0);
}

/** The checksum of a multipart object: of the whole, or of its parts' checksums. */
export function combinedChecksum(
  { algorithm, type }: Pick<Checksum, 'algorithm' | 'type'>,
  whole: Uint8Array,
  partValues: readonly string[],
): Checksum {
  if (type === 'FULL_OBJECT') return { algorithm, type, value: checksumOf(algorithm, whole) };
  const ofParts = Buffer.concat(partValues.map((value) => Buffer.from(value, 'base64')));
  return { algorithm, type, value: `${checksumOf(algorithm, ofParts)}-${partValues.length}` };
}

/** `{ ChecksumCRC32: … }`, the member under which answers carry it. */
export const checksumMember = (checksum: Checksum | undefined): Record<string, string> =>
  checksum ? { [`Checksum${checksum.algorithm}`]: checksum.value } : {};
