import type { CommandNode, OptionNode } from './command-tree.ts';

/** A script for the shell's own completion, made from the program itself; only environments are asked for when it runs. */
export function completionScript(shell: 'bash' | 'zsh' | 'fish', program: CommandNode): string {
  switch (shell) {
    case 'bash':
      return bash(program);
    case 'zsh':
      return `#compdef platform\nautoload -U +X bashcompinit && bashcompinit\n${bash(program)}`;
    case 'fish':
      return fish(program);
  }
}

interface Place {
  /** The words that lead there, `sandbox serve`. */
  readonly path: string;
  readonly words: readonly string[];
}

function places(node: CommandNode, inherited: readonly OptionNode[], path: string[] = []): Place[] {
  const own = [...node.commands.map(({ name }) => name), ...node.choices];
  const flags = [...node.options, ...inherited].flatMap((option) => option.flags);
  const here = { path: path.join(' '), words: [...own, ...flags, ...(path.length > 0 ? ['--help'] : [])] };
  const passed = path.length === 0 ? node.options : inherited;
  return [here, ...node.commands.flatMap((child) => places(child, passed, [...path, child.name]))];
}

/** Options whose value is the next word, so that it is not taken for a command. */
const valued = (program: CommandNode): string[] => [
  ...new Set(
    [program, ...program.commands, ...program.commands.flatMap(({ commands }) => commands)].flatMap(({ options }) =>
      options.filter(({ takesValue }) => takesValue).flatMap(({ flags }) => flags),
    ),
  ),
];

function bash(program: CommandNode): string {
  const all = places(program, []);
  const known = all.map(({ path }) => path).filter((path) => path !== '');
  return `_platform() {
  local word previous path= index
  COMPREPLY=()
  word="\${COMP_WORDS[COMP_CWORD]}"
  previous="\${COMP_WORDS[COMP_CWORD-1]}"
  case "$previous" in
    -e|--env) COMPREPLY=($(compgen -W "$(platform completion environments 2>/dev/null)" -- "$word")); return ;;
    -C) COMPREPLY=($(compgen -d -- "$word")); return ;;
    ${valued(program)
      .filter((flag) => !['-e', '--env', '-C'].includes(flag))
      .join('|')}) return ;;
  esac
  for ((index = 1; index < COMP_CWORD; index++)); do
    case "\${COMP_WORDS[index]}" in
      ${valued(program).join('|')}) ((index++)) ;;
      -*) ;;
      *) case "\${path:+$path }\${COMP_WORDS[index]}" in
           ${known.map((path) => `'${path}'`).join('|')}) path="\${path:+$path }\${COMP_WORDS[index]}" ;;
         esac ;;
    esac
  done
  case "$path" in
${all.map(({ path, words }) => `    '${path}') COMPREPLY=($(compgen -W "${words.join(' ')}" -- "$word")) ;;`).join('\n')}
  esac
}
complete -F _platform platform`;
}

function fish(program: CommandNode): string {
  const lines = ['complete -c platform -f'];
  const add = (node: CommandNode, path: string[]) => {
    const condition =
      path.length === 0
        ? '__fish_use_subcommand'
        : `${path.map((name) => `__fish_seen_subcommand_from ${name}`).join('; and ')}${
            node.commands.length > 0
              ? `; and not __fish_seen_subcommand_from ${node.commands.map(({ name }) => name).join(' ')}`
              : ''
          }`;
    for (const child of node.commands) {
      lines.push(`complete -c platform -n '${condition}' -a ${child.name} -d ${quote(child.summary)}`);
    }
    if (node.choices.length > 0) lines.push(`complete -c platform -n '${condition}' -a '${node.choices.join(' ')}'`);
    for (const option of node.options) lines.push(fishOption(option, path.length === 0 ? '' : ` -n '${condition}'`));
    for (const child of node.commands) add(child, [...path, child.name]);
  };
  add(program, []);
  return lines.join('\n');
}

function fishOption({ flags, description, takesValue }: OptionNode, condition: string): string {
  const names = flags.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`)).join(' ');
  const value = flags.includes('--env')
    ? " -x -a '(platform completion environments 2>/dev/null)'"
    : flags.includes('-C')
      ? " -x -a '(__fish_complete_directories)'"
      : takesValue
        ? ' -x'
        : '';
  return `complete -c platform${condition} ${names}${value} -d ${quote(description)}`;
}

const quote = (text: string): string => `'${text.replace(/\\/g, '\\\\').replace(/'/g, "\\'")}'`;
