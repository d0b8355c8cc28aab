import { execa } from 'execa';
import type { GithubIds } from '../domain/github-subject.ts';

const TIMEOUT_MS = 15_000;

interface Around {
  directory: string;
  env: Readonly<Record<string, string | undefined>>;
}

/** The numbers of a repository and its owner, as gh tells them; undefined without gh, without a login or without such a repository. */
export async function githubIds(repository: string, { directory, env }: Around): Promise<GithubIds | undefined> {
  const words = ['api', `repos/${repository}`, '--jq', '"\\(.owner.id) \\(.id)"'];
  const { exitCode, stdout } = await execa('gh', words, { cwd: directory, env, reject: false, timeout: TIMEOUT_MS });
  const [, owner, id] = /^(\d+) (\d+)$/.exec(typeof stdout === 'string' ? stdout.trim() : '') ?? [];
  return exitCode === 0 && owner !== undefined && id !== undefined ? { owner, repository: id } : undefined;
}

/**
 * Makes a GitHub environment unless it is there: to write one that is there would take its reviewers away. Answers why
 * it could not, else nothing.
 * https://docs.github.com/en/rest/deployments/environments#create-or-update-an-environment
 */
export async function environmentOnGithub(
  { repository, environment }: { repository: string; environment: string },
  around: Around,
): Promise<string | undefined> {
  const path = `repos/${repository}/environments/${environment}`;
  const there = await gh(['api', path, '--silent'], around);
  if (there === undefined) return undefined;
  if (!/HTTP 404/.test(there)) return there;
  return gh(['api', '--method', 'PUT', path, '--silent'], around);
}

/** Answers why it could not, else nothing. */
export const setVariable = (
  given: { repository: string; environment: string; name: string; value: string },
  around: Around,
): Promise<string | undefined> => {
  const { repository, environment, name, value } = given;
  return gh(['variable', 'set', name, '--env', environment, '--repo', repository, '--body', value], around);
};

/** What gh complained of; undefined when it did not. */
async function gh(words: readonly string[], { directory, env }: Around): Promise<string | undefined> {
  const { exitCode, stderr } = await execa('gh', words, { cwd: directory, env, reject: false, timeout: TIMEOUT_MS });
  if (exitCode === 0) return undefined;
  const said = typeof stderr === 'string' ? stderr.trim() : '';
  return (
    said ||
    (exitCode === undefined ? 'there is no gh on this machine, or it did not answer' : `it ended with ${exitCode}`)
  );
}
