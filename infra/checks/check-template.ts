import { humanName } from '../describe-resource.ts';
import { ACCESS_RULES } from './access-rules.ts';
import { EXPOSURE_RULES } from './exposure-rules.ts';
import { KEEPING_RULES } from './keeping-rules.ts';
import type { Template, TemplateRule } from './template.ts';
import { TEXT_RULES } from './text-rules.ts';

/** Every rule about templates, in the order in which a report names them. */
export const TEMPLATE_RULES: readonly TemplateRule[] = [
  ...EXPOSURE_RULES,
  ...ACCESS_RULES,
  ...KEEPING_RULES,
  ...TEXT_RULES,
];

export interface TemplateProblem {
  /** Id of the rule. */
  rule: string;
  severity: 'error' | 'warning';
  logicalId: string;
  /** What the resource is to a person. */
  resource: string;
  message: string;
  remedy: string;
}

/** What a template promises and does not keep. Pure; takes any template as JSON. */
export const checkTemplate = (template: Template): TemplateProblem[] =>
  TEMPLATE_RULES.flatMap(({ id, severity, remedy, findings }) =>
    findings(template).map((finding) => ({
      rule: id,
      severity,
      logicalId: finding.id,
      resource: template.Parameters?.[finding.id] ? `parameter ${finding.id}` : humanName(template, finding.id),
      message: finding.message,
      remedy,
    })),
  );
