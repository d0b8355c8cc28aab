import type { Container, TaskDefinition } from '@aws-sdk/client-ecs';
import { FARGATE_MEMORY } from '../../domain/fargate-sizes.ts';
import { exitCodeMeaning } from '../../domain/task-end.ts';
import type { Cause, Evidence } from '../cause.ts';
import type { LogTail } from '../collect/log-tail.ts';
import { type Look, seen } from '../look.ts';
import { evidenceOf } from '../shown-evidence.ts';
import { judgeLastWords } from './by-words.ts';
import { knownWords } from './known-words.ts';
import { certain, type Patient, possible, type TaskEnd } from './patient.ts';

export interface ContainerEnd {
  end: TaskEnd;
  definition: TaskDefinition | undefined;
  log: Look<LogTail>;
}

/**
 * The container whose end ended the task: one that says why, else one that failed by itself; the others were asked to
 * end after it, and show 143, or 137 when they did not listen.
 */
export function endedContainer({ task }: TaskEnd): { container: Container; index: number } | undefined {
  const all = (task?.containers ?? []).map((container, index) => ({ container, index }));
  const first = (fits: (container: Container) => boolean) => all.find(({ container }) => fits(container));
  return (
    first(({ reason }) => Boolean(reason)) ??
    first(({ exitCode }) => exitCode !== undefined && ![0, 137, 143].includes(exitCode)) ??
    first(({ exitCode }) => exitCode !== undefined && exitCode !== 0) ??
    first(({ exitCode }) => exitCode !== undefined)
  );
}

/** A program that ended: by its memory (F-49), by what its last lines say, else by its exit code (F-50). */
export function judgeContainerEnd(patient: Patient, { end, definition, log }: ContainerEnd): Cause[] {
  const found = endedContainer(end);
  const place = `tasks[${end.index}].containers[${found?.index ?? 0}]`;
  const { exitCode, reason = '' } = found?.container ?? {};
  const code = evidenceOf('ecs:DescribeTasks', `${place}.exitCode`, exitCode);
  const why = evidenceOf('ecs:DescribeTasks', `${place}.reason`, reason);
  if (/OutOfMemory|OOM-?killed/i.test(`${reason} ${end.reason}`))
    return [outOfMemory(patient, definition, [reason === '' ? code : why, code])];
  const lines = seen(log)?.lines ?? [];
  const said = knownWords(patient, lines);
  // A line among the last ones of a program that ended with an error is why it did, as far as anybody can read.
  if (said) return [certain(patient, said.named, [code, logRead(log, said.line)])];
  const words = judgeLastWords(patient, { lines, code, read: (line) => logRead(log, line) });
  if (words) return [words];
  if (/executable file not found|no such file or directory|permission denied/.test(reason))
    return [badCommand(patient, why)];
  const unfinished = patient.once === 'migration';
  if (exitCode === undefined && unfinished)
    return [
      certain(
        patient,
        {
          ...ended(patient, 'ended without an exit code: nobody knows what of the migration is done'),
          id: 'F-88',
          recurs: 'maybe',
        },
        [code],
      ),
    ];
  if (exitCode === undefined)
    return reason === ''
      ? []
      : [possible(patient, { ...ended(patient, 'did not start'), id: 'F-50', recurs: 'maybe' }, [why])];
  // Killed with no word of its memory: that is the most frequent reason, and not the only one.
  if (exitCode === 137) {
    const memory = outOfMemory(patient, definition, [code]);
    const { subject: _, certainty: __, evidence: ___, ...named } = memory;
    return [possible(patient, { ...named, recurs: 'maybe' }, [code])];
  }
  const meaning = exitCodeMeaning(exitCode);
  // Whoever ran a command is told its code already.
  if (patient.once === 'run' && meaning === undefined) return [];
  const what = `its program ended with exit code ${exitCode}${meaning ? `: ${meaning}` : exitCode === 0 && !patient.once ? ', and a service is not to end' : ''}`;
  return [
    certain(
      patient,
      {
        id: unfinished ? 'F-88' : 'F-50',
        what,
        remedy: ended(patient, '').remedy,
        recurs: exitCode === 126 || exitCode === 127 ? 'always' : 'maybe',
      },
      [code, ...(lines.length > 0 ? [logRead(log, lines.at(-1)!)] : [])],
    ),
  ];
}

const ended = ({ logs }: Patient, how: string) => ({
  what: `its program ${how}`,
  remedy: `${logs} shows its last lines`,
});

const badCommand = (patient: Patient, why: Evidence): Cause =>
  certain(
    patient,
    {
      id: 'F-50',
      what: 'the command that its container is to run is not in the image, or cannot be executed',
      remedy: `correct ${patient.subject}.command in platform.yaml, or CMD and ENTRYPOINT in its Dockerfile, then platform deploy ${patient.flags}`,
      recurs: 'always',
    },
    [why],
  );

function outOfMemory(
  patient: Patient,
  definition: TaskDefinition | undefined,
  evidence: readonly [Evidence, ...Evidence[]],
): Cause {
  const { cpu, memory } = definition ?? {};
  const next = nextMemory(Number(cpu), Number(memory));
  const has = memory ? `${memory} MiB` : 'its memory';
  return certain(
    patient,
    {
      id: 'F-49',
      what: `its program took more than ${has} and was killed`,
      remedy: next
        ? `set ${patient.subject}.${next.cpu === Number(cpu) ? '' : `cpu: ${next.cpu} and `}memory: ${next.memory} in platform.yaml, the next size of Fargate, then platform deploy ${patient.flags}`
        : `give it more memory in platform.yaml, then platform deploy ${patient.flags}`,
      recurs: 'maybe',
    },
    evidence,
  );
}

/** The next size of Fargate with more memory, with as much processor if there is one. */
export function nextMemory(cpu: number, memory: number): { cpu: number; memory: number } | undefined {
  const units = Object.keys(FARGATE_MEMORY)
    .map(Number)
    .filter((one) => one >= cpu)
    .sort((a, b) => a - b);
  for (const one of units) {
    const larger = FARGATE_MEMORY[one]?.find((size) => size > memory);
    if (larger !== undefined) return { cpu: one, memory: larger };
  }
  return undefined;
}

export const logRead = (log: Look<LogTail>, line: string): Evidence =>
  evidenceOf('logs:GetLogEvents', seen(log)?.stream ?? 'log', line);
