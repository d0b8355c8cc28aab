import { createRequire } from 'node:module';
import { ANSWERED_RULES } from '../domain/answered-rules.ts';
import type { SynthesizedStack, TemplateFinding } from './cdk.ts';
import { findingPath } from './finding-path.ts';

/** The part of the bundled validator that is used here; aws-cdk-lib carries it without types of its own. */
interface Validator {
  CelEngine: new (config: object) => { validateTemplate(template: object): { diagnostics: Diagnostic[] } };
  TemplateContent: new (content: string, name: string) => object;
}
interface Diagnostic {
  ruleId: string;
  severity: 'FATAL' | 'ERROR' | 'WARN' | 'INFO' | 'DEBUG';
  message: string;
  suggestedFix?: string;
  entity?: { logicalId?: string };
  propertyPath?: string;
}

const SEVERITY: Partial<Record<Diagnostic['severity'], TemplateFinding['severity']>> = {
  FATAL: 'error',
  ERROR: 'error',
  WARN: 'warning',
};

/** Its rules are those of cfn-lint, whose page describes them. */
const RULES_PAGE = 'https://github.com/aws-cloudformation/cfn-lint/blob/main/docs/rules.md';

/**
 * Checks templates offline with the CloudFormation validator that aws-cdk-lib brings: resource schemas and the rules
 * of cfn-lint. The engine takes about 0.7 s to start, so that it is kept, and only `validate` and changed templates pay for it.
 */
export function templateValidator(): (
  stacks: readonly Pick<SynthesizedStack, 'id' | 'stackName' | 'constructs' | 'template'>[],
) => TemplateFinding[] {
  const { CelEngine, TemplateContent } = load();
  const engine = new CelEngine({});
  return (stacks) =>
    stacks.flatMap((stack) =>
      engine
        .validateTemplate(new TemplateContent(JSON.stringify(stack.template), stack.stackName))
        .diagnostics.flatMap(({ ruleId, severity, message, suggestedFix, entity, propertyPath }): TemplateFinding[] => {
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
        }),
    );
}

function load(): Validator {
  const require = createRequire(import.meta.url);
  const inside = createRequire(require.resolve('aws-cdk-lib/package.json'));
  return inside('@aws/cloudformation-validate') as Validator;
}
