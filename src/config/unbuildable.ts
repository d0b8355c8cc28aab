import type { Problem } from '../errors/problem.ts';
import type { EffectiveEnvironment } from './project.ts';
import { RULES } from './rules/registry.ts';

const NEVER_WAIVED: ReadonlySet<string> = new Set(
  RULES.flatMap(({ id, waivable }) => (waivable === false ? [id] : [])),
);

/** What keeps the templates of an environment from being made at all, so that nobody can look at them. */
export const unbuildable = ({ problems }: Pick<EffectiveEnvironment, 'problems'>): Problem[] =>
  problems.filter(({ rule, severity }) => severity === 'error' && rule !== undefined && NEVER_WAIVED.has(rule));
