import { parseDocument } from 'yaml';

export interface Job {
  needs?: string[];
  if?: string;
  environment?: string;
  concurrency?: { group: string; 'cancel-in-progress': boolean };
  permissions?: Record<string, string>;
  services?: Record<string, { image: string }>;
  env?: Record<string, string>;
  steps: { uses?: string; run?: string; with?: Record<string, unknown>; env?: Record<string, string> }[];
}

export interface Workflow {
  name: string;
  on: {
    pull_request?: null;
    push?: { branches?: string[]; tags?: string[]; paths?: string[] };
    workflow_dispatch?: { inputs: { environment: { options: string[] } } };
  };
  permissions: Record<string, string>;
  concurrency?: { group: string; 'cancel-in-progress': boolean };
  defaults?: { run: { 'working-directory': string } };
  jobs: Record<string, Job>;
}

/** A workflow as GitHub reads it. Throws where it is no valid YAML, a key that stands twice included. */
export function parsedWorkflow(text: string): Workflow {
  const document = parseDocument(text, { uniqueKeys: true });
  if (document.errors.length > 0 || document.warnings.length > 0)
    throw new AggregateError([...document.errors, ...document.warnings], 'no valid workflow');
  return document.toJS();
}

const steps = ({ jobs }: Workflow) => Object.values(jobs).flatMap((job) => job.steps);

export const usesOf = (workflow: Workflow): string[] => steps(workflow).flatMap(({ uses }) => (uses ? [uses] : []));

/** Command lines of ours as their words: what comes after `npx --no -- platform`, up to where the shell takes over. */
export const ownCommands = (workflow: Workflow): string[][] =>
  steps(workflow).flatMap(({ run = '' }) =>
    [...run.matchAll(/npx --no -- platform ([^>|&\n]+)/g)].map(([, words]) =>
      words!
        .trim()
        .replaceAll(/\$\{\{[^}]*\}\}/g, 'dev')
        .split(/\s+/),
    ),
  );
