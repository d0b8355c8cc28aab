import { counted } from '../../domain/counted.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import type { ChangeSetDocument } from './make-change-sets.ts';

/** For people: a line per stack, and under it what CloudFormation found. */
export function changeSetLines(name: string, documents: readonly ChangeSetDocument[], flags: string): string[] {
  if (documents.length === 0) return [];
  const width = Math.max(...documents.map(({ stack }) => stack.length));
  return [
    `  change sets ${name}`,
    ...documents.flatMap(({ stack, status, reason, findings }) => [
      `      ${stack.padEnd(width)}  ${WORDS[status]}${reason ? `: ${reason}` : ''}`,
      ...findings.flatMap(({ path, message }) => [`          ${message}`, `          at ${path}`]),
    ]),
    ...(documents.some(({ status }) => status === 'made')
      ? [`  platform deploy ${flags} --change-set ${name} executes what was made`]
      : []),
  ];
}

const WORDS: Record<ChangeSetDocument['status'], string> = {
  made: 'made, not executed',
  refused: 'refused by CloudFormation',
  waits: 'waits',
  unchanged: 'nothing to change',
};

/** Thrown after the document was printed. */
export function changeSetsRefused(documents: readonly ChangeSetDocument[]): PlatformError | undefined {
  const problems = documents.flatMap(({ findings }) => findings);
  if (problems.length === 0) return undefined;
  return new PlatformError({
    id: 'change-set-refused',
    kind: 'failed',
    message: `CloudFormation found ${counted(problems.length, 'problem')} before anything was executed; nothing was changed`,
    remedy: problems[0]!.remedy,
    problems,
  });
}
