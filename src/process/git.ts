import { execa } from 'execa';

export interface Checkout {
  /** Full commit id. */
  commit: string;
  /** Whether files that git tracks have changed since. */
  dirty: boolean;
}

/** The commit that is checked out; undefined outside a repository, before the first commit, and without git. */
export async function checkout(directory: string): Promise<Checkout | undefined> {
  try {
    const [head, status] = await Promise.all([
      execa('git', ['-C', directory, 'rev-parse', 'HEAD']),
      execa('git', ['-C', directory, 'status', '--porcelain', '--untracked-files=no']),
    ]);
    return { commit: head.stdout.trim(), dirty: status.stdout.trim() !== '' };
  } catch {
    return undefined;
  }
}
