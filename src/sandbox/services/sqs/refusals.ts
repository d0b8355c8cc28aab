import { AwsFault } from '../../kernel/fault.ts';

export const invalidValue = (message: string) => new AwsFault('InvalidParameterValue', message);

export const invalidParameter = (value: unknown, parameter: string, reason: string) =>
  invalidValue(`Value ${value} for parameter ${parameter} is invalid. Reason: ${reason}`);

export const missingParameter = (parameter: string) =>
  new AwsFault('MissingParameter', `The request must contain the parameter ${parameter}.`);

export const queueMissing = () => new AwsFault('QueueDoesNotExist', 'The specified queue does not exist.');

export function requireRange(
  value: number | undefined,
  parameter: string,
  [min, max]: [number, number],
  reason: string,
) {
  if (value !== undefined && (value < min || value > max)) throw invalidParameter(value, parameter, reason);
}
