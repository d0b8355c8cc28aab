import type { Project } from '../config/project.ts';

/** How changes come to one environment. */
export interface PipelineStage {
  environment: string;
  /** What starts it besides a person: nothing, a push, a tag, another environment that is done. */
  on: { dispatch: true } | { branch: string } | { tag: string } | { after: string };
  /** A plan is made first, somebody approves it, and nothing else is done. */
  planned: boolean;
  reviewers: readonly string[];
  requires: readonly string[];
}

/** The way of a change through the environments (C14). What the file does not mention comes up by hand alone. */
export function pipelineStages(project: Pick<Project, 'delivery' | 'environments' | 'environment'>): PipelineStage[] {
  const { promotion, approval } = project.delivery;
  const names = project.environments().filter((name) => !['sandbox', 'local'].includes(kindOf(name)));
  const listed = promotion.filter(({ to }) => names.includes(to));
  const rest = names
    .filter((name) => !listed.some(({ to }) => to === name))
    .map((to) => ({ to, on: 'dispatch', reviewers: [], requires: [] }));
  return [...listed, ...rest].map(({ to, on, reviewers, requires }) => ({
    environment: to,
    on: triggerOf(on),
    planned: approval !== 'never' && (approval === 'any-change' || reviewers.length > 0 || kindOf(to) === 'prod'),
    reviewers,
    requires,
  }));

  function kindOf(name: string): string {
    return project.environment(name).kind;
  }
}

function triggerOf(on: string): PipelineStage['on'] {
  const [, word, rest = ''] = /^(push|tag|after):(.+)$/.exec(on) ?? [];
  if (word === 'push') return { branch: rest };
  if (word === 'tag') return { tag: rest };
  return word === 'after' ? { after: rest } : { dispatch: true };
}

/** When the job of an environment runs, as an expression of GitHub's. */
export function conditionOf({ environment, on }: PipelineStage): string {
  const byHand = `inputs.environment == ${quoted(environment)}`;
  if ('branch' in on)
    return `\${{ ${byHand} || (github.event_name == 'push' && github.ref == ${quoted(`refs/heads/${on.branch}`)}) }}`;
  // An expression has no patterns: up to its first wildcard a tag is compared, and `on.push.tags` holds the rest.
  if ('tag' in on)
    return `\${{ ${byHand} || startsWith(github.ref, ${quoted(`refs/tags/${/^[^*?+[\]!\\]*/.exec(on.tag)![0]}`)}) }}`;
  // Without a status function a job is skipped along with what it needs.
  if ('after' in on) return `\${{ !cancelled() && (${byHand} || needs.${on.after}.result == 'success') }}`;
  return `\${{ ${byHand} }}`;
}

/**
 * A text in an expression, whatever is in it: a name of a branch may have a quote, and would say more than it is.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/expressions#literals
 */
const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
