import { crc32 } from 'node:zlib';

/** Inline code becomes an archive with one file, `index` in the language of its runtime. */
export const inlineCode = (source: string, runtime: string): Uint8Array =>
  zipOf(runtime.startsWith('python') ? 'index.py' : 'index.js', Buffer.from(source));

/** An archive of one stored file, always the same bytes for the same source. */
function zipOf(fileName: string, bytes: Buffer): Uint8Array {
  const name = Buffer.from(fileName);
  const shared = Buffer.alloc(26);
  shared.writeUInt16LE(20, 0);
  shared.writeUInt16LE(0x21, 8);
  shared.writeUInt32LE(crc32(bytes), 10);
  shared.writeUInt32LE(bytes.length, 14);
  shared.writeUInt32LE(bytes.length, 18);
  shared.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), shared, name, bytes]);
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE((0o644 << 16) >>> 0, 6);
  const central = Buffer.concat([Buffer.from('PK\x01\x02\x14\x03', 'latin1'), shared, rest, name]);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}
