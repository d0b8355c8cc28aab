import type { Cases } from '../conformance-case.ts';

const MACROS = 'test_template_engine.py::TestMacros::';
const NO_FUNCTIONS = 'runs a macro, which is a Lambda function; the sandbox refuses templates with macros by name';

/** Cases that need a function that transforms templates. */
export const MACRO_CASES: Cases = Object.fromEntries(
  [
    'test_capabilities_requirements',
    'test_failed_state[raise_error.py]',
    'test_failed_state[return_invalid_template.py]',
    'test_failed_state[return_unsuccessful_with_message.py]',
    'test_failed_state[return_unsuccessful_without_message.py]',
    'test_functions_and_references_during_transformation',
    'test_global_scope',
    'test_pyplate_param_type_list',
    'test_scope_order_and_parameters',
    'test_snipped_scope',
    'test_snipped_scope[transformation_snippet_topic.json]',
    'test_snipped_scope[transformation_snippet_topic.yml]',
    'test_validate_lambda_internals',
  ].map((name) => [`${MACROS}${name}`, { notSimulated: NO_FUNCTIONS }]),
);
