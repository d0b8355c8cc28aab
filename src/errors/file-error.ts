import { dirname } from 'node:path';
import { PlatformError } from './platform-error.ts';

/** What the machine refuses, by the system's codes. A file that is missing is not among them: who needs one says so. */
const REFUSALS: Readonly<Record<string, string>> = {
  EACCES: 'this user may not',
  EPERM: 'this user may not',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of this user is used up',
  ENOTDIR: 'a part of the path is not a folder',
  EISDIR: 'it is a folder',
  ENAMETOOLONG: 'the name is too long',
  EMFILE: 'too many files are open',
  EIO: 'the disk does not answer',
};

/** An error of the file system in words a user can act on; undefined for everything else. */
export function fileError(thrown: unknown): PlatformError | undefined {
  if (!(thrown instanceof Error) || thrown instanceof PlatformError) return undefined;
  const { code = '', path, syscall = 'use' } = thrown as NodeJS.ErrnoException;
  const reason = REFUSALS[code];
  if (reason === undefined) return undefined;
  return new PlatformError({
    id: 'file-refused',
    kind: 'failed',
    message: `${path ?? 'The output'} cannot be ${DONE[syscall] ?? 'used'}: ${reason} (${code})`,
    remedy:
      path === undefined
        ? 'make room, or write the output elsewhere'
        : `ls -ld ${dirname(path)} shows whose it is; make room or give the right to it, then run the command again`,
    cause: thrown,
  });
}

const DONE: Readonly<Record<string, string>> = {
  open: 'opened',
  mkdir: 'made',
  rename: 'replaced',
  write: 'written',
  unlink: 'removed',
  rm: 'removed',
  scandir: 'read',
  read: 'read',
};
