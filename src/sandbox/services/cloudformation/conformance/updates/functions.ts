import { att, named, ref, stackOf, type UpdateTemplates } from '../templates.ts';

const shown = (display: unknown, more: object = {}) => stackOf({ Topic1: named('topic-name-1', display) }, more);
const join = (delimiter: string, ...items: unknown[]) => ({ 'Fn::Join': [delimiter, items] });
const sub = (text: string, values?: object) => ({ 'Fn::Sub': values ? [text, values] : text });
const find = (map: string, key: unknown, name: unknown) => ({ 'Fn::FindInMap': [map, key, name] });
const interpolated = (values: Record<string, unknown>) =>
  sub(
    `Parameter interpolation: ${Object.keys(values)
      .map((name) => `\${${name}}`)
      .join(', ')}`,
    values,
  );
const withParameter = { Parameters: { ParameterDisplayName: { Type: 'String', Default: 'display-value-parameter' } } };
const stackName = sub('The stack name is ${AWS::StackName}');
const prefixed = (display: unknown) =>
  stackOf({
    Topic1: named('topic-name-1', display),
    Topic2: named('topic-name-2', join('-', 'prefix', att('Topic1', 'DisplayName'))),
  });
const plain = shown('display-value-1');

const JOIN = 'test_change_set_fn_join.py::TestChangeSetFnJoin::';
const SUB = 'test_change_set_fn_sub.py::TestChangeSetFnSub::';

export const FUNCTIONS: Readonly<Record<string, UpdateTemplates>> = {
  [`${JOIN}test_update_string_literal_argument`]: {
    before: shown(join('-', 'v1', 'test')),
    after: shown(join('-', 'v2', 'test')),
  },
  [`${JOIN}test_update_string_literal_delimiter`]: {
    before: shown(join('-', 'v1', 'test')),
    after: shown(join('_', 'v2', 'test')),
  },
  [`${JOIN}test_update_string_literal_delimiter_empty`]: {
    before: shown(join('', 'v1', 'test')),
    after: shown(join('-', 'v1', 'test')),
  },
  [`${JOIN}test_update_string_literal_arguments_empty`]: {
    before: shown(join('')),
    after: shown(join('', 'v1', 'test')),
  },
  [`${JOIN}test_update_refence_argument`]: { before: prefixed('display-name-1'), after: prefixed('display-name-2') },
  [`${JOIN}test_indirect_update_refence_argument`]: {
    before: prefixed(join('-', 'display', 'name', '1')),
    after: prefixed(join('-', 'display', 'name', '2')),
  },
  [`${SUB}test_fn_sub_addition_string_pseudo`]: { before: plain, after: shown(stackName) },
  [`${SUB}test_fn_sub_update_string_pseudo`]: {
    before: shown(stackName),
    after: shown(sub('The region name is ${AWS::Region}')),
  },
  [`${SUB}test_fn_sub_delete_string_pseudo`]: { before: shown(stackName), after: shown('display-name-2') },
  [`${SUB}test_fn_sub_addition_parameter_literal`]: {
    before: plain,
    after: shown(interpolated({ var_name: 'var_value' })),
  },
  [`${SUB}test_fn_sub_update_parameter_literal`]: {
    before: shown(interpolated({ var_name_1: 'var_value_1' })),
    after: shown(interpolated({ var_name_1: 'var_value_1', var_name_2: 'var_value_2' })),
  },
  [`${SUB}test_fn_sub_delete_parameter_literal`]: {
    before: shown(interpolated({ var_name_1: 'var_value_1', var_name_2: 'var_value_2' })),
    after: shown(interpolated({ var_name_1: 'var_value_1' })),
  },
  [`${SUB}test_fn_sub_addition_parameter`]: {
    before: plain,
    after: shown(sub('Parameter interpolation: ${ParameterDisplayName}'), withParameter),
  },
  [`${SUB}test_fn_sub_addition_parameter_ref`]: {
    before: plain,
    after: shown(interpolated({ var_name: ref('ParameterDisplayName') }), withParameter),
  },
  [`${SUB}test_fn_sub_update_parameter_type`]: {
    before: shown(interpolated({ var_name: find('SNSMapping', 'Key1', 'Val') }), {
      Mappings: { SNSMapping: { Key1: { Val: 'display-value-1' } } },
    }),
    after: shown(interpolated({ var_name: ref('ParameterDisplayName') }), withParameter),
  },
};
