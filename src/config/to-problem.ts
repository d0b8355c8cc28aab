import type { Problem } from '../errors/problem.ts';
import type { Explanation } from './explain-issue.ts';
import { pathText } from './value-path.ts';
import type { Position, YamlSource } from './yaml-source.ts';

/** An explanation at its place. `012345678901` is shown as it is written, not as the number that YAML makes of it. */
export function toProblem(
  { path, message, remedy }: Explanation,
  position: Position | undefined,
  source: YamlSource,
): Problem {
  const text = source.numberText(position);
  const asWritten = (sentence: string) =>
    text === undefined ? sentence : sentence.replaceAll(String(Number(text)), text);
  return {
    severity: 'error',
    path: pathText(path),
    ...position,
    message: asWritten(message),
    remedy: asWritten(remedy),
  };
}
