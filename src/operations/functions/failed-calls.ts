import type { Session } from '../../context.ts';
import { evidenceOf } from '../../diagnosis/shown-evidence.ts';
import { counted } from '../../domain/counted.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import type { FailureId } from '../../domain/failure-id.ts';
import { fewAtATime } from '../../domain/few-at-a-time.ts';
import { redactedLine } from '../../domain/redact.ts';
import { judgeText } from '../../domain/texts/judge-text.ts';
import type { Problem } from '../../errors/problem.ts';
import type { DeployedFunction } from './deployed-functions.ts';

type Powers = Pick<Session, 'aws' | 'clock' | 'environment'>;

const MINUTES = 60;

/** What a log says of a call that failed; other words of a log are of something that the program tells. */
const OF_CALLS: ReadonlySet<FailureId> = new Set(['F-78', 'F-79', 'F-80', 'F-81', 'F-82', 'F-83', 'F-102', 'F-103']);

/**
 * A line that a runtime of Lambda marks as an error: its plain form in Node.js and Python, its JSON form, and what it
 * writes itself. https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html
 */
const SAYS_ERROR = /\tERROR\t|^\[ERROR\]|"level"\s*:\s*"(?:error|fatal|critical)"/i;

/**
 * Calls of the last hour that failed, with what the log says of it (F-102, F-103 and others); and functions that write
 * errors while none of their calls fails (F-105): nothing is tried again then, and no alarm rings. Only reads.
 */
export async function failedCalls(session: Powers, functions: readonly DeployedFunction[]): Promise<Problem[]> {
  const found = await fewAtATime(functions, (fn) => problemsOf(session, fn));
  return found.flat();
}

async function problemsOf({ aws, clock, environment }: Powers, fn: DeployedFunction): Promise<Problem[]> {
  const { name, functionName, logGroup } = fn;
  const now = clock.now();
  const sum = (metric: string) =>
    aws.metrics.sum(
      { namespace: 'AWS/Lambda', name: metric, dimensions: { FunctionName: functionName } },
      { now, minutes: MINUTES },
    );
  const [calls, errors] = await Promise.all([sum('Invocations'), sum('Errors')]);
  if (calls === 0 || (errors === 0 && tellsOtherwise(environment, name))) return [];
  const page = logGroup && (await aws.logs.groupEvents(logGroup, { since: now - MINUTES * 60_000 }));
  const lines = (page ? page.events : []).map(({ text }) => text.trim()).toReversed();
  const flags = environmentFlags(environment);
  const path = `functions.${name}`;
  if (errors > 0) {
    const known = firstKnown(lines);
    // A call that took too long lacks a way out only where there is a network around it.
    const isSo = known && (known.id !== 'F-102' || (await isInNetwork(aws, fn)));
    return [
      {
        ...(isSo ? { rule: known.id } : {}),
        severity: 'warning',
        path,
        message: `${errors} of ${counted(calls, 'call')} failed within the last hour${known ? `: ${redactedLine(known.line)}` : ''}`,
        remedy: `platform logs ${name} ${flags} shows what it wrote`,
        evidence: [
          evidenceOf('cloudwatch:GetMetricStatistics', `AWS/Lambda Errors of ${functionName}`, errors),
          ...(known ? [evidenceOf('logs:FilterLogEvents', `${logGroup} events[].message`, known.line)] : []),
        ],
      },
    ];
  }
  const said = lines.filter((line) => SAYS_ERROR.test(line));
  if (said.length === 0) return [];
  return [
    {
      rule: 'F-105',
      severity: 'warning',
      path,
      message: `it wrote ${counted(said.length, 'line')} of errors within the last hour, and none of its ${counted(calls, 'call')} failed: what it answers instead of throwing is never tried again, and no alarm rings`,
      remedy: `let the handler throw${fn.queueReader ? ', or answer batchItemFailures with partialFailures: true' : ''}; platform logs ${name} ${flags} shows the lines`,
      evidence: [
        evidenceOf('logs:FilterLogEvents', `${logGroup} events[].message`, said[0]),
        evidenceOf('cloudwatch:GetMetricStatistics', `AWS/Lambda Errors of ${functionName}`, errors),
      ],
    },
  ];
}

async function isInNetwork(aws: Powers['aws'], { functionName, version }: DeployedFunction): Promise<boolean> {
  const found = await aws.lambda.configuration(functionName, version);
  return (found?.VpcConfig?.SubnetIds ?? []).length > 0;
}

/** Who has another way to tell of a failure: an answer of an API, or the messages of a queue that are to come again. */
function tellsOtherwise({ blocks }: Session['environment'], name: string): boolean {
  const trigger = blocks.functions[name]?.trigger;
  return (
    Object.values(blocks.apis).some(({ handler }) => handler === `fn.${name}`) ||
    (trigger?.on === 'queue' && trigger.partialFailures)
  );
}

/** The newest line that names a known failure. */
function firstKnown(lines: readonly string[]): { id: FailureId; line: string } | undefined {
  for (const line of lines) {
    const verdict = judgeText(line, 'container-log').find(({ id, open }) => !open && OF_CALLS.has(id));
    if (verdict) return { id: verdict.id, line };
  }
  return undefined;
}
