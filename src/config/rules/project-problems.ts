import { nearest } from '../../domain/nearest.ts';
import { TEMPLATE_RULE_IDS } from '../../domain/template-rule-ids.ts';
import type { Problem } from '../../errors/problem.ts';
import type { Reading } from '../build-environment.ts';
import { overridesOf } from '../build-environment.ts';
import { Layers } from '../layers.ts';
import type { EffectiveEnvironment } from '../project.ts';
import { pathText, type ValuePath } from '../value-path.ts';
import { sharedAccess } from './access.ts';
import { collisions } from './collisions.ts';
import { RULES } from './registry.ts';
import type { Severity } from './rule.ts';
import { type KnownRule, waiverProblems } from './waiver-problems.ts';
import { compileWaivers, waives } from './waives.ts';

/** Rules about the file as a whole. */
export const PROJECT_RULES: Readonly<Record<string, { title: string; waivable?: false }>> = {
  'name-collision': { title: 'Environments of one account and region own different names' },
  'domain-collision': { title: 'Environments answer to different host names' },
  'access-apart': { title: 'What somebody may do in one environment does not reach prod' },
  'default-environment': {
    title: 'The environment of commands without --env exists and is not of kind prod',
    waivable: false,
  },
  'promotion-target': { title: 'Changes travel to environments that exist', waivable: false },
  'delivery-repository': { title: 'A pipeline knows its repository' },
  'stack-name': { title: 'Stacks of one environment have different names', waivable: false },
  'waiver-unknown': { title: 'What is waived exists', waivable: false },
  'waiver-unused': { title: 'Every waiver is needed', waivable: false },
};

/** What is wrong between environments, or with what belongs to none of them. */
export function projectProblems(reading: Reading, environments: readonly EffectiveEnvironment[]): Problem[] {
  const problems = [...between(reading, environments), ...alone(reading)];
  return [
    ...problems,
    ...waiverProblems(
      reading,
      new Map<string, KnownRule>([
        ...RULES.map((rule) => [rule.id, rule] as const),
        ...Object.entries(PROJECT_RULES),
        ...TEMPLATE_RULE_IDS.map((id) => [id, { ofTemplates: true }] as const),
      ]),
      [...problems, ...environments.flatMap((one) => one.problems)],
    ),
  ];
}

function* between({ source, raw, file }: Reading, environments: readonly EffectiveEnvironment[]): Iterable<Problem> {
  const waivers = compileWaivers(file.waivers);
  const layers = new Map<string, Layers>();
  for (const { rule, severity, environment, path, message, remedy } of [
    ...collisions(environments),
    ...sharedAccess(environments),
  ]) {
    const own = layers.get(environment.name) ?? new Layers(source, raw, overridesOf(file, environment.name));
    layers.set(environment.name, own);
    const position = path[0] === 'naming' ? source.position(path) : own.position(path);
    const waiver = waivers.find((one) => waives(one, rule, environment.name, path));
    yield {
      rule,
      severity,
      environment: environment.name,
      path: pathText(path),
      ...position,
      message,
      remedy,
      ...(waiver && { waived: waiver.reason }),
    };
  }
}

function* alone({ source, raw, file }: Reading): Iterable<Problem> {
  const waivers = compileWaivers(file.waivers);
  const problem = (rule: string, severity: Severity, path: ValuePath, message: string, remedy: string): Problem => {
    const waiver =
      PROJECT_RULES[rule]?.waivable === false ? undefined : waivers.find((one) => waives(one, rule, undefined, path));
    return {
      rule,
      severity,
      path: pathText(path),
      ...source.position(path),
      message,
      remedy,
      ...(waiver && { waived: waiver.reason }),
    };
  };
  const names = [...Object.keys(file.environments), 'sandbox'];
  const suggestion = (name: string) => `write ${nearest(name, names) ?? `one of ${names.join(', ')}`}`;

  const usual = file.defaults.environment;
  if (isWritten(raw, 'defaults', 'environment') && !names.includes(usual))
    yield problem(
      'default-environment',
      'error',
      ['defaults', 'environment'],
      `defaults.environment names ${usual}, which is no environment`,
      suggestion(usual),
    );
  if (file.environments[usual]?.kind === 'prod')
    yield problem(
      'default-environment',
      'warning',
      ['defaults', 'environment'],
      `defaults.environment names ${usual}, which is of kind prod: commands still ask for --env`,
      'name another environment',
    );

  for (const [index, { to, on }] of file.delivery.promotion.entries()) {
    const path = ['delivery', 'promotion', index];
    const after = on.startsWith('after:') ? on.slice('after:'.length) : undefined;
    if (!names.includes(to))
      yield problem(
        'promotion-target',
        'error',
        [...path, 'to'],
        `delivery.promotion: there is no environment ${to}`,
        suggestion(to),
      );
    if (after !== undefined && !names.includes(after))
      yield problem(
        'promotion-target',
        'error',
        [...path, 'on'],
        `delivery.promotion: there is no environment ${after}`,
        suggestion(after),
      );
  }
  if (file.delivery.provider === 'github' && file.delivery.repository === undefined)
    yield problem(
      'delivery-repository',
      'warning',
      ['delivery', 'provider'],
      'delivery: nothing says which repository may deploy',
      'add repository: OWNER/REPOSITORY',
    );
  if (!file.naming.stack.includes('{block}'))
    yield problem(
      'stack-name',
      'error',
      ['naming', 'stack'],
      `naming.stack ${file.naming.stack} gives all stacks the same name`,
      'put {block} into it',
    );
}

const isWritten = (raw: unknown, ...path: string[]) =>
  path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    raw,
  ) !== undefined;
