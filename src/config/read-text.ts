import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { PlatformError } from '../errors/platform-error.ts';

/** A hundred times what a large system needs, and little enough to be read and explained in a moment. */
export const MAX_BYTES = 512 * 1024;

/** The text of a configuration file. Throws a PlatformError for what is no modest UTF-8 text. */
export function readText(file: string, shownAs: string): string {
  const bytes = read(file, shownAs);
  const [first, second, third] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff))
    throw encoding(shownAs, 'is saved as UTF-16');
  if (first === 0xef && second === 0xbb && third === 0xbf) throw encoding(shownAs, 'begins with a byte order mark');
  if (bytes.includes(0)) throw encoding(shownAs, 'holds zero bytes, so it is no text');
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw encoding(shownAs, 'is not valid UTF-8', cause);
  }
}

function read(file: string, shownAs: string): Buffer {
  let descriptor: number | undefined;
  try {
    /* Opening a named pipe without O_NONBLOCK would wait for a writer for ever. */
    descriptor = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const status = fstatSync(descriptor);
    if (!status.isFile()) throw unreadable(shownAs, 'is not a file');
    if (status.size > MAX_BYTES) throw tooLarge(shownAs, status.size);
    const buffer = Buffer.alloc(MAX_BYTES + 1);
    let length = 0;
    for (let count = -1; count !== 0 && length < buffer.length; length += count)
      count = readSync(descriptor, buffer, length, buffer.length - length, null);
    if (length > MAX_BYTES) throw tooLarge(shownAs, length);
    return buffer.subarray(0, length);
  } catch (cause) {
    if (cause instanceof PlatformError) throw cause;
    throw unreadable(shownAs, `cannot be read (${(cause as NodeJS.ErrnoException).code ?? 'unknown error'})`, cause);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

const encoding = (file: string, is: string, cause?: unknown) =>
  new PlatformError({
    id: 'config-encoding',
    kind: 'usage',
    message: `${file} ${is}`,
    remedy: 'save it as UTF-8 without a byte order mark',
    cause,
  });

const tooLarge = (file: string, bytes: number) =>
  new PlatformError({
    id: 'config-too-large',
    kind: 'usage',
    message: `${file} has ${bytes} bytes; ${MAX_BYTES} are read`,
    remedy: 'move what is no configuration out of it',
  });

const unreadable = (file: string, why: string, cause?: unknown) =>
  new PlatformError({
    id: 'config-unreadable',
    kind: 'usage',
    message: `${file} ${why}`,
    remedy: 'check that it is a file and that you may read it',
    cause,
  });
