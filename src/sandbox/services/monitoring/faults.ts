import { AwsFault } from '../../kernel/fault.ts';
import { type Constrained, violation } from '../constraints.ts';

export const invalid = (message: string) => new AwsFault('ValidationError', message);
export const invalidValue = (message: string) => new AwsFault('InvalidParameterValue', message);
export const invalidCombination = (message: string) => new AwsFault('InvalidParameterCombination', message);

/** Alarms that are not there are refused with a code and no words (recording test_set_alarm_invalid_input). */
export const notFound = (message = '') => new AwsFault('ResourceNotFound', message, { status: 404 });

/** Throws the sentence of the first layer of validation, if there is one. */
export function check(members: readonly Constrained[]): void {
  const sentence = violation(members);
  if (sentence !== undefined) throw invalid(sentence);
}
