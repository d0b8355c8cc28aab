import type { Session } from '../../context.ts';
import { nearest } from '../../domain/nearest.ts';
import type { EnvFile } from '../../release/given-values.ts';
import { pushedSecrets } from './look-at-secrets.ts';

type Environment = Session['environment'];

/** Variables of the file that no secret declares: they are pushed nowhere. */
export function unknownVariables(environment: Environment, file: EnvFile): string[] {
  const declared = declaredVariables(environment);
  return [...file.values.keys()].filter((variable) => !declared.has(variable)).sort();
}

/** A mistyped one is told the name that was meant. */
export function unknownRemarks(environment: Environment, file: EnvFile): string[] {
  const declared = declaredVariables(environment);
  return unknownVariables(environment, file).map((variable) => {
    const meant = nearest(variable, declared);
    const advice = meant ? `did you mean ${meant}` : 'declare it under secrets, or take it out';
    return `${file.path}:${file.values.get(variable)!.line} ${variable} is no key of any secret: ${advice}`;
  });
}

const declaredVariables = (environment: Environment): Set<string> =>
  new Set(pushedSecrets(environment).flatMap(({ keys }) => Object.entries(keys).map(([key, { from }]) => from ?? key)));
