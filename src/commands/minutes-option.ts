import { InvalidArgumentError } from 'commander';

/** Parses how long to wait. */
export function minutes(argument: string): number {
  const value = Number(argument);
  if (!(value > 0 && value <= 24 * 60))
    throw new InvalidArgumentError('It is a number of minutes, more than 0 and at most 1440.');
  return value;
}
