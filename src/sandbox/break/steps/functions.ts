import { randomUUID } from 'node:crypto';
import { AwsFault } from '../../kernel/fault.ts';
import { recordCalls } from '../../services/lambda/function-metrics.ts';
import { appendLogEvents } from '../../services/logs/append-log-events.ts';
import type { Bench } from '../bench.ts';
import type { StepInput } from '../break-steps.ts';
import { written } from './containers.ts';

export function writeLines({ group, lines }: StepInput<'write-lines'>, bench: Bench): string {
  if (!appendLogEvents(bench, group, randomUUID(), lines.map(written)))
    throw new AwsFault('StepInvalid', `There is no log group ${group}`);
  return `${lines.length} lines appear in ${group}`;
}

export function functionCalls({ function: name, calls, failed }: StepInput<'function-calls'>, bench: Bench): string {
  recordCalls(name, { calls, failed }, bench);
  return `${calls} calls of ${name} are counted, ${failed} of them failed`;
}
