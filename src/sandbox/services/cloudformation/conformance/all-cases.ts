import { CHANGE_SET_CASES } from './cases/change-sets.ts';
import { ENGINE_CASES } from './cases/engine.ts';
import { MACRO_CASES } from './cases/macros.ts';
import { ABSENT_CASES, NETWORK_CASES } from './cases/networks.ts';
import { RESOURCE_CASES } from './cases/resources.ts';
import { STACK_CASES } from './cases/stacks.ts';
import { TEMPLATE_CASES } from './cases/templates.ts';
import type { Cases } from './conformance-case.ts';

export const CASES: Cases = {
  ...ABSENT_CASES,
  ...CHANGE_SET_CASES,
  ...ENGINE_CASES,
  ...MACRO_CASES,
  ...NETWORK_CASES,
  ...RESOURCE_CASES,
  ...STACK_CASES,
  ...TEMPLATE_CASES,
};
