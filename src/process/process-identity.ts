import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname, networkInterfaces } from 'node:os';

/** A process, named so that neither a later process of its number nor one on another machine is taken for it. */
export interface ProcessIdentity {
  pid: number;
  /** When it began, in the kernel's ticks since boot; absent where there is no /proc. */
  began?: string;
  /** The space in which its number means something; absent: nobody can tell from outside whether it lives. */
  space?: string;
}

export const ownProcess = (): ProcessIdentity => {
  const began = beganAt(process.pid);
  return { pid: process.pid, ...(began ? { began } : {}), space: processSpace() };
};

/** Undefined when it cannot be told from here: it runs, or ran, on another machine or in another container. */
export function isAlive({ pid, began, space }: ProcessIdentity): boolean | undefined {
  if (space === undefined || space !== processSpace()) return undefined;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return began === undefined || beganAt(pid) === began;
}

/**
 * Host names are no proof: containers and runners of a farm share them, and containers of one machine share its kernel.
 * On Linux it is this boot of the kernel and the namespace of its process numbers; elsewhere the host's name with the
 * addresses of its network cards. Where a guess can be wrong, it is wrong towards "not the same".
 */
function processSpace(): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot}/${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    const cards = Object.values(networkInterfaces())
      .flatMap((addresses = []) => addresses)
      .filter(({ internal, mac }) => !internal && mac !== '00:00:00:00:00:00')
      .map(({ mac }) => mac);
    return createHash('sha256')
      .update(JSON.stringify([hostname(), [...new Set(cards)].sort()]))
      .digest('hex');
  }
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
