import type { RecordedUpdate } from '../recorded-update.ts';

/** What AWS answered, in the notation of recorded-update.ts, by the recording. */
export const RECORDED_MAPPINGS: Readonly<Record<string, RecordedUpdate>> = {
  'test_change_set_mappings.py::TestChangeSetMappings::test_mapping_leaf_update': {
    date: '2025-04-15',
    capable: false,
    style: 'newest',
    first: [
      [
        'Add Topic1 AWS::SNS::Topic Replacement=True',
        'after {"DisplayName":"display-value-1","TopicName":"topic-name-1"}',
      ],
    ],
    second: [
      [
        'Modify Topic1 AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic-name-1 Replacement=False Scope=Properties',
        'before {"DisplayName":"display-value-1","TopicName":"topic-name-1"}',
        'after {"DisplayName":"display-value-2","TopicName":"topic-name-1"}',
        'Static DirectModification Properties DisplayName Never /Properties/DisplayName Modify "display-value-1" => "display-value-2"',
      ],
    ],
    secondPlain: [
      [
        'Modify Topic1 AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic-name-1 Replacement=False Scope=Properties',
        'Static DirectModification Properties DisplayName Never',
      ],
    ],
    events: {
      Topic1: [
        'UPDATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1 {"DisplayName":"display-value-2","TopicName":"topic-name-1"}',
        'UPDATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1 {"DisplayName":"display-value-2","TopicName":"topic-name-1"}',
        'CREATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1 {"DisplayName":"display-value-1","TopicName":"topic-name-1"}',
        'CREATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1 because Resource creation Initiated {"DisplayName":"display-value-1","TopicName":"topic-name-1"}',
        'CREATE_IN_PROGRESS  {"DisplayName":"display-value-1","TopicName":"topic-name-1"}',
      ],
    },
  },
  'test_change_set_mappings.py::TestChangeSetMappings::test_mapping_key_update': {
    date: '2025-04-15',
    capable: false,
    style: 'newest',
    first: [
      [
        'Add Topic1 AWS::SNS::Topic Replacement=True',
        'after {"DisplayName":"display-value-1","TopicName":"topic-name-1"}',
      ],
    ],
    second: [
      [
        'Modify Topic1 AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic-name-1 Replacement=False Scope=Properties',
        'before {"DisplayName":"display-value-1","TopicName":"topic-name-1"}',
        'after {"DisplayName":"display-value-2","TopicName":"topic-name-1"}',
        'Static DirectModification Properties DisplayName Never /Properties/DisplayName Modify "display-value-1" => "display-value-2"',
      ],
    ],
    secondPlain: [
      [
        'Modify Topic1 AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic-name-1 Replacement=False Scope=Properties',
        'Static DirectModification Properties DisplayName Never',
      ],
    ],
    events: {
      Topic1: [
        'UPDATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1 {"DisplayName":"display-value-2","TopicName":"topic-name-1"}',
        'UPDATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1 {"DisplayName":"display-value-2","TopicName":"topic-name-1"}',
        'CREATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1 {"DisplayName":"display-value-1","TopicName":"topic-name-1"}',
        'CREATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1 because Resource creation Initiated {"DisplayName":"display-value-1","TopicName":"topic-name-1"}',
        'CREATE_IN_PROGRESS  {"DisplayName":"display-value-1","TopicName":"topic-name-1"}',
      ],
    },
  },
  'test_change_set_mappings.py::TestChangeSetMappings::test_mapping_addition_with_resource': {
    date: '2025-04-15',
    capable: false,
    style: 'newest',
    first: [
      [
        'Add Topic1 AWS::SNS::Topic Replacement=True',
        'after {"DisplayName":"display-value-1","TopicName":"topic-name-1"}',
      ],
    ],
    second: [
      [
        'Add Topic2 AWS::SNS::Topic Replacement=True',
        'after {"DisplayName":"display-value-new","TopicName":"topic-name-2"}',
      ],
    ],
    secondPlain: [['Add Topic2 AWS::SNS::Topic']],
    events: {
      Topic1: [
        'CREATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1 {"DisplayName":"display-value-1","TopicName":"topic-name-1"}',
        'CREATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1 because Resource creation Initiated {"DisplayName":"display-value-1","TopicName":"topic-name-1"}',
        'CREATE_IN_PROGRESS  {"DisplayName":"display-value-1","TopicName":"topic-name-1"}',
      ],
      Topic2: [
        'CREATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-2 {"DisplayName":"display-value-new","TopicName":"topic-name-2"}',
        'CREATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-2 because Resource creation Initiated {"DisplayName":"display-value-new","TopicName":"topic-name-2"}',
        'CREATE_IN_PROGRESS  {"DisplayName":"display-value-new","TopicName":"topic-name-2"}',
      ],
    },
  },
  'test_change_set_mappings.py::TestChangeSetMappings::test_mapping_key_addition_with_resource': {
    date: '2025-04-15',
    capable: false,
    style: 'newest',
    first: [
      [
        'Add Topic1 AWS::SNS::Topic Replacement=True',
        'after {"DisplayName":"display-value-1","TopicName":"topic-name-1"}',
      ],
    ],
    second: [
      [
        'Add Topic2 AWS::SNS::Topic Replacement=True',
        'after {"DisplayName":"display-value-new","TopicName":"topic-name-2"}',
      ],
    ],
    secondPlain: [['Add Topic2 AWS::SNS::Topic']],
    events: {
      Topic1: [
        'CREATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1 {"DisplayName":"display-value-1","TopicName":"topic-name-1"}',
        'CREATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1 because Resource creation Initiated {"DisplayName":"display-value-1","TopicName":"topic-name-1"}',
        'CREATE_IN_PROGRESS  {"DisplayName":"display-value-1","TopicName":"topic-name-1"}',
      ],
      Topic2: [
        'CREATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-2 {"DisplayName":"display-value-new","TopicName":"topic-name-2"}',
        'CREATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-2 because Resource creation Initiated {"DisplayName":"display-value-new","TopicName":"topic-name-2"}',
        'CREATE_IN_PROGRESS  {"DisplayName":"display-value-new","TopicName":"topic-name-2"}',
      ],
    },
  },
  'test_change_set_mappings.py::TestChangeSetMappings::test_mapping_deletion_with_resource_remap': {
    date: '2025-04-15',
    capable: false,
    style: 'newest',
    first: [
      [
        'Add Topic1 AWS::SNS::Topic Replacement=True',
        'after {"DisplayName":"display-value-1","TopicName":"topic-name-1"}',
      ],
      [
        'Add Topic2 AWS::SNS::Topic Replacement=True',
        'after {"DisplayName":"display-value-new","TopicName":"topic-name-2"}',
      ],
    ],
    second: [
      [
        'Modify Topic2 AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic-name-2 Replacement=False Scope=Properties',
        'before {"DisplayName":"display-value-new","TopicName":"topic-name-2"}',
        'after {"DisplayName":"display-value-1","TopicName":"topic-name-2"}',
        'Static DirectModification Properties DisplayName Never /Properties/DisplayName Modify "display-value-new" => "display-value-1"',
      ],
    ],
    secondPlain: [
      [
        'Modify Topic2 AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic-name-2 Replacement=False Scope=Properties',
        'Static DirectModification Properties DisplayName Never',
      ],
    ],
    events: {
      Topic1: [
        'CREATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1 {"DisplayName":"display-value-1","TopicName":"topic-name-1"}',
        'CREATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1 because Resource creation Initiated {"DisplayName":"display-value-1","TopicName":"topic-name-1"}',
        'CREATE_IN_PROGRESS  {"DisplayName":"display-value-1","TopicName":"topic-name-1"}',
      ],
      Topic2: [
        'UPDATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-2 {"DisplayName":"display-value-1","TopicName":"topic-name-2"}',
        'UPDATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-2 {"DisplayName":"display-value-1","TopicName":"topic-name-2"}',
        'CREATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-2 {"DisplayName":"display-value-new","TopicName":"topic-name-2"}',
        'CREATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-2 because Resource creation Initiated {"DisplayName":"display-value-new","TopicName":"topic-name-2"}',
        'CREATE_IN_PROGRESS  {"DisplayName":"display-value-new","TopicName":"topic-name-2"}',
      ],
    },
  },
  'test_change_set_mappings.py::TestChangeSetMappings::test_mapping_key_deletion_with_resource_remap': {
    date: '2025-04-15',
    capable: false,
    style: 'newest',
    first: [
      [
        'Add Topic1 AWS::SNS::Topic Replacement=True',
        'after {"DisplayName":"display-value-1","TopicName":"topic-name-1"}',
      ],
      [
        'Add Topic2 AWS::SNS::Topic Replacement=True',
        'after {"DisplayName":"display-value-2","TopicName":"topic-name-2"}',
      ],
    ],
    second: [
      [
        'Modify Topic2 AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic-name-2 Replacement=False Scope=Properties',
        'before {"DisplayName":"display-value-2","TopicName":"topic-name-2"}',
        'after {"DisplayName":"display-value-1","TopicName":"topic-name-2"}',
        'Static DirectModification Properties DisplayName Never /Properties/DisplayName Modify "display-value-2" => "display-value-1"',
      ],
    ],
    secondPlain: [
      [
        'Modify Topic2 AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic-name-2 Replacement=False Scope=Properties',
        'Static DirectModification Properties DisplayName Never',
      ],
    ],
    events: {
      Topic1: [
        'CREATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1 {"DisplayName":"display-value-1","TopicName":"topic-name-1"}',
        'CREATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1 because Resource creation Initiated {"DisplayName":"display-value-1","TopicName":"topic-name-1"}',
        'CREATE_IN_PROGRESS  {"DisplayName":"display-value-1","TopicName":"topic-name-1"}',
      ],
      Topic2: [
        'UPDATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-2 {"DisplayName":"display-value-1","TopicName":"topic-name-2"}',
        'UPDATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-2 {"DisplayName":"display-value-1","TopicName":"topic-name-2"}',
        'CREATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-2 {"DisplayName":"display-value-2","TopicName":"topic-name-2"}',
        'CREATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-2 because Resource creation Initiated {"DisplayName":"display-value-2","TopicName":"topic-name-2"}',
        'CREATE_IN_PROGRESS  {"DisplayName":"display-value-2","TopicName":"topic-name-2"}',
      ],
    },
  },
  'test_change_set_mappings.py::TestChangeSetMappings::test_fn_find_in_map_with_nested_ref': {
    date: '2026-02-02',
    style: 'oldest',
    first: [['Add Topic1 AWS::SNS::Topic', 'after {"DisplayName":"Z2FDTNDATAQYW2","TopicName":"topic-name-1"}']],
    second: [
      [
        'Modify Topic1 AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic-name-1 Replacement=True PolicyAction=ReplaceAndDelete Scope=Properties',
        'before {"DisplayName":"Z2FDTNDATAQYW2","TopicName":"topic-name-1"}',
        'after {"DisplayName":"Z2FDTNDATAQYW2","TopicName":"topic-name-1-updated"}',
        'Static DirectModification Properties TopicName Always /Properties/TopicName Modify "topic-name-1" => "topic-name-1-updated"',
      ],
    ],
    secondPlain: [
      [
        'Modify Topic1 AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic-name-1 Replacement=True PolicyAction=ReplaceAndDelete Scope=Properties',
        'Static DirectModification Properties TopicName Always',
      ],
    ],
    events: {
      Topic1: [
        'CREATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1',
        'CREATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1',
        'UPDATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1-updated',
        'UPDATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1-updated',
        'DELETE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1',
        'DELETE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1',
        'DELETE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1-updated',
        'DELETE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1-updated',
      ],
    },
  },
  'test_change_set_mappings.py::TestChangeSetMappings::test_fn_find_in_map_with_nested_ref_change_mapping': {
    date: '2026-02-04',
    style: 'oldest',
    first: [['Add Topic1 AWS::SNS::Topic', 'after {"DisplayName":"value-1","TopicName":"topic-name-1"}']],
    second: [
      [
        'Modify Topic1 AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic-name-1 Replacement=False Scope=Properties',
        'before {"DisplayName":"value-1","TopicName":"topic-name-1"}',
        'after {"DisplayName":"value-3","TopicName":"topic-name-1"}',
        'Static DirectModification Properties DisplayName Never /Properties/DisplayName Modify "value-1" => "value-3"',
      ],
    ],
    secondPlain: [
      [
        'Modify Topic1 AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic-name-1 Replacement=False Scope=Properties',
        'Static DirectModification Properties DisplayName Never',
      ],
    ],
    events: {
      Topic1: [
        'CREATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1',
        'CREATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1',
        'UPDATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1',
        'UPDATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1',
        'DELETE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1',
        'DELETE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1',
      ],
    },
  },
  'test_change_set_mappings.py::TestChangeSetMappings::test_fn_find_in_map_with_multiple_nested_functions': {
    date: '2026-02-03',
    style: 'oldest',
    parameters: [['Environment prod'], ['Environment dev']],
    first: [['Add Topic1 AWS::SNS::Topic', 'after {"DisplayName":"prod-aws-value","TopicName":"topic-name-1"}']],
    second: [
      [
        'Modify Topic1 AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic-name-1 Replacement=False Scope=Properties',
        'before {"DisplayName":"prod-aws-value","TopicName":"topic-name-1"}',
        'after {"DisplayName":"dev-aws-value","TopicName":"topic-name-1"}',
        'Dynamic DirectModification Properties DisplayName Never /Properties/DisplayName Modify "prod-aws-value" => "dev-aws-value"',
        'Static ParameterReference of Environment Properties DisplayName Never /Properties/DisplayName Modify "prod-aws-value" => "dev-aws-value"',
      ],
    ],
    secondPlain: [
      [
        'Modify Topic1 AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic-name-1 Replacement=False Scope=Properties',
        'Dynamic DirectModification Properties DisplayName Never',
        'Static ParameterReference of Environment Properties DisplayName Never',
      ],
    ],
    events: {
      Topic1: [
        'CREATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1',
        'CREATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1',
        'UPDATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1',
        'UPDATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1',
        'DELETE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1',
        'DELETE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1',
      ],
    },
  },
};
