import { closeSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Who owns the state of a directory: one server process, as long as it lives. The lock outlives a killed owner, so it
 * names him in a way that a later process of the same number is not taken for him.
 */
interface Owner {
  pid: number;
  /** When the process began, in the kernel's own ticks; absent where there is no /proc. */
  began?: string;
}

const LOCK = 'server.lock';
/** Held for the few system calls of breaking a lock; older than this, its holder was killed in between. */
const BREAKING_MS = 5_000;

/** Takes the directory, or answers undefined when a living process has it. */
export function takeLock(directory: string): { release(): void } | undefined {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const file = join(directory, LOCK);
  if (!create(file) && !(breakStale(file) && create(file))) return undefined;
  return { release: () => rmSync(file, { force: true }) };
}

/** The process that owns the directory, if it lives. */
export function lockOwner(directory: string): number | undefined {
  const owner = readOwner(join(directory, LOCK));
  return owner && lives(owner) ? owner.pid : undefined;
}

function create(file: string): boolean {
  try {
    const descriptor = openSync(file, 'wx', 0o600);
    writeSync(descriptor, JSON.stringify({ pid: process.pid, began: beganAt(process.pid) }));
    closeSync(descriptor);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Removes the lock of a dead owner. Looking and removing must be one step, or the second of two breakers would remove
 * the lock that the first has just taken; a lock of its own makes them one.
 */
function breakStale(file: string): boolean {
  const breaking = `${file}.breaking`;
  if (ageOf(breaking) > BREAKING_MS) rmSync(breaking, { force: true });
  if (!create(breaking)) return false;
  try {
    const owner = readOwner(file);
    if (owner && lives(owner)) return false;
    // Without an owner it may be the lock of one who has not yet written his name.
    if (!owner && ageOf(file) < BREAKING_MS) return false;
    rmSync(file, { force: true });
    return true;
  } finally {
    rmSync(breaking, { force: true });
  }
}

function readOwner(file: string): Owner | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Owner;
  } catch {
    return undefined;
  }
}

/** Milliseconds since the file was made; negative when there is none. */
function ageOf(file: string): number {
  try {
    return Date.now() - statSync(file).mtimeMs;
  } catch {
    return -1;
  }
}

function lives({ pid, began }: Owner): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return began === undefined || beganAt(pid) === began;
}

/** Field 22 of /proc/<pid>/stat, counted behind the name, which may hold anything. A zombie has ended. */
function beganAt(pid: number): string | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
    return fields[0] === 'Z' ? 'ended' : fields[19];
  } catch {
    return undefined;
  }
}
