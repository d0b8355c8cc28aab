import type { Problem } from '../../errors/problem.ts';
import type { Waiver } from '../project.ts';
import { pathText, type ValuePath } from '../value-path.ts';
import type { Position } from '../yaml-source.ts';
import type { Finding, Rule, RuleContext, Severity } from './rule.ts';
import { type CompiledWaiver, compileWaivers, waives } from './waives.ts';

/** What the rules say of an environment. Waived findings stay, with the reason. */
export function judge(
  rules: readonly Rule[],
  context: RuleContext,
  waivers: readonly Waiver[],
  position: (path: ValuePath) => Position | undefined,
): Problem[] {
  const compiled = compileWaivers(waivers);
  const problems: Problem[] = [];
  for (const rule of rules) {
    const severity = typeof rule.severity === 'string' ? rule.severity : rule.severity[context.kind];
    if (severity === undefined) continue;
    for (const finding of rule.check(context))
      problems.push(problemOf(rule, finding, severity, context, compiled, position(finding.path)));
  }
  return problems;
}

function problemOf(
  rule: Rule,
  finding: Finding,
  severity: Severity,
  { environment }: RuleContext,
  waivers: readonly CompiledWaiver[],
  position?: Position,
): Problem {
  const waiver =
    rule.waivable === false ? undefined : waivers.find((one) => waives(one, rule.id, environment, finding.path));
  const failure = finding.failure ?? rule.failure;
  return {
    rule: rule.id,
    ...(failure === undefined ? {} : { failure }),
    severity: finding.severity ?? severity,
    environment,
    path: pathText(finding.path),
    ...position,
    message: finding.message,
    remedy: finding.remedy,
    ...(waiver && { waived: waiver.reason }),
  };
}
