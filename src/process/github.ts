import { execa } from 'execa';
import type { GithubIds } from '../domain/github-subject.ts';

const TIMEOUT_MS = 15_000;

/** The numbers of a repository and its owner, as gh tells them; undefined without gh, without a login or without such a repository. */
export async function githubIds(
  repository: string,
  { directory, env }: { directory: string; env: Readonly<Record<string, string | undefined>> },
): Promise<GithubIds | undefined> {
  const words = ['api', `repos/${repository}`, '--jq', '"\\(.owner.id) \\(.id)"'];
  const { exitCode, stdout } = await execa('gh', words, { cwd: directory, env, reject: false, timeout: TIMEOUT_MS });
  const [, owner, id] = /^(\d+) (\d+)$/.exec(typeof stdout === 'string' ? stdout.trim() : '') ?? [];
  return exitCode === 0 && owner !== undefined && id !== undefined ? { owner, repository: id } : undefined;
}
