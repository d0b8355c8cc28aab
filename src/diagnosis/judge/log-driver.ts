import type { LogGroup } from '@aws-sdk/client-cloudwatch-logs';
import type { TaskDefinition } from '@aws-sdk/client-ecs';
import type { Cause } from '../cause.ts';
import type { Look } from '../look.ts';
import { evidenceOf } from '../shown-evidence.ts';
import { certain, type Patient, possible, type TaskEnd } from './patient.ts';
import { type Refusal, refusalIn } from './pull-complaint.ts';

/** What Fargate complains of when it cannot write the log of a container. */
export type LogComplaint =
  | { kind: 'group-absent' }
  | { kind: 'denied'; refusal: Refusal }
  | { kind: 'unreached' }
  | { kind: 'unknown' };

export function logComplaintOf(reason: string): LogComplaint | undefined {
  if (!/failed to validate logger args|failed to (create|initialize) (Cloudwatch log|logging driver)/i.test(reason))
    return undefined;
  const refusal = refusalIn(reason);
  if (refusal) return { kind: 'denied', refusal };
  if (/The specified log group does not exist/.test(reason)) return { kind: 'group-absent' };
  if (/connection issue between the task and|signal: killed|i\/o timeout|deadline exceeded/.test(reason))
    return { kind: 'unreached' };
  return { kind: 'unknown' };
}

/** The group that a definition's containers write to. */
export const logGroupOf = (definition: TaskDefinition | undefined): string | undefined =>
  definition?.containerDefinitions?.flatMap(
    ({ logConfiguration }) => logConfiguration?.options?.['awslogs-group'] ?? [],
  )[0];

/** F-48. */
export function judgeLogGroup(
  patient: Patient,
  { end, name, group }: { end: TaskEnd; name: string; group: Look<LogGroup> },
): Cause {
  const said = end.said;
  const { flags } = patient;
  const remedy = `platform recover tasks ${flags}, which makes it again, then platform deploy ${flags}, which gives it to the tasks`;
  if (group.state === 'found')
    return possible(
      patient,
      {
        id: 'F-48',
        what: `log group ${name} was not there when the task started, and is now`,
        remedy: patient.again,
        recurs: 'maybe',
      },
      [said, evidenceOf('logs:DescribeLogGroups', 'logGroups[0].logGroupName', name)],
    );
  return certain(patient, { id: 'F-48', what: `there is no log group ${name}`, remedy, recurs: 'always' }, [
    said,
    ...(group.state === 'absent' ? [evidenceOf('logs:DescribeLogGroups', 'logGroups', [])] : []),
  ]);
}
