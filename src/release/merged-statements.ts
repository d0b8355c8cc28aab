import { canonicalJson } from './canonical-json.ts';

export interface Statement {
  Action: string[];
}

/**
 * Statements of several policies as those of one, each action once: a role takes 10,240 characters of policies, and what
 * looks and what deploys have much in common. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export function mergedStatements(statements: readonly object[]): Statement[] {
  const same = Map.groupBy(statements as Statement[], ({ Action: _, ...rest }) => canonicalJson(rest));
  return [...same.values()].map((of) => ({
    ...of[0]!,
    Action: [...new Set(of.flatMap(({ Action }) => Action))].sort(),
  }));
}
