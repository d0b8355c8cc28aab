import { humanName } from '../describe-resource.ts';
import { ACCESS_RULES } from './access-rules.ts';
import { AVAILABILITY_RULES } from './availability-rules.ts';
import { EXPOSURE_RULES } from './exposure-rules.ts';
import { KEEPING_RULES } from './keeping-rules.ts';
import { QUOTA_RULES } from './quota-rules.ts';
import { SUPPORT_RULES } from './support-rules.ts';
import type { Facts, Severity, Template, TemplateRule } from './template.ts';
import { TEXT_RULES } from './text-rules.ts';
import { TRANSPORT_RULES } from './transport-rules.ts';

/** Every rule about templates, in the order in which a report names them. */
export const TEMPLATE_RULES: readonly TemplateRule[] = [
  ...EXPOSURE_RULES,
  ...TRANSPORT_RULES,
  ...ACCESS_RULES,
  ...KEEPING_RULES,
  ...AVAILABILITY_RULES,
  ...SUPPORT_RULES,
  ...QUOTA_RULES,
  ...TEXT_RULES,
];

export interface TemplateProblem {
  /** Id of the rule. */
  rule: string;
  severity: Severity;
  logicalId: string;
  /** What the resource is to a person. */
  resource: string;
  message: string;
  remedy: string;
  documentation: string;
  /** The rule of the configuration that says the same. */
  same?: string;
}

/** What a template promises and does not keep. Pure; takes any template as JSON. */
export const checkTemplate = (template: Template, facts: Facts): TemplateProblem[] =>
  TEMPLATE_RULES.flatMap((rule) => {
    const severity = severityIn(rule, facts.kind);
    if (severity === undefined) return [];
    const { id, remedy, documentation, same } = rule;
    return rule.findings(template, facts).map((finding) => ({
      rule: id,
      severity: finding.severity ?? severity,
      logicalId: finding.id,
      resource: nameOf(template, finding.id),
      message: finding.message,
      remedy,
      documentation,
      ...(same === undefined ? {} : { same }),
    }));
  });

const severityIn = ({ severity }: TemplateRule, kind: Facts['kind']): Severity | undefined =>
  typeof severity === 'string' ? severity : severity[kind];

const nameOf = (template: Template, id: string): string =>
  template.Parameters?.[id] ? `parameter ${id}` : template.Resources?.[id] ? humanName(template, id) : id;
