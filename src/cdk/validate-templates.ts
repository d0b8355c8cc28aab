import { createRequire } from 'node:module';
import type { TemplateFinding, TemplateJson } from './cdk.ts';

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

/** Warnings that our templates earn on purpose, each with its reason; they say nothing about the user's configuration. */
const MEANT = new Map([
  ['W3010', 'zones are written down, so that a look-up can never move a subnet (F-12)'],
  ['W2509', 'the parameter is the ARN of a secret, not a secret'],
  ['W3011', 'task definitions are retained when they are replaced, which is the way back, and go with their stack'],
]);

/**
 * Checks templates offline with the CloudFormation validator that aws-cdk-lib brings: resource schemas and the rules
 * of cfn-lint. The engine takes about 0.7 s to start, so only `validate` and changed templates pay for it.
 */
export function validateTemplates(stacks: readonly { stackName: string; template: TemplateJson }[]): TemplateFinding[] {
  const { CelEngine, TemplateContent } = load();
  const engine = new CelEngine({});
  return stacks.flatMap(({ stackName, template }) =>
    engine
      .validateTemplate(new TemplateContent(JSON.stringify(template), stackName))
      .diagnostics.flatMap(({ ruleId, severity, message, suggestedFix, entity, propertyPath }): TemplateFinding[] => {
        const found = SEVERITY[severity];
        if (!found || MEANT.has(ruleId)) return [];
        const path = [entity?.logicalId, propertyPath].filter((part) => part !== undefined).join('.');
        return [
          {
            stack: stackName,
            rule: ruleId,
            severity: found,
            path: path || stackName,
            message,
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
