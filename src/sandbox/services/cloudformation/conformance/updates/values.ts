import { att, named, parameter, ref, stackOf, type UpdateTemplates } from '../templates.ts';

const foo = (type: object, more: object = {}) =>
  stackOf({ Foo: named(ref('TopicName')) }, { Parameters: { TopicName: { Type: 'String', ...type } }, ...more });
const followed = (name: unknown, more: object = {}) =>
  stackOf({ Foo: named(name), Parameter: parameter(att('Foo', 'TopicName')) }, more);
const map = { Mappings: { MyMap: { MyKey: { key1: 'topic-name-1', key2: 'topic-name-2' } } } };
const inMap = (key: unknown) => ({ 'Fn::FindInMap': ['MyMap', 'MyKey', key] });
const string = (name: string) => ({ Parameters: { [name]: { Type: 'String' } } });
const both = (template: object, name: string, before: string, after: string): UpdateTemplates => ({
  before: template,
  after: template,
  given: [{ [name]: before }, { [name]: after }],
});
const always = { CreateTopic: { 'Fn::Equals': ['true', 'true'] } };
const never = { CreateTopic: { 'Fn::Equals': ['true', 'false'] } };
const conditional = (name = 'topic-name-1') => named(name, undefined, { Condition: 'CreateTopic' });
const placed = (Conditions: object, more: object = { TopicPlaceholder: named('topic-name-2') }) =>
  stackOf({ SNSTopic: conditional(), ...more }, { Conditions });
const pair = (properties: object, Value: unknown = 'value') =>
  stackOf({ Parameter1: parameter(Value, properties), Parameter2: parameter(att('Parameter1', 'Value')) });
const typed = (Type: string) => stackOf({ MyParameter: parameter(ref('Value')) }, { Parameters: { Value: { Type } } });
const derived = { DerivedParameter: parameter(ref('InputValue')) };
const looked = {
  Parameters: { InputValue: { Type: 'AWS::SSM::Parameter::Value<String>' } },
  Outputs: { DerivedParameterName: { Value: ref('DerivedParameter') } },
};

const CONDITIONS = 'test_change_set_conditions.py::TestChangeSetConditions::';
const PARAMETERS = 'test_change_set_parameters.py::TestChangeSetParameters::';
const PROCESS = 'test_change_sets.py::TestCaptureUpdateProcess::';

export const VALUES: Readonly<Record<string, UpdateTemplates>> = {
  [`${CONDITIONS}test_condition_update_removes_resource`]: { before: placed(always, {}), after: placed(never) },
  [`${CONDITIONS}test_condition_update_adds_resource`]: { before: placed(never), after: placed(always) },
  [`${CONDITIONS}test_condition_add_new_negative_condition_to_existent_resource`]: {
    before: stackOf({ SNSTopic: named('topic-name-1') }),
    after: placed(never),
  },
  [`${CONDITIONS}test_condition_add_new_positive_condition_to_existent_resource`]: {
    before: stackOf({ SNSTopic1: named('topic-name-1') }),
    after: stackOf({ SNSTopic1: conditional(), SNSTopic2: conditional('topic-name-2') }, { Conditions: always }),
  },
  [`${PARAMETERS}test_update_parameter_default_value`]: {
    before: foo({ Default: 'topic-name-1' }),
    after: foo({ Default: 'topic-name-2' }),
  },
  [`${PARAMETERS}test_update_parameter_with_added_default_value`]: {
    before: foo({}),
    after: foo({ Default: 'topic-name-2' }),
    given: [{ TopicName: 'topic-name-1' }, {}],
  },
  [`${PARAMETERS}test_update_parameter_with_removed_default_value`]: {
    before: foo({ Default: 'topic-name-1' }),
    after: foo({}),
    given: [{}, { TopicName: 'topic-name-2' }],
  },
  [`${PARAMETERS}test_update_parameter_default_value_with_dynamic_overrides`]: {
    before: foo({ Default: 'default-value-1' }),
    after: foo({ Default: 'default-value-2' }),
    given: [{ TopicName: 'topic-name-1' }, { TopicName: 'topic-name-2' }],
  },
  [`${PARAMETERS}test_parameter_type_change`]: {
    before: typed('Number'),
    after: typed('String'),
    given: [{ Value: '123' }, { Value: '456' }],
  },
  [`${PROCESS}test_direct_update`]: {
    before: stackOf({ Foo: named('topic-1') }),
    after: stackOf({ Foo: named('topic-2') }),
  },
  [`${PROCESS}test_dynamic_update`]: { before: followed('topic-1'), after: followed('topic-2') },
  [`${PROCESS}test_parameter_changes`]: both(
    followed(ref('TopicName'), string('TopicName')),
    'TopicName',
    'topic-1',
    'topic-2',
  ),
  [`${PROCESS}test_mappings_with_static_fields`]: {
    before: followed(inMap('key1'), map),
    after: followed(inMap('key2'), map),
  },
  [`${PROCESS}test_mappings_with_parameter_lookup`]: both(
    followed(inMap(ref('TopicName')), { ...map, ...string('TopicName') }),
    'TopicName',
    'key1',
    'key2',
  ),
  [`${PROCESS}test_conditions`]: both(
    stackOf(
      { Bucket: { Type: 'AWS::S3::Bucket' }, Parameter: parameter('test', {}, { Condition: 'IsProduction' }) },
      {
        ...string('EnvironmentType'),
        Conditions: { IsProduction: { 'Fn::Equals': [ref('EnvironmentType'), 'prod'] } },
      },
    ),
    'EnvironmentType',
    'not-prod',
    'prod',
  ),
  [`${PROCESS}test_base_dynamic_parameter_scenarios[change_dynamic]`]: both(
    stackOf({ Parameter: parameter(ref('ParameterValue')) }, string('ParameterValue')),
    'ParameterValue',
    'value-1',
    'value-2',
  ),
  [`${PROCESS}test_base_dynamic_parameter_scenarios[change_parameter_for_condition_create_resource]`]: both(
    stackOf(
      {
        SSMParameter1: parameter('first'),
        SSMParameter2: parameter('first', {}, { Condition: 'ShouldCreateParameter' }),
      },
      {
        Parameters: { ParameterValue: { Type: 'String', Default: 'value-1', AllowedValues: ['value-1', 'value-2'] } },
        Conditions: { ShouldCreateParameter: { 'Fn::Equals': [ref('ParameterValue'), 'value-2'] } },
      },
    ),
    'ParameterValue',
    'value-1',
    'value-2',
  ),
  [`${PROCESS}test_base_mapping_scenarios[update_string_referencing_resource]`]: {
    before: stackOf(
      { MySSMParameter: parameter({ 'Fn::FindInMap': ['GenericMapping', 'EnvironmentA', 'ParameterValue'] }) },
      { Mappings: { GenericMapping: { EnvironmentA: { ParameterValue: 'value-1' } } } },
    ),
    after: stackOf(
      { MySSMParameter: parameter({ 'Fn::FindInMap': ['GenericMapping', 'EnvironmentA', 'ParameterValue'] }) },
      { Mappings: { GenericMapping: { EnvironmentA: { ParameterValue: 'value-2' } } } },
    ),
  },
  'v2/test_change_sets.py::TestCaptureUpdateProcess::test_unrelated_changes_update_propagation': {
    before: pair({ Description: 'original' }, 'topic-name'),
    after: pair({ Description: 'changed' }, 'topic-name'),
  },
  'v2/test_change_sets.py::TestCaptureUpdateProcess::test_unrelated_changes_requires_replacement': {
    before: pair({ Name: 'parameter-1-name' }),
    after: pair({ Name: 'parameter-2-name' }),
  },
  'test_change_sets.py::test_dynamic_ssm_parameter_lookup': both(
    stackOf(derived, looked),
    'InputValue',
    'given',
    'given',
  ),
  'test_change_sets.py::test_dynamic_ssm_parameter_lookup_no_change': {
    before: stackOf(derived, looked),
    after: stackOf({ ...derived, AnotherParameter: parameter('new parameter') }, looked),
    given: [{ InputValue: 'given' }, { InputValue: 'given' }],
  },
};
