import { ATTRIBUTES_CASES } from './cases/attributes.ts';
import { BUCKETS_CASES } from './cases/buckets.ts';
import { CHANGE_SET_STATES_CASES } from './cases/change-set-states.ts';
import { CHANGE_SETS_CASES } from './cases/change-sets.ts';
import { CONDITIONS_CASES } from './cases/conditions.ts';
import { MACRO_CASES } from './cases/macros.ts';
import { MAPPINGS_CASES } from './cases/mappings.ts';
import { NESTED_STACKS_CASES } from './cases/nested-stacks.ts';
import { ABSENT_CASES, NETWORK_CASES } from './cases/networks.ts';
import { OBSERVED_CASES } from './cases/observed.ts';
import { PARAMETERS_CASES } from './cases/parameters.ts';
import { POLICIES_CASES } from './cases/policies.ts';
import { REFERENCES_CASES } from './cases/references.ts';
import { SECRETS_CASES } from './cases/secrets.ts';
import { STACK_RESOURCES_CASES } from './cases/stack-resources.ts';
import { TEMPLATE_CASES } from './cases/templates.ts';
import { WAITING_CASES } from './cases/waiting.ts';
import type { Cases } from './conformance-case.ts';

export const CASES: Cases = {
  ...ABSENT_CASES,
  ...ATTRIBUTES_CASES,
  ...BUCKETS_CASES,
  ...CHANGE_SETS_CASES,
  ...CHANGE_SET_STATES_CASES,
  ...CONDITIONS_CASES,
  ...MACRO_CASES,
  ...MAPPINGS_CASES,
  ...NESTED_STACKS_CASES,
  ...NETWORK_CASES,
  ...OBSERVED_CASES,
  ...PARAMETERS_CASES,
  ...POLICIES_CASES,
  ...REFERENCES_CASES,
  ...SECRETS_CASES,
  ...STACK_RESOURCES_CASES,
  ...TEMPLATE_CASES,
  ...WAITING_CASES,
};
