import { named, ref, stackOf, type UpdateTemplates } from '../templates.ts';

type Place = [key: unknown, name: unknown];
const from = (map: string, [key, name]: Place) => ({ 'Fn::FindInMap': [map, key, name] });

/** Topics that show what stands at these places of one mapping. */
const mapped = (mapping: object, ...places: Place[]) =>
  stackOf(
    Object.fromEntries(
      places.map((place, index) => [`Topic${index + 1}`, named(`topic-name-${index + 1}`, from('SNSMapping', place))]),
    ),
    { Mappings: { SNSMapping: mapping } },
  );
const single = (map: string, mapping: object, place: Place, name = 'topic-name-1', more: object = {}) =>
  stackOf({ Topic1: named(name, from(map, place)) }, { Mappings: { [map]: mapping }, ...more });

const one = mapped({ Key1: { Val: 'display-value-1' } }, ['Key1', 'Val']);
const zones = { aws: { zoneId: 'Z2FDTNDATAQYW2' }, 'aws-cn': { zoneId: 'Z3RFFRIM2A3IF5' } };
const zone = (name: string) =>
  single('AWSCloudFrontPartitionHostedZoneIdMap', zones, [ref('AWS::Partition'), 'zoneId'], name);
const region = (here: string, there: string) =>
  single('RegionMap', { 'us-east-1': { value: here }, 'us-west-1': { value: there } }, [ref('AWS::Region'), 'value']);
const complex = single(
  'ComplexMap',
  { prod: { aws: 'prod-aws-value' }, dev: { aws: 'dev-aws-value' } },
  [ref('Environment'), ref('AWS::Partition')],
  'topic-name-1',
  { Parameters: { Environment: { Type: 'String' } } },
);

const MAPPINGS_TEST = 'test_change_set_mappings.py::TestChangeSetMappings::';

export const MAPPINGS: Readonly<Record<string, UpdateTemplates>> = {
  [`${MAPPINGS_TEST}test_mapping_leaf_update`]: {
    before: one,
    after: mapped({ Key1: { Val: 'display-value-2' } }, ['Key1', 'Val']),
  },
  [`${MAPPINGS_TEST}test_mapping_key_update`]: {
    before: one,
    after: mapped({ KeyNew: { Val: 'display-value-2' } }, ['KeyNew', 'Val']),
  },
  [`${MAPPINGS_TEST}test_mapping_addition_with_resource`]: {
    before: one,
    after: mapped(
      { Key1: { Val: 'display-value-1', ValNew: 'display-value-new' } },
      ['Key1', 'Val'],
      ['Key1', 'ValNew'],
    ),
  },
  [`${MAPPINGS_TEST}test_mapping_key_addition_with_resource`]: {
    before: one,
    after: mapped(
      { Key1: { Val: 'display-value-1' }, Key2: { Val: 'display-value-1', ValNew: 'display-value-new' } },
      ['Key2', 'Val'],
      ['Key2', 'ValNew'],
    ),
  },
  [`${MAPPINGS_TEST}test_mapping_deletion_with_resource_remap`]: {
    before: mapped(
      { Key1: { Val: 'display-value-1', ValNew: 'display-value-new' } },
      ['Key1', 'Val'],
      ['Key1', 'ValNew'],
    ),
    after: mapped({ Key1: { Val: 'display-value-1' } }, ['Key1', 'Val'], ['Key1', 'Val']),
  },
  [`${MAPPINGS_TEST}test_mapping_key_deletion_with_resource_remap`]: {
    before: mapped(
      { Key1: { Val: 'display-value-1' }, Key2: { Val: 'display-value-2' } },
      ['Key1', 'Val'],
      ['Key2', 'Val'],
    ),
    after: mapped({ Key1: { Val: 'display-value-1' } }, ['Key1', 'Val'], ['Key1', 'Val']),
  },
  [`${MAPPINGS_TEST}test_fn_find_in_map_with_nested_ref`]: {
    before: zone('topic-name-1'),
    after: zone('topic-name-1-updated'),
  },
  [`${MAPPINGS_TEST}test_fn_find_in_map_with_nested_ref_change_mapping`]: {
    before: region('value-1', 'value-2'),
    after: region('value-3', 'value-4'),
  },
  [`${MAPPINGS_TEST}test_fn_find_in_map_with_multiple_nested_functions`]: {
    before: complex,
    after: complex,
    given: [{ Environment: 'prod' }, { Environment: 'dev' }],
  },
};
