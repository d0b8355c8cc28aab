import type { StackScene } from '../../stack-scene.ts';
import { expectInvalid } from '../answers.ts';
import type { Cases } from '../conformance-case.ts';
import { named, parameter, ref, stackOf } from '../templates.ts';

const suffixed = (mapping: object, ...place: unknown[]) =>
  stackOf(
    {
      MyTopic: named({
        'Fn::Join': ['-', ['topic', { 'Fn::FindInMap': ['TopicSuffixMap', ref('Selector'), ...place] }]],
      }),
    },
    { Parameters: { Selector: { Type: 'String' } }, Mappings: { TopicSuffixMap: mapping } },
  );
const mapped = (template: object, selector: string, message: string) => ({
  run: (scene: StackScene) =>
    expectInvalid(
      scene.changeSet(template, { Parameters: [{ ParameterKey: 'Selector', ParameterValue: selector }] }),
      message,
    ),
});
const TWO = { A: { Suffix: 'suffix-a' }, B: { Suffix: 'suffix-b' } };
const NO_KEY = 'Template error: Unable to get mapping for TopicSuffixMap::C::Suffix';
const LEAF = 'Template format error: Every Mappings attribute must be a String or a List.';
const GET_ATT =
  'Template error: every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute';
const splitOf = (expression: unknown) => ({ 'Fn::Select': [0, { 'Fn::Split': ['-', expression] }] });

export const MAPPINGS_CASES: Cases = {
  'engine/test_mappings.py::TestCloudFormationMappings::test_mapping_with_nonexisting_key': mapped(
    suffixed(TWO, 'Suffix'),
    'C',
    NO_KEY,
  ),
  'engine/test_mappings.py::TestCloudFormationMappings::test_async_mapping_error_first_level_v2': mapped(
    suffixed(TWO, 'Suffix'),
    'C',
    NO_KEY,
  ),
  'engine/test_mappings.py::TestCloudFormationMappings::test_async_mapping_error_second_level_v2': mapped(
    suffixed(TWO, 'NotValid'),
    'A',
    'Template error: Unable to get mapping for TopicSuffixMap::A::NotValid',
  ),
  'engine/test_mappings.py::TestCloudFormationMappings::test_mapping_with_invalid_refs': mapped(
    suffixed({ A: { Suffix: ref('Selector') }, B: { Suffix: 'suffix-b' } }, 'Suffix'),
    'A',
    LEAF,
  ),
  'engine/test_mappings.py::TestCloudFormationMappings::test_mapping_maximum_nesting_depth': mapped(
    suffixed({ A: { Suffix: { SuffixValue: 'a' } } }, 'Suffix', 'SuffixValue'),
    'A',
    LEAF,
  ),
  'engine/test_mappings.py::TestCloudFormationMappings::test_mapping_minimum_nesting_depth': mapped(
    suffixed({ A: 'suffix-a', B: 'suffix-b' }),
    'A',
    'Template format error: Every Mappings member A must be a map',
  ),
  'test_change_set_fn_get_attr.py::TestChangeSetFnGetAttr::test_invalid_structure[getatt_validation.yml]': {
    run: (scene) =>
      expectInvalid(
        scene.changeSet(
          stackOf(
            { MyParameter: parameter(splitOf({ 'Fn::GetAtt': [ref('Given')] })) },
            { Parameters: { Given: { Type: 'String', Default: 'x' } } },
          ),
        ),
        GET_ATT,
      ),
  },
  'test_change_set_fn_get_attr.py::TestChangeSetFnGetAttr::test_invalid_structure[getatt_validation2.yml]': {
    run: (scene) =>
      expectInvalid(
        scene.changeSet(
          stackOf({ MyParameter1: parameter('foo'), MyParameter2: parameter({ 'Fn::GetAtt': ['MyParameter1'] }) }),
        ),
        GET_ATT,
      ),
  },
};
