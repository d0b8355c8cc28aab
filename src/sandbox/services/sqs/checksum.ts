import { createHash } from 'node:crypto';
import type { StoredAttribute } from './state.ts';

export const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

/**
 * The digest of message attributes, which clients verify.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
 */
export function attributesMd5(attributes: Readonly<Record<string, StoredAttribute>>): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const hash = createHash('md5');
  const add = (part: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(part.length);
    hash.update(length).update(part);
  };
  for (const name of names) {
    const { DataType = '', StringValue, BinaryValue } = attributes[name]!;
    add(Buffer.from(name));
    add(Buffer.from(DataType));
    hash.update(Buffer.from([DataType.startsWith('Binary') ? 2 : 1]));
    add(DataType.startsWith('Binary') ? Buffer.from(BinaryValue ?? '', 'base64') : Buffer.from(StringValue ?? ''));
  }
  return hash.digest('hex');
}
