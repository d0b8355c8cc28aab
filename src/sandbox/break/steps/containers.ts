import { AwsFault } from '../../kernel/fault.ts';
import type { Scope } from '../../kernel/scope.ts';
import { setBehaviour } from '../../services/ecs/runtime/behaviours.ts';
import { writeLogLines } from '../../services/ecs/runtime/log-lines.ts';
import { taskDefinitions, tasks } from '../../services/ecs/state.ts';
import { type Answer, setTargetBehaviour } from '../../services/elasticloadbalancing/target-behaviour.ts';
import type { Bench } from '../bench.ts';
import type { StepInput, WrittenLine } from '../break-steps.ts';

type Shown = StepInput<'answers'>['answer'];

export function container({ of, exit, logs, http, health }: StepInput<'container'>, bench: Bench): string {
  setBehaviour(bench, of, {
    ...(exit
      ? {
          exit: {
            code: exit.code,
            afterMs: exit.afterSeconds * 1000,
            ...(exit.reason === undefined ? {} : { reason: exit.reason }),
          },
        }
      : {}),
    ...(logs ? { logs: logs.map(written) } : {}),
    ...(http
      ? {
          http: {
            answer: answerOf(http.answer),
            ...(http.paths ? { paths: byPath(http.paths) } : {}),
            ...(http.readyAfterSeconds === undefined ? {} : { readyAfterMs: http.readyAfterSeconds * 1000 }),
          },
        }
      : {}),
    ...(health ? { health } : {}),
  });
  const what = [
    ...(exit ? [`end with ${exit.code ?? 'no code'}${exit.reason ? ` (${exit.reason})` : ''}`] : []),
    ...(http ? [`answer ${http.answer}`] : []),
    ...Object.entries(http?.paths ?? {}).map(([path, shown]) => `answer ${shown} at ${path}`),
    ...(health ? [`call themselves ${health}`] : []),
    ...(logs ? [`write ${logs.length} lines`] : []),
  ];
  return `containers of ${of} that start from now on ${what.join(', ')}`;
}

/** A line as its bytes come out of a container. */
export function written(line: WrittenLine): string {
  if (typeof line === 'string') return line;
  return 'hex' in line ? Buffer.from(line.hex, 'hex').toString('utf8') : line.text.repeat(line.times);
}

export async function writeLog({ service, lines }: StepInput<'write-log'>, bench: Bench): Promise<string> {
  const running = tasksOf(bench, service);
  for (const task of running)
    for (const container of taskDefinitions.in(bench).get(task.definition)?.definition.containerDefinitions ?? [])
      await writeLogLines(bench, { task, container, lines: lines.map(written) });
  return `${running.length} running tasks of ${service} write ${lines.length} lines`;
}

export function forgetContainer({ of }: StepInput<'forget-container'>, bench: Bench): string {
  setBehaviour(bench, of, undefined);
  return `containers of ${of} that start from now on run as before`;
}

/** Health follows by the thresholds of the target group; nothing is replaced by this alone. */
export function answers({ service, answer, paths }: StepInput<'answers'>, bench: Bench): string {
  const running = tasksOf(bench, service);
  for (const { address, definition } of running) {
    const { containerDefinitions = [] } = taskDefinitions.in(bench).get(definition)?.definition ?? {};
    const ports = containerDefinitions.flatMap(({ portMappings }) => portMappings ?? []);
    for (const { containerPort } of ports)
      if (address && containerPort !== undefined)
        setTargetBehaviour(bench, {
          address,
          port: containerPort,
          behaviour: { answer: answerOf(answer), ...(paths ? { paths: byPath(paths) } : {}) },
        });
  }
  return `${running.length} running tasks of ${service} answer ${answer} from now on`;
}

function tasksOf(scope: Scope, service: string) {
  const found = tasks
    .in(scope)
    .values()
    .filter((row) => `${row.cluster}/${row.service?.name}` === service && row.task.lastStatus === 'RUNNING');
  if (found.length === 0) throw new AwsFault('StepInvalid', `${service} has no running task`);
  return found;
}

const answerOf = (shown: Shown): Answer =>
  typeof shown === 'number' ? { kind: 'status', code: shown } : { kind: shown === 'silence' ? 'timeout' : 'refused' };

const byPath = (paths: Readonly<Record<string, Shown>>): Record<string, Answer> =>
  Object.fromEntries(Object.entries(paths).map(([path, shown]) => [path, answerOf(shown)]));
