import { expect } from 'vitest';
import { posts } from '../../sandbox/services/sns/state.ts';
import type { RunOptions } from '../start-platform.ts';
import type { Known } from './known.ts';
import { standingIn } from './left-in.ts';
import type { SystemProject } from './system-project.ts';

// biome-ignore lint/suspicious/noExplicitAny: documents are asserted, not used
type Document = any;

export interface Life extends RunOptions {
  known: Known;
  /** Further words of `smoke`. */
  smoke?: string;
  /** What must have answered in the end, by component, method and path. */
  answers?: readonly string[];
  /** Another environment stands on it: it is not taken down. */
  stays?: true;
  /** What a person does once it is up. */
  once?: (deployed: Document) => Promise<void>;
}

/**
 * The life of an environment, rehearsed: checked, up, asked, up again without a change, looked at, down, and nothing
 * forgotten. What is not as it should be is exactly what is known.
 */
export async function live(
  project: SystemProject,
  environment: string,
  { known, smoke = '', answers = [], once, stays, ...options }: Life,
): Promise<Document> {
  const flags = project.at(environment);
  const run = async (words: string): Promise<Document> => {
    const { exitCode, stdout, stderr, json } = await project.platform(`${words} --json`, options);
    expect(exitCode, `platform ${words}: ${stderr}\n${stdout.slice(0, 4000)}`).toBe(0);
    return json();
  };
  // Warnings fail as well; what is waived is named in the file, with its reason.
  await run(`validate ${flags} --strict`);
  const deployed = await run(`deploy ${flags} --yes`);
  expect(deployed.release.id).toMatch(/^\d{8}T/);
  for (const { running, desired } of deployed.services) expect(running).toBe(desired);
  await once?.(deployed);
  await confirmMail(project, environment);
  const { checks } = await run(`smoke ${flags} ${smoke}`);
  const again = await run(`deploy ${flags} --yes`);
  expect(new Set(again.stacks.map(({ action }: Document) => action))).toEqual(new Set(['none']));
  expect(again.release.id).toBe(deployed.release.id);
  const examined = (await run(`doctor ${flags}`)).checks;

  const named = (all: Document[], name: (one: Document) => string) => all.map(name).sort();
  const asked = (status: string) =>
    named(
      checks.filter((check: Document) => check.status === status),
      ({ component, method, path }) => `${component} ${method} ${path}`,
    );
  const keys = (what: Known[keyof Known] = {}) => Object.keys(what).sort();
  expect({
    unset: named(deployed.unsetVariables, ({ path }) => path),
    passed: asked('passed'),
    unasked: asked('skipped'),
    failed: asked('failed'),
    doctor: named(
      examined.filter(({ status }: Document) => !/ok|skipped/.test(status)),
      ({ id, subject }) => `${id} ${subject}`,
    ).filter((name) => !Object.hasOwn(known.perhaps ?? {}, name)),
  }).toEqual({
    unset: [],
    passed: [...answers].sort(),
    unasked: keys(known.unasked),
    failed: [],
    doctor: keys(known.doctor),
  });
  if (!stays) await goes(project, environment);
  return deployed;
}

/** Takes an environment down. What stays then is what was said to stay, neither more nor less; `others` stand beside it. */
export async function goes(
  project: SystemProject,
  environment: string,
  { others = [] }: { others?: readonly string[] } = {},
): Promise<string[]> {
  const flags = project.at(environment);
  const dry = await project.platform(`destroy ${flags} --dry-run --json`);
  const confirmed = dry.json().confirmations.map((name: string) => `--confirm ${name}`);
  const before = standingOf(project, environment);
  const gone = await project.platform(`destroy ${flags} --yes ${confirmed.join(' ')} --json`);
  expect(gone.exitCode, gone.stderr).toBe(0);
  const said: string[] = gone.json().retained.map(({ id }: Document) => id);
  const standing = standingOf(project, environment);
  const known = [...said, ...others];
  expect(standing.filter((row) => !known.some((id) => row.includes(id)))).toEqual([]);
  expect(said.filter((id) => !standing.some((row) => row.includes(id)))).toEqual([]);
  expect(before.length).toBeGreaterThan(standing.length);
  return said;
}

/** What stands in the account of an environment, whoever made it. */
export function standingOf({ aws, accountOf }: SystemProject, environment: string): string[] {
  const own = new RegExp(` (${accountOf(environment)}|aws)(/| )`);
  return standingIn(aws).filter((row) => own.test(row));
}

/** Somebody reads their mail and confirms that they want to hear of alarms. */
async function confirmMail({ aws, accountOf }: SystemProject, environment: string): Promise<void> {
  const mail = posts.in({ ...aws.scope, account: accountOf(environment) }).values();
  for (const { kind, body } of mail)
    if (kind === 'SubscriptionConfirmation') await (await fetch(/http\S+/.exec(body)![0])).text();
}
