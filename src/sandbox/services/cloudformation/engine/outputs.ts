import { invalid } from '../faults.ts';
import { evaluate, text } from '../intrinsics/evaluate.ts';
import type { OutputRow } from '../state.ts';
import type { Model } from './model.ts';

/** The outputs whose condition holds, by the name of their key. */
export function evaluateOutputs({ template, holds, environment }: Model): OutputRow[] {
  return Object.entries(template.Outputs ?? {})
    .filter(([, { Condition }]) => Condition === undefined || holds(Condition))
    .map(([key, { Value, Description, Export }]) => {
      const value = evaluate(Value, environment);
      if (typeof value === 'object')
        throw invalid(
          `Template format error: Output ${key} is malformed. The Value field of every Outputs member must evaluate to a String.`,
        );
      const exportName = Export && text(evaluate(Export.Name, environment) ?? '');
      return {
        key,
        value: value === undefined ? '' : text(value),
        ...(Description === undefined ? {} : { description: Description }),
        ...(exportName ? { exportName } : {}),
      };
    });
}
