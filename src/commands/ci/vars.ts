import { Command } from 'commander';
import type { Context } from '../../context.ts';
import { columns } from '../../domain/columns.ts';
import type { PipelineVariablesOutcome } from '../../operations/ci/pipeline-variables.ts';

const EXAMPLES = `
Examples:
  $ platform ci vars --env prod
  $ platform ci vars --env prod --set
  $ platform ci vars --env prod --deployed      for workflows that call aws themselves`;

export function variablesCommand(context: Context): Command {
  return new Command('vars')
    .summary('print what pipelines of an environment have to be told, or set it at GitHub')
    .option('--set', 'set it with gh, environments of GitHub made where they are not there')
    .option('--deployed', 'names of clusters, repositories and buckets too, which our own workflows do not need')
    .addHelpText('after', EXAMPLES)
    .action(async ({ set = false, deployed = false }: { set?: boolean; deployed?: boolean }) => {
      const project = await context.project();
      const session = await context.open();
      const { pipelineVariables } = await import('../../operations/ci/pipeline-variables.ts');
      const outcome = await pipelineVariables(session, { project, set, deployed });
      context.reporter.result(variablesText(outcome), outcome);
    });
}

function variablesText({ variables, repository, set }: PipelineVariablesOutcome): string {
  const rows = variables.map(({ environment, name, value }) => [environment, name, value ?? 'only you know it']);
  const unknown = variables.filter(({ value }) => value === null);
  return [
    columns(rows),
    ...(set ? [`They stand at GitHub now: https://github.com/${repository}/settings/environments`] : []),
    ...unknown.map(({ environment, name }) => `gh secret set ${name} --env ${environment} --repo ${repository}`),
  ].join('\n');
}
