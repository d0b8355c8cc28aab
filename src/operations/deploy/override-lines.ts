import type { EffectiveEnvironment } from '../../config/project.ts';
import { short } from '../../release/changed-parts.ts';

/** What `overrides` change, whether it is deployed already or not: `diff` shows it each time. */
export const overrideLines = ({ blocks }: Pick<EffectiveEnvironment, 'blocks'>): string[] => {
  const lines = Object.entries(blocks.overrides).flatMap(([path, { properties, remove }]) => [
    ...Object.entries(properties).map(([property, value]) => `      ${path}  ${property}: ${short(value)}`),
    ...remove.map((property) => `      ${path}  ${property}: left out`),
  ]);
  return lines.length > 0 ? ['  overrides', ...lines] : [];
};
