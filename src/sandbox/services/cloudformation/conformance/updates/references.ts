import { att, named, ref, stackOf, type UpdateTemplates } from '../templates.ts';

const first = (display: unknown = 'display-value-1', name = 'topic-name-1') => named(name, display);
const one = (display?: unknown) => stackOf({ Topic1: first(display) });

/** A second topic that shows what `link` takes from the first, and a third that takes it from the second. */
const linked = (link: (id: string) => object) => {
  const Topic2 = named('topic-name-2', link('Topic1'));
  const Topic3 = named('topic-name-3', link('Topic2'));
  return {
    added: { before: one(), after: stackOf({ Topic1: first(), Topic2 }) },
    removed: { before: stackOf({ Topic1: first(), Topic2 }), after: one() },
    changed: {
      before: stackOf({ Topic1: first(), Topic2 }),
      after: stackOf({ Topic1: first('display-value-2'), Topic2 }),
    },
    chain: {
      before: stackOf({ Topic1: first(), Topic2, Topic3 }),
      after: stackOf({ Topic1: first('display-value-2'), Topic2, Topic3 }),
    },
    changedAndAdded: { before: one(), after: stackOf({ Topic1: first('display-value-2'), Topic2 }) },
    replaced: {
      before: stackOf({ Topic1: first('value'), Topic2 }),
      after: stackOf({ Topic1: first('new_value', 'updated-topic-name-1'), Topic2 }),
    },
  };
};

const byRef = linked(ref);
const byAttribute = linked((id) => att(id, 'DisplayName'));
const pseudo = ['Partition', 'AccountId', 'Region', 'StackName', 'StackId', 'URLSuffix'];

export const REFERENCES: Readonly<Record<string, UpdateTemplates>> = {
  'test_change_set_ref.py::TestChangeSetRef::test_resource_addition': byRef.added,
  'test_change_set_ref.py::TestChangeSetRef::test_direct_attribute_value_change': byRef.changed,
  'test_change_set_ref.py::TestChangeSetRef::test_direct_attribute_value_change_in_ref_chain': byRef.chain,
  'test_change_set_ref.py::TestChangeSetRef::test_direct_attribute_value_change_with_dependent_addition':
    byRef.changedAndAdded,
  'test_change_set_ref.py::TestChangeSetRef::test_immutable_property_update_causes_resource_replacement':
    byRef.replaced,
  'test_change_set_ref.py::TestChangeSetRef::test_supported_pseudo_parameter': {
    before: stackOf({ Topic1: named('topic_name_1') }),
    after: stackOf({
      Topic2: {
        Type: 'AWS::SNS::Topic',
        Properties: {
          TopicName: 'topic_name_2',
          Tags: pseudo.map((name) => ({ Key: name, Value: ref(`AWS::${name}`) })),
        },
      },
    }),
  },
  'test_change_set_fn_get_attr.py::TestChangeSetFnGetAttr::test_resource_addition': byAttribute.added,
  'test_change_set_fn_get_attr.py::TestChangeSetFnGetAttr::test_resource_deletion': byAttribute.removed,
  'test_change_set_fn_get_attr.py::TestChangeSetFnGetAttr::test_direct_attribute_value_change': byAttribute.changed,
  'test_change_set_fn_get_attr.py::TestChangeSetFnGetAttr::test_direct_attribute_value_change_in_get_attr_chain':
    byAttribute.chain,
  'test_change_set_fn_get_attr.py::TestChangeSetFnGetAttr::test_direct_attribute_value_change_with_dependent_addition':
    byAttribute.changedAndAdded,
  'test_change_set_fn_get_attr.py::TestChangeSetFnGetAttr::test_immutable_property_update_causes_resource_replacement':
    byAttribute.replaced,
};
