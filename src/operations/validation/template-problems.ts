import type { TemplateFinding } from '../../cdk/cdk.ts';
import type { EffectiveEnvironment, Waiver } from '../../config/project.ts';
import { TEMPLATE_RULE_IDS } from '../../domain/template-rule-ids.ts';
import type { Problem } from '../../errors/problem.ts';

/** Whether a waiver covers a finding about a template: its path is that of the construct, or of something above it. */
export const waivesFinding = ({ rule, path }: Waiver, finding: Pick<TemplateFinding, 'rule' | 'path'>): boolean =>
  rule === finding.rule &&
  (path === undefined ||
    finding.path === path ||
    finding.path.startsWith(`${path}/`) ||
    finding.path.startsWith(`${path}.`));

/** Findings as problems of an environment, with its waivers. What a rule of the configuration has said is not said again. */
export function templateProblems(
  { name, problems, waivers }: Pick<EffectiveEnvironment, 'name' | 'problems' | 'waivers'>,
  findings: readonly TemplateFinding[],
): Problem[] {
  const said = new Set(problems.map(({ rule }) => rule));
  const ours = new Set(findings.filter(({ source }) => source !== 'cfn-lint').map(placeOf));
  return (
    findings
      .filter(({ same }) => same === undefined || !said.has(same))
      // CloudFormation's validator has most rules of cfn-lint, under the same ids.
      .filter((finding) => finding.source !== 'cfn-lint' || !ours.has(placeOf(finding)))
      .map((finding): Problem => {
        const { source, rule, severity, path, message, fix, documentation } = finding;
        const waiver = waivers.find((one) => waivesFinding(one, finding));
        return {
          rule,
          source,
          severity,
          environment: name,
          path,
          message,
          remedy: fix ?? `waivers: [{ rule: ${rule}, path: ${path.split('.')[0]}, reason: … }] if this is meant`,
          ...(documentation ? { documentation } : {}),
          ...(waiver ? { waived: waiver.reason } : {}),
        };
      })
  );
}

const placeOf = ({ rule, path }: TemplateFinding): string => `${rule} ${path.split('.')[0]}`;

/** Waivers of rules about templates that nothing needs, in the environments that were looked at. */
export function unusedWaivers(
  environments: readonly Pick<EffectiveEnvironment, 'name' | 'waivers'>[],
  all: readonly string[],
  problems: readonly Problem[],
): Problem[] {
  const waivers = new Set(environments.flatMap((one) => one.waivers));
  const looked = environments.map(({ name }) => name);
  return (
    [...waivers]
      .filter(({ rule }) => TEMPLATE_RULE_IDS.includes(rule))
      // An environment that nobody looked at may well need it.
      .filter(({ environment }) => (environment ? [environment] : all).every((name) => looked.includes(name)))
      .filter((waiver) => !problems.some(({ rule = '', path }) => waivesFinding(waiver, { rule, path })))
      .map(({ rule, path }) => ({
        rule: 'waiver-unused',
        severity: 'warning',
        path: 'waivers',
        message: `nothing breaks the rule ${rule} that is waived${path ? ` for ${path}` : ''}`,
        remedy: 'remove the waiver',
      }))
  );
}
