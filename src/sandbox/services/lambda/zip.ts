import { crc32, inflateRawSync } from 'node:zlib';

export interface ZipEntry {
  name: string;
  size: number;
  /** Permissions as Unix keeps them; 0 when the archive was made elsewhere. */
  mode: number;
  bytes(): Buffer;
}

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
/** An end record is this long, with up to 64 KiB of comment after it. */
const END_LENGTH = 22;
const STORED = 0;
const DEFLATED = 8;

/**
 * The files of a ZIP archive, from its central directory; undefined when it is none.
 * https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
export function readZip(archive: Buffer): ZipEntry[] | undefined {
  const end = endOf(archive);
  if (end === undefined) return undefined;
  const entries: ZipEntry[] = [];
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (at + 46 > archive.length || archive.readUInt32LE(at) !== ENTRY) return undefined;
    const nameLength = archive.readUInt16LE(at + 28);
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength);
    const offset = archive.readUInt32LE(at + 42);
    const packed = archive.readUInt32LE(at + 20);
    const method = archive.readUInt16LE(at + 10);
    if (offset + 30 > archive.length || archive.readUInt32LE(offset) !== LOCAL) return undefined;
    if (method !== STORED && method !== DEFLATED) return undefined;
    const start = offset + 30 + archive.readUInt16LE(offset + 26) + archive.readUInt16LE(offset + 28);
    if (!name.endsWith('/'))
      entries.push({
        name,
        size: archive.readUInt32LE(at + 24),
        mode: (archive.readUInt32LE(at + 38) >>> 16) & 0o777,
        bytes: () => {
          const bytes = archive.subarray(start, start + packed);
          return method === STORED ? bytes : inflateRawSync(bytes);
        },
      });
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return entries;
}

function endOf(archive: Buffer): number | undefined {
  const last = archive.length - END_LENGTH;
  for (let at = last; at >= 0 && at >= last - 0xffff; at -= 1) if (archive.readUInt32LE(at) === END) return at;
  return undefined;
}

/** An archive of files that are stored as they are: the same bytes for the same files. */
export function writeZip(files: Readonly<Record<string, string>>): Uint8Array {
  const locals: Buffer[] = [];
  const entries: Buffer[] = [];
  let offset = 0;
  for (const [fileName, content] of Object.entries(files)) {
    const [name, bytes] = [Buffer.from(fileName), Buffer.from(content)];
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(0x21, 8);
    shared.writeUInt32LE(crc32(bytes), 10);
    shared.writeUInt32LE(bytes.length, 14);
    shared.writeUInt32LE(bytes.length, 18);
    shared.writeUInt16LE(name.length, 22);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE((0o644 << 16) >>> 0, 6);
    rest.writeUInt32LE(offset, 10);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), shared, name, bytes]);
    locals.push(local);
    entries.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x03', 'latin1'), shared, rest, name]));
    offset += local.length;
  }
  const central = Buffer.concat(entries);
  const end = Buffer.alloc(END_LENGTH);
  end.writeUInt32LE(END, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, central, end]);
}
