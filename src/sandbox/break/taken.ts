import { AwsFault } from '../kernel/fault.ts';
import { defineTable, type Scope } from '../kernel/scope.ts';
import type { Bench } from './bench.ts';
import type { StepInput } from './break-steps.ts';

/** The calls that make again what a step took away, by step and by whom it was taken from. */
const taken = defineTable<{ calls: { operation: string; input: unknown }[] }>('sandbox.taken');

export type Call = { operation: string; input: unknown };

/** Has the calls kept that `give-back` will make; those of the same step and owner that were kept before come first. */
export function keep(scope: Scope, step: string, from: string, calls: readonly Call[]): void {
  const key = `${step} ${from}`;
  const before = taken.in(scope).get(key)?.calls ?? [];
  taken.in(scope).put(key, { calls: [...before, ...calls] });
}

/** Makes again what a step took away. */
export async function giveBack({ taken: step, from }: StepInput<'give-back'>, bench: Bench): Promise<string> {
  const key = `${step} ${from}`;
  const row = taken.in(bench).get(key);
  if (!row) return `nothing was taken from ${from} by ${step}`;
  for (const { operation, input } of row.calls) {
    try {
      await bench.ask(operation, input);
    } catch (error) {
      // Somebody made it again meanwhile, a recovery for example: then it is there.
      if (!(error instanceof AwsFault) || !/already|duplicate|exist/i.test(`${error.code} ${error.message}`))
        throw error;
    }
  }
  taken.in(bench).delete(key);
  return `${from} has back what ${step} took`;
}
