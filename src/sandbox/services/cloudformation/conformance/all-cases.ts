import { CHANGE_SET_CASES } from './cases/change-sets.ts';
import type { Cases } from './conformance-case.ts';

export const CASES: Cases = { ...CHANGE_SET_CASES };
