import { Argument, Command } from 'commander';
import type { Context } from '../context.ts';

const EXAMPLES = `
Examples:
  $ platform completion bash > /etc/bash_completion.d/platform
  $ platform completion zsh > "\${fpath[1]}/_platform"
  $ platform completion fish > ~/.config/fish/completions/platform.fish`;

const SHELLS = ['bash', 'zsh', 'fish', 'environments'];

export function completionCommand(context: Context): Command {
  const completion = new Command('completion')
    .summary('print a script that completes commands, options and environments')
    .addArgument(
      new Argument('<shell>', 'bash, zsh or fish; environments prints the names that the scripts offer').choices(
        SHELLS,
      ),
    )
    .addHelpText('after', EXAMPLES);
  return completion.action(async (shell: 'bash' | 'zsh' | 'fish' | 'environments') => {
    if (shell === 'environments') {
      // Asked by the scripts at every press of the key, so without YAML and its schema.
      const { environmentNames } = await import('../operations/project/environment-names.ts');
      const names = environmentNames(context.directory);
      return context.reporter.result(names.join('\n'), { environments: names });
    }
    const { completionScript } = await import('../operations/project/completion-script.ts');
    const { commandTree } = await import('../operations/project/command-tree.ts');
    const script = completionScript(shell, commandTree(completion.parent!));
    context.reporter.result(script, { shell, script });
  });
}
