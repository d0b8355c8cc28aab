import { nearest } from '../../domain/nearest.ts';
import type { Problem } from '../../errors/problem.ts';
import type { Reading } from '../build-environment.ts';
import { overridesOf } from '../build-environment.ts';
import { Layers } from '../layers.ts';
import type { EffectiveEnvironment, Waiver } from '../project.ts';
import { parsePath, pathText, type ValuePath } from '../value-path.ts';
import { collisions } from './collisions.ts';
import { waives } from './judge.ts';
import { RULES } from './registry.ts';
import type { Severity } from './rule.ts';

/** Rules about the file as a whole. */
export const PROJECT_RULES: Readonly<Record<string, { title: string; waivable?: false }>> = {
  'name-collision': { title: 'Environments of one account and region own different names' },
  'domain-collision': { title: 'Environments answer to different host names' },
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
  return [...problems, ...waiverProblems(reading, [...problems, ...environments.flatMap((one) => one.problems)])];
}

function* between({ source, raw, file }: Reading, environments: readonly EffectiveEnvironment[]): Iterable<Problem> {
  for (const { rule, severity, environment, path, message, remedy } of collisions(environments)) {
    const position =
      path[0] === 'naming'
        ? source.position(path)
        : new Layers(source, raw, overridesOf(file, environment.name)).position(path);
    const waiver = file.waivers.find((one) => waives(one, rule, environment.name, path));
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
  const problem = (rule: string, severity: Severity, path: ValuePath, message: string, remedy: string): Problem => {
    const waiver =
      PROJECT_RULES[rule]?.waivable === false
        ? undefined
        : file.waivers.find((one) => waives(one, rule, undefined, path));
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

function* waiverProblems({ source, file }: Reading, found: readonly Problem[]): Iterable<Problem> {
  const rules = new Map<string, { waivable?: false }>([
    ...RULES.map((rule) => [rule.id, rule] as const),
    ...Object.entries(PROJECT_RULES),
  ]);
  for (const [index, waiver] of file.waivers.entries()) {
    const problem = (
      rule: string,
      severity: Severity,
      field: keyof Waiver,
      message: string,
      remedy: string,
    ): Problem => {
      const path = ['waivers', index, field];
      return { rule, severity, path: pathText(path), ...source.position(path), message, remedy };
    };
    const rule = rules.get(waiver.rule);
    if (!rule)
      yield problem(
        'waiver-unknown',
        'error',
        'rule',
        `there is no rule ${waiver.rule} to waive`,
        nearRule(waiver.rule, rules.keys()),
      );
    else if (rule.waivable === false)
      yield problem(
        'waiver-unknown',
        'error',
        'rule',
        `the rule ${waiver.rule} cannot be waived: what breaks it cannot be built`,
        'remove the waiver',
      );
    else if (
      waiver.environment !== undefined &&
      !['sandbox', ...Object.keys(file.environments)].includes(waiver.environment)
    )
      yield problem(
        'waiver-unknown',
        'error',
        'environment',
        `there is no environment ${waiver.environment} to waive ${waiver.rule} in`,
        `write ${nearest(waiver.environment, Object.keys(file.environments)) ?? 'an environment of this file'}`,
      );
    else if (waiver.path !== undefined && parsePath(waiver.path) === undefined)
      yield problem(
        'waiver-unknown',
        'error',
        'path',
        `${JSON.stringify(waiver.path)} is no path`,
        'write for example databases.main',
      );
    else if (
      !found.some(
        ({ rule: id, environment, path }) =>
          id === waiver.rule && waives(waiver, id, environment, parsePath(path) ?? []),
      )
    )
      yield problem(
        'waiver-unused',
        'warning',
        'rule',
        `nothing breaks the rule ${waiver.rule} that is waived here`,
        'remove the waiver',
      );
  }
}

const nearRule = (id: string, known: Iterable<string>) =>
  `write ${nearest(id, known) ?? 'the id that platform validate shows'}`;
