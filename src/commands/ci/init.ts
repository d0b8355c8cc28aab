import { Command } from 'commander';
import type { Context } from '../../context.ts';

const EXAMPLES = `
Examples:
  $ platform ci init --dry-run
  $ platform ci init
  $ platform ci init --install "npm install --no-save ./tools/platform.tgz"`;

export function initPipelineCommand(context: Context): Command {
  return new Command('init')
    .summary('write workflows of GitHub Actions that check, plan and deploy')
    .option('--install <command>', 'what brings platform along in a job', 'npm ci')
    .option('--overwrite', 'replace workflows that differ, without asking (kept with --yes)')
    .addHelpText('after', EXAMPLES)
    .action(async ({ install, overwrite = false }: { install: string; overwrite?: boolean }) => {
      const { initPipeline } = await import('../../operations/ci/init-pipeline.ts');
      const { pipelineText } = await import('../../operations/ci/pipeline-text.ts');
      const { templatesFolder } = await import('../../process/templates-folder.ts');
      const project = await context.project();
      const outcome = await initPipeline(context, project, { templates: templatesFolder(), install, overwrite });
      context.reporter.result(pipelineText(outcome), outcome);
    });
}
