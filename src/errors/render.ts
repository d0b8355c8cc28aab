import { evidenceLines } from './evidence-lines.ts';
import { EXIT, PlatformError } from './platform-error.ts';
import type { Problem } from './problem.ts';
import { remedySteps } from './remedy-steps.ts';

export interface RenderOptions {
  readonly debug: boolean;
  readonly version: string;
  /** Takes away what could command a terminal: messages quote files and answers of AWS. */
  readonly clean: (text: string) => string;
  readonly bold: (text: string) => string;
  readonly red: (text: string) => string;
}

export const exitCodeOf = (error: unknown): number => (error instanceof PlatformError ? error.exitCode : EXIT.bug);

/** What the user reads, last on stderr: the eye is at the bottom. */
export function renderError(error: unknown, options: RenderOptions): string {
  if (!(error instanceof PlatformError)) return renderBug(error, options);
  const { red, bold, clean } = options;
  if (error.kind === 'declined') return `${clean(error.message)}\n`;
  const problems = toldApart(error).map((problem, _, all) =>
    // The way out of the only one stands at the end already.
    renderProblem(problem, { ...options, fix: all.length > 1 || problem.remedy !== error.remedy }),
  );
  const label = error.kind === 'pending' ? bold('pending:') : red('error:');
  const lines = [
    ...problems,
    ...error.findings.map(clean),
    `${label} ${clean(error.message)}`,
    ...fixLines(error.remedy, '  ', options),
    `   ${bold('id:')} ${error.id}`,
    ...(options.debug ? causes(error).map(clean) : []),
  ];
  return `${lines.join('\n')}\n`;
}

/** One mistake that is the whole message is not told twice. */
const toldApart = ({ message, problems }: PlatformError): readonly Problem[] =>
  problems.length === 1 && problems[0]!.environment === undefined && message.endsWith(problems[0]!.message)
    ? []
    : problems;

/** The same for `--json`. */
export function errorDocument(error: unknown, version: string): Record<string, unknown> {
  if (error instanceof PlatformError) {
    const { id, kind, message, remedy, problems, details } = error;
    return { id, kind, message, remedy, problems, ...(details ? { details } : {}) };
  }
  const { message, stack } = asError(error);
  return { id: 'bug', kind: 'bug', message, remedy: reportIt(version), problems: [], stack };
}

function renderProblem(
  { severity, file, line, column, path, message, remedy, rule, failure, waived, environment, evidence }: Problem,
  options: RenderOptions & { fix: boolean },
): string {
  const { red, bold, clean, fix } = options;
  const place = [file, line, column].filter((part) => part !== undefined).join(':');
  const where = clean([place, path, environment && `(${environment})`].filter(Boolean).join(' '));
  const label = severity === 'error' ? red('error') : 'warning';
  const named = [label, ...(rule ? [rule] : []), ...(failure ? [`(${failure})`] : [])].join(' ');
  return [
    `${where ? `${bold(where)}\n  ` : ''}${named}: ${clean(message)}`,
    ...evidenceLines(evidence, '    ').map(clean),
    ...(waived !== undefined ? [`    accepted: ${clean(waived)}`] : fix ? fixLines(remedy, '    ', options) : []),
  ].join('\n');
}

/** Every command of a remedy on a line of its own, to be typed as it stands. */
const fixLines = (remedy: string, indent: string, { bold, clean }: RenderOptions): string[] =>
  remedySteps(clean(remedy)).map(
    ({ label, text }) => `${' '.repeat(indent.length + 3 - label.length)}${bold(`${label}:`)} ${text}`,
  );

function renderBug(error: unknown, { version, red, bold, clean }: RenderOptions): string {
  const { stack, message } = asError(error);
  return [
    clean(stack ?? message),
    ...causes(error).map(clean),
    `${red('bug:')} ${clean(message)}`,
    `  ${bold('fix:')} ${reportIt(version)}`,
    '',
  ].join('\n');
}

const reportIt = (version: string): string =>
  `this is a mistake in platform ${version}, not in your project: report the text above and the command with your platform.yaml, without secrets`;

const causes = (error: unknown): string[] => {
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause === undefined) return [];
  return [`caused by: ${asError(cause).stack ?? asError(cause).message}`, ...causes(cause)];
};

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));
