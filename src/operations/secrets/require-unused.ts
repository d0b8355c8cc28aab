import type { Session } from '../../context.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import type { Problem } from '../../errors/problem.ts';
import { type KeyInUse, keysInUse } from './keys-in-use.ts';

/** What is about to go from a secret. */
export interface Removal {
  secretName: string;
  arn: string;
  keys: readonly string[];
  /** The whole text is replaced by another. */
  whole: boolean;
}

/** Throws `secret-key-in-use` when a task that is replaced, or the way back to the newest release, would not start without. */
export async function requireUnused(
  session: Pick<Session, 'aws' | 'environment' | 'target'>,
  removals: readonly Removal[],
): Promise<void> {
  if (removals.length === 0) return;
  const used = await keysInUse(session);
  const problems = removals.flatMap((removal) => problemsOf(removal, used));
  if (problems.length === 0) return;
  throw new PlatformError({
    id: 'secret-key-in-use',
    kind: 'failed',
    message: `${session.environment.name} still needs what would be taken away; nothing was changed`,
    remedy: problems[0]!.remedy,
    problems,
  });
}

function problemsOf({ secretName, arn, keys, whole }: Removal, used: readonly KeyInUse[]): Problem[] {
  const of = used.filter((one) => one.arn === arn);
  const users = (key: string | undefined) => [...new Set(of.filter((one) => one.key === key).map(({ by }) => by))];
  const problem = (what: string, by: readonly string[], remedy: string): Problem => ({
    rule: 'F-44',
    severity: 'error',
    path: secretName,
    message: `${what} of ${secretName} is needed by ${by.join(', ')}`,
    remedy,
  });
  const byText = whole ? users(undefined) : [];
  return [
    ...keys.flatMap((key) => {
      const by = users(key);
      const remedy = 'take the reference out of platform.yaml and deploy that first, then remove the key';
      return by.length === 0 ? [] : [problem(key, by, remedy)];
    }),
    ...(byText.length === 0
      ? []
      : [problem('The text', byText, 'give the secret another path in platform.yaml, and deploy that')]),
  ];
}
