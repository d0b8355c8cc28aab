import { checkTemplate } from '../../infra/checks/check-template.ts';
import type { TemplateFinding, TemplateJson } from './cdk.ts';

/** Our own promises, looked for in the templates themselves. */
export const checkTemplates = (stacks: readonly { stackName: string; template: TemplateJson }[]): TemplateFinding[] =>
  stacks.flatMap(({ stackName, template }) =>
    checkTemplate(template).map(({ rule, severity, resource, logicalId, message, remedy }) => ({
      stack: stackName,
      rule,
      severity,
      path: logicalId,
      message: `${resource}: ${message}`,
      fix: remedy,
    })),
  );
