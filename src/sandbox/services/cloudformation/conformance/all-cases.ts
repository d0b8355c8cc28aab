import { CHANGE_SET_CASES } from './cases/change-sets.ts';
import { ENGINE_CASES } from './cases/engine.ts';
import { TEMPLATE_CASES } from './cases/templates.ts';
import type { Cases } from './conformance-case.ts';

export const CASES: Cases = { ...CHANGE_SET_CASES, ...ENGINE_CASES, ...TEMPLATE_CASES };
