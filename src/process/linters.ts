import { execa } from 'execa';
import { cfnLintFindings, guardFindings, type LinterFinding } from '../domain/linter-findings.ts';
import { PlatformError } from '../errors/platform-error.ts';

interface Surroundings {
  variables: Readonly<Record<string, string | undefined>>;
  signal: AbortSignal;
}

/** cfn-lint takes about half a second for a template. */
const LIMIT_MS = 10 * 60_000;

/** Asks cfn-lint about templates of one region. */
export async function runCfnLint(
  program: string,
  { files, region }: { files: readonly string[]; region: string },
  surroundings: Surroundings,
): Promise<LinterFinding[]> {
  // A configuration of the user's own, .cfnlintrc, is read by cfn-lint itself where it stands.
  const words = ['--format', 'json', '--regions', region, '--template', ...files];
  const { stdout, stderr } = await start(program, words, surroundings);
  return cfnLintFindings(stdout) ?? raise(unreadable('cfn-lint', stderr));
}

/** Compliant, and broken rules; everything else is no answer: files that cannot be read, rules with mistakes. */
const GUARD_ANSWERS: readonly (number | undefined)[] = [0, 19];

/** Asks cfn-guard about templates, by the rules in files and folders. */
export async function runGuard(
  program: string,
  { files, rules }: { files: readonly string[]; rules: readonly string[] },
  surroundings: Surroundings,
): Promise<LinterFinding[]> {
  const words = ['validate', '--structured', '--output-format', 'json', '--show-summary', 'none'];
  const { exitCode, stdout, stderr } = await start(
    program,
    [...words, '--rules', ...rules, '--data', ...files],
    surroundings,
  );
  const findings = GUARD_ANSWERS.includes(exitCode) ? guardFindings(stdout) : undefined;
  return findings ?? raise(unreadable('cfn-guard', stderr));
}

async function start(program: string, words: readonly string[], { variables, signal }: Surroundings) {
  const { exitCode, stdout, stderr, isCanceled } = await execa(program, words, {
    env: { ...variables },
    extendEnv: false,
    reject: false,
    timeout: LIMIT_MS,
    cancelSignal: signal,
  });
  if (isCanceled) throw signal.reason;
  return { exitCode, stdout: String(stdout), stderr: String(stderr) };
}

function raise(error: PlatformError): never {
  throw error;
}

const unreadable = (program: 'cfn-lint' | 'cfn-guard', stderr: string) => {
  const said = stderr.trim().split('\n')[0];
  return new PlatformError({
    id: 'linter-unreadable',
    kind: 'failed',
    message: `${program} gave no answer${said ? `: ${said}` : ''}`,
    remedy:
      program === 'cfn-lint'
        ? 'validation: { cfnLint: false } goes without it'
        : 'correct the rules that validation.guard names; cfn-guard parse-tree --rules <file> shows where they break',
  });
};
