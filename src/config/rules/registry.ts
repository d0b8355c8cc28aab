import type { Rule } from './rule.ts';

/** Every rule about one environment, in the order of the blocks. */
export const RULES: readonly Rule[] = [];
