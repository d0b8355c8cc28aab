import { dirname } from 'node:path';
import { ANSWERED_RULES } from '../domain/answered-rules.ts';
import type { SynthesizedStack, TemplateFinding } from './cdk.ts';
import { findingPath } from './finding-path.ts';
import { diagnosticsFile, keptDiagnostics } from './kept-diagnostics.ts';
import { validator } from './validator.ts';
import type { Diagnostic } from './validator-thread.ts';

type Judged = Pick<SynthesizedStack, 'id' | 'stackName' | 'constructs' | 'template' | 'templateFile'>;

const SEVERITY: Partial<Record<Diagnostic['severity'], TemplateFinding['severity']>> = {
  FATAL: 'error',
  ERROR: 'error',
  WARN: 'warning',
};

/** Its rules are those of cfn-lint, whose page describes them. */
const RULES_PAGE = 'https://github.com/aws-cloudformation/cfn-lint/blob/main/docs/rules.md';

/**
 * Checks templates offline with the CloudFormation validator that aws-cdk-lib brings: resource schemas and the rules
 * of cfn-lint. Only `validate` and changed templates pay for it, and what was looked at before is not looked at again.
 */
export async function validateTemplates(stacks: readonly Judged[]): Promise<TemplateFinding[]> {
  if (stacks.length === 0) return [];
  const kept = keptDiagnostics(diagnosticsFile(dirname(stacks[0]!.templateFile)));
  const found = new Map<string, Diagnostic[]>();
  const all = await Promise.all(
    stacks.map(async (stack) => {
      const text = JSON.stringify(stack.template);
      const before = kept.of(text);
      const diagnostics = before ?? (await validator().validate(stack.stackName, text));
      if (!before) found.set(text, diagnostics);
      return diagnostics.flatMap((one) => findingOf(stack, one));
    }),
  );
  if (found.size > 0) kept.keep(found);
  return all.flat();
}

function findingOf(
  stack: Judged,
  { ruleId, severity, message, suggestedFix, entity, propertyPath }: Diagnostic,
): TemplateFinding[] {
  const found = SEVERITY[severity];
  if (!found || Object.hasOwn(ANSWERED_RULES, ruleId)) return [];
  return [
    {
      source: 'cloudformation',
      rule: ruleId,
      severity: found,
      path: findingPath(stack, entity?.logicalId, propertyPath),
      message,
      documentation: RULES_PAGE,
      ...(suggestedFix ? { fix: suggestedFix } : {}),
    },
  ];
}
