import type { InitPipelineOutcome } from './init-pipeline.ts';

export const WITHOUT_PLATFORM =
  'The jobs run platform from node_modules, and no package.json here names it: add it to devDependencies, or say what brings it along: platform ci init --overwrite --install "<command>"';

export function pipelineText({ files, environments, repository, namesPlatform, dryRun }: InitPipelineOutcome): string {
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
    ...(namesPlatform === false ? [WITHOUT_PLATFORM] : []),
    'Once for each environment:',
    ...environments.flatMap(({ environment }) => [
      `  platform ci oidc --env ${environment}`,
      `  platform ci vars --env ${environment} --set`,
    ]),
  ].join('\n');
}
