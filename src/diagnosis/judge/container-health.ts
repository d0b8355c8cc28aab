import type { TaskDefinition } from '@aws-sdk/client-ecs';
import type { Cause } from '../cause.ts';
import { evidenceOf } from '../shown-evidence.ts';
import { certain, type Patient, type TaskEnd } from './patient.ts';

/** F-51: the command of the container's own health check. */
export function judgeContainerHealth(
  patient: Patient,
  { end, definition }: { end: TaskEnd; definition: TaskDefinition | undefined },
): Cause {
  const { subject, flags } = patient;
  const definitions = definition?.containerDefinitions ?? [];
  const sick = end.task?.containers?.find(({ healthStatus }) => healthStatus === 'UNHEALTHY')?.name;
  const index = Math.max(
    0,
    definitions.findIndex(({ name, healthCheck }) => healthCheck && (sick === undefined || name === sick)),
  );
  const command = definitions[index]?.healthCheck?.command;
  const words = command?.join(' ') ?? 'its command';
  const tool = /\b(curl|wget|nc|pg_isready)\b/.exec(words)?.[1];
  const missing = tool ? `${tool}, which it needs, may not be in the image; ` : '';
  return certain(
    patient,
    {
      id: 'F-51',
      what: `the health check inside its container fails: ${words}`,
      remedy: `${missing}try it: platform run ${patient.name} ${flags} -- ${inner(command)}; then correct ${subject}.health.command in platform.yaml, and platform deploy ${flags}`,
      recurs: 'maybe',
    },
    [
      end.said,
      ...(command
        ? [evidenceOf('ecs:DescribeTaskDefinition', `containerDefinitions[${index}].healthCheck.command`, command)]
        : []),
    ],
  );
}

/** As it is typed: CMD-SHELL gives its one string to a shell. */
const inner = (command: readonly string[] = []): string =>
  command[0] === 'CMD-SHELL' ? `sh -c ${JSON.stringify(command[1] ?? '')}` : command.slice(1).join(' ');
