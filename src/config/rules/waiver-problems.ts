import { nearest } from '../../domain/nearest.ts';
import { isOutsideRule } from '../../domain/outside-rules.ts';
import type { Problem } from '../../errors/problem.ts';
import type { Reading } from '../build-environment.ts';
import { parsePath, pathText } from '../value-path.ts';
import { type CompiledWaiver, compileWaivers, waives } from './waives.ts';

export interface KnownRule {
  waivable?: false;
  /** Whether it is needed is seen when templates are checked; its paths are those of constructs. */
  ofTemplates?: true;
}
type Rules = ReadonlyMap<string, KnownRule>;
type Said = [rule: 'waiver-unknown' | 'waiver-unused', field: string, message: string, remedy: string];

/** Waivers that waive nothing: of a rule or environment that is not there, or without anything that breaks the rule. */
export function waiverProblems({ source, file }: Reading, rules: Rules, found: readonly Problem[]): Problem[] {
  const waivers = compileWaivers(file.waivers);
  const used = new Set(found.flatMap((problem) => coveredBy(waivers, problem)));
  return waivers.flatMap((waiver, index): Problem[] => {
    const elsewhere = isOutsideRule(waiver.rule) || rules.get(waiver.rule)?.ofTemplates;
    const said =
      mistakeIn(waiver, rules, Object.keys(file.environments)) ??
      (elsewhere || used.has(waiver) ? undefined : unused(waiver));
    if (!said) return [];
    const [rule, field, message, remedy] = said;
    const path = ['waivers', index, field];
    return [
      {
        rule,
        severity: rule === 'waiver-unused' ? 'warning' : 'error',
        path: pathText(path),
        ...source.position(path),
        message,
        remedy,
      },
    ];
  });
}

function coveredBy(waivers: readonly CompiledWaiver[], { rule, environment, path }: Problem): CompiledWaiver[] {
  const ofRule = waivers.filter((waiver) => waiver.rule === rule);
  if (rule === undefined || ofRule.length === 0) return [];
  const steps = parsePath(path) ?? [];
  return ofRule.filter((waiver) => waives(waiver, rule, environment, steps));
}

function mistakeIn(
  { rule, environment, path, covered }: CompiledWaiver,
  rules: Rules,
  environments: readonly string[],
): Said | undefined {
  const known: KnownRule | undefined = rules.get(rule) ?? (isOutsideRule(rule) ? { ofTemplates: true } : undefined);
  if (!known)
    return [
      'waiver-unknown',
      'rule',
      `there is no rule ${rule} to waive`,
      `write ${nearest(rule, rules.keys()) ?? 'the id that platform validate shows'}`,
    ];
  if (known.waivable === false)
    return [
      'waiver-unknown',
      'rule',
      `the rule ${rule} cannot be waived: what breaks it cannot be built`,
      'remove the waiver',
    ];
  if (environment !== undefined && environment !== 'sandbox' && !environments.includes(environment))
    return [
      'waiver-unknown',
      'environment',
      `there is no environment ${environment} to waive ${rule} in`,
      `write ${nearest(environment, environments) ?? 'an environment of this file'}`,
    ];
  return covered === undefined && !known.ofTemplates
    ? ['waiver-unknown', 'path', `${JSON.stringify(path)} is no path`, 'write for example databases.main']
    : undefined;
}

const unused = ({ rule }: CompiledWaiver): Said => [
  'waiver-unused',
  'rule',
  `nothing breaks the rule ${rule} that is waived here`,
  'remove the waiver',
];
