import type { InitPipelineOutcome } from './init-pipeline.ts';

export function pipelineText({ files, environments, repository, dryRun }: InitPipelineOutcome): string {
  const done = (action: string) =>
    dryRun && (action === 'created' || action === 'changed') ? `would be ${action}` : action;
  const width = Math.max(...files.map(({ action }) => done(action).length));
  const approved = environments.filter(({ planned }) => planned);
  return [
    ...files.map(({ path, action }) => `${done(action).padEnd(width)}  ${path}`),
    ...(dryRun ? ['Nothing was written'] : []),
    ...approved.map(
      ({ environment, reviewers }) =>
        `${environment} waits for a yes once ${reviewers.length > 0 ? reviewers.join(', ') : 'somebody'} must review it: https://github.com/${repository}/settings/environments`,
    ),
    'Once for each environment:',
    ...environments.flatMap(({ environment }) => [
      `  platform ci oidc --env ${environment}`,
      `  platform ci vars --env ${environment} --set`,
    ]),
  ].join('\n');
}
