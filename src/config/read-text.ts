import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { PlatformError } from '../errors/platform-error.ts';

/** A hundred times what a large system needs, and little enough to be read and explained in a moment. */
export const MAX_BYTES = 512 * 1024;

/** The text of a configuration file. Throws a PlatformError for what is no modest UTF-8 text. */
export function readText(file: string, shownAs: string): string {
  const refuse = (id: string, message: string, remedy: string, cause?: unknown) =>
    new PlatformError({ id, kind: 'usage', message: `${shownAs} ${message}`, remedy, cause });

  const bytes = read(file, refuse);
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
    throw refuse('config-encoding', 'is saved as UTF-16', 'save it as UTF-8 without a byte order mark');
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf)
    throw refuse('config-encoding', 'begins with a byte order mark', 'save it as UTF-8 without a byte order mark');
  if (bytes.includes(0)) throw refuse('config-encoding', 'holds zero bytes, so it is no text', 'save it as UTF-8 text');
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw refuse('config-encoding', 'is not valid UTF-8', 'save it as UTF-8 without a byte order mark', cause);
  }
}

type Refuse = (id: string, message: string, remedy: string, cause?: unknown) => PlatformError;

function read(file: string, refuse: Refuse): Buffer {
  let descriptor: number | undefined;
  try {
    /* Opening a named pipe without O_NONBLOCK would wait for a writer for ever. */
    descriptor = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const status = fstatSync(descriptor);
    if (!status.isFile()) throw refuse('config-unreadable', 'is not a file', 'put a text file in its place');
    if (status.size > MAX_BYTES)
      throw refuse(
        'config-too-large',
        `has ${status.size} bytes; ${MAX_BYTES} are read`,
        'move what is no configuration out of it',
      );
    const buffer = Buffer.alloc(MAX_BYTES + 1);
    let length = 0;
    for (let count = -1; count !== 0 && length < buffer.length; length += count)
      count = readSync(descriptor, buffer, length, buffer.length - length, null);
    if (length > MAX_BYTES)
      throw refuse('config-too-large', `grows beyond ${MAX_BYTES} bytes`, 'move what is no configuration out of it');
    return buffer.subarray(0, length);
  } catch (cause) {
    if (cause instanceof PlatformError) throw cause;
    const code = (cause as NodeJS.ErrnoException).code ?? 'unknown error';
    throw refuse(
      'config-unreadable',
      `cannot be read (${code})`,
      'check that the file exists and that you may read it',
      cause,
    );
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
