import type { Session } from '../../context.ts';
import { evidenceOf } from '../../diagnosis/shown-evidence.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { normalValue } from '../../domain/secrets/secret-value.ts';
import type { Problem } from '../../errors/problem.ts';
import type { KnownSecret } from '../../release/environment-secrets.ts';
import type { LiveSecret } from './look-at-secrets.ts';

/** What a push would have put right: the value was written by other means (F-95). */
export function shapeProblems(
  environment: Session['environment'],
  { keys, name, secretName, source }: KnownSecret,
  live: LiveSecret,
): Problem[] {
  if (source !== 'env-file' || live.contents.kind !== 'json') return [];
  const { values } = live.contents;
  return Object.entries(keys).flatMap(([key, { type }]): Problem[] => {
    const value = values.get(key)?.reveal();
    if (value === undefined || value === '') return [];
    const { changes, problem } = normalValue(type, value);
    const why = problem ?? changes[0];
    if (why === undefined) return [];
    return [
      {
        rule: 'F-95',
        severity: 'warning',
        path: `secrets.${name}`,
        message: `${key} of ${secretName} is not as a push stores it: ${why}`,
        remedy: `correct it in .env.${environment.name}, then platform secrets push ${environmentFlags(environment)}`,
        evidence: [evidenceOf('secretsmanager:GetSecretValue', `${secretName} ${key} shape`, why)],
      },
    ];
  });
}
