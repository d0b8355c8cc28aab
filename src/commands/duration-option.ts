import { InvalidArgumentError } from 'commander';
import { parseDuration } from '../domain/duration.ts';

/** Milliseconds of an option such as `--timeout 30m`. */
export function durationMs(value: string): number {
  const ms = parseDuration(value);
  if (ms === undefined || ms === 0) throw new InvalidArgumentError('It is a time such as 90s, 30m or 1h30m.');
  return ms;
}
