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

/** `OWNER/REPOSITORY` of the remote `origin` on GitHub; undefined without one. */
export async function githubRemote(directory: string): Promise<string | undefined> {
  const { exitCode, stdout } = await git(directory, ['remote', 'get-url', 'origin']);
  if (exitCode !== 0) return undefined;
  return /github\.com[:/]([A-Za-z0-9_.-]+\/[A-Za-z0-9_.-]+?)(?:\.git)?\/?$/.exec(stdout.trim())?.[1];
}

/** Whether git keeps this file; undefined outside a repository and without git. */
export async function isTracked(directory: string, path: string): Promise<boolean | undefined> {
  const { exitCode, stdout } = await git(directory, ['ls-files', '--', path]);
  return exitCode === 0 ? stdout !== '' : undefined;
}

/** Whether git would leave this file out; undefined outside a repository and without git. */
export async function isIgnored(directory: string, path: string): Promise<boolean | undefined> {
  // 0: it does, 1: it does not: https://git-scm.com/docs/git-check-ignore#_exit_status
  const { exitCode } = await git(directory, ['check-ignore', '--quiet', '--no-index', '--', path]);
  return exitCode === 0 ? true : exitCode === 1 ? false : undefined;
}

async function git(directory: string, words: readonly string[]): Promise<{ exitCode?: number; stdout: string }> {
  const { exitCode, stdout } = await execa('git', ['-C', directory, ...words], { reject: false });
  return { stdout, ...(exitCode === undefined ? {} : { exitCode }) };
}

/**
 * The commit, and whether these paths are just as it has them: untracked files count, because a build takes them along;
 * what git ignores does not.
 */
export async function checkoutOf(directory: string, paths: readonly string[]): Promise<Checkout | undefined> {
  try {
    const scope = [...paths, ':(exclude,glob)**/.platform/**'];
    const [head, status] = await Promise.all([
      execa('git', ['-C', directory, 'rev-parse', 'HEAD']),
      // Without the lock it does not write its index: a plan only looks, and may run beside a commit.
      execa('git', [
        '--no-optional-locks',
        '-C',
        directory,
        'status',
        '--porcelain',
        '--untracked-files=normal',
        '--',
        ...scope,
      ]),
    ]);
    return { commit: head.stdout.trim(), dirty: status.stdout.trim() !== '' };
  } catch {
    return undefined;
  }
}
