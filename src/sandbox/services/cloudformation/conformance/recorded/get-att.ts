import type { RecordedUpdate } from '../recorded-update.ts';

/** What AWS answered, in the notation of recorded-update.ts, by the recording. */
export const RECORDED_GET_ATT: Readonly<Record<string, RecordedUpdate>> = {
  'test_change_set_fn_get_attr.py::TestChangeSetFnGetAttr::test_direct_attribute_value_change': {
    date: '2025-04-08',
    capable: false,
    style: 'newest',
    first: [
      [
        'Add Topic1 AWS::SNS::Topic Replacement=True',
        'after {"DisplayName":"display-value-1","TopicName":"topic-name-1"}',
      ],
      [
        'Add Topic2 AWS::SNS::Topic Replacement=True',
        'after {"DisplayName":"{{changeSet:KNOWN_AFTER_APPLY}}","TopicName":"topic-name-2"}',
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
      [
        'Modify Topic2 AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic-name-2 Replacement=False Scope=Properties',
        'Dynamic ResourceAttribute of Topic1.DisplayName Properties DisplayName Never',
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
      Topic2: [
        'UPDATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-2 {"DisplayName":"display-value-2","TopicName":"topic-name-2"}',
        'UPDATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-2 {"DisplayName":"display-value-2","TopicName":"topic-name-2"}',
        'CREATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-2 {"DisplayName":"display-value-1","TopicName":"topic-name-2"}',
        'CREATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-2 because Resource creation Initiated {"DisplayName":"display-value-1","TopicName":"topic-name-2"}',
        'CREATE_IN_PROGRESS  {"DisplayName":"display-value-1","TopicName":"topic-name-2"}',
      ],
    },
  },
  'test_change_set_fn_get_attr.py::TestChangeSetFnGetAttr::test_immutable_property_update_causes_resource_replacement':
    {
      date: '2025-04-08',
      capable: false,
      style: 'newest',
      first: [
        ['Add Topic1 AWS::SNS::Topic Replacement=True', 'after {"DisplayName":"value","TopicName":"topic-name-1"}'],
        [
          'Add Topic2 AWS::SNS::Topic Replacement=True',
          'after {"DisplayName":"{{changeSet:KNOWN_AFTER_APPLY}}","TopicName":"topic-name-2"}',
        ],
      ],
      second: [
        [
          'Modify Topic1 AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic-name-1 Replacement=True PolicyAction=ReplaceAndDelete Scope=Properties',
          'before {"DisplayName":"value","TopicName":"topic-name-1"}',
          'after {"DisplayName":"new_value","TopicName":"updated-topic-name-1"}',
          'Static DirectModification Properties DisplayName Never /Properties/DisplayName Modify "value" => "new_value"',
          'Static DirectModification Properties TopicName Always /Properties/TopicName Modify "topic-name-1" => "updated-topic-name-1"',
        ],
        [
          'Modify Topic2 AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic-name-2 Replacement=False Scope=Properties',
          'before {"DisplayName":"value","TopicName":"topic-name-2"}',
          'after {"DisplayName":"{{changeSet:KNOWN_AFTER_APPLY}}","TopicName":"topic-name-2"}',
          'Dynamic DirectModification Properties DisplayName Never /Properties/DisplayName Modify "value" => "{{changeSet:KNOWN_AFTER_APPLY}}"',
          'Static ResourceAttribute of Topic1.DisplayName Properties DisplayName Never /Properties/DisplayName Modify "value" => "{{changeSet:KNOWN_AFTER_APPLY}}"',
        ],
      ],
      secondPlain: [
        [
          'Modify Topic1 AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic-name-1 Replacement=True PolicyAction=ReplaceAndDelete Scope=Properties',
          'Static DirectModification Properties DisplayName Never',
          'Static DirectModification Properties TopicName Always',
        ],
        [
          'Modify Topic2 AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic-name-2 Replacement=False Scope=Properties',
          'Static ResourceAttribute of Topic1.DisplayName Properties DisplayName Never',
        ],
      ],
      events: {
        Topic1: [
          'DELETE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1',
          'DELETE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1',
          'UPDATE_COMPLETE arn:aws:sns:us-east-1:111111111111:updated-topic-name-1 {"DisplayName":"new_value","TopicName":"updated-topic-name-1"}',
          'UPDATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:updated-topic-name-1 because Resource creation Initiated {"DisplayName":"new_value","TopicName":"updated-topic-name-1"}',
          'UPDATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1 because Requested update requires the creation of a new physical resource; hence creating one. {"DisplayName":"new_value","TopicName":"updated-topic-name-1"}',
          'CREATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1 {"DisplayName":"value","TopicName":"topic-name-1"}',
          'CREATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1 because Resource creation Initiated {"DisplayName":"value","TopicName":"topic-name-1"}',
          'CREATE_IN_PROGRESS  {"DisplayName":"value","TopicName":"topic-name-1"}',
        ],
        Topic2: [
          'UPDATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-2 {"DisplayName":"new_value","TopicName":"topic-name-2"}',
          'UPDATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-2 {"DisplayName":"new_value","TopicName":"topic-name-2"}',
          'CREATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-2 {"DisplayName":"value","TopicName":"topic-name-2"}',
          'CREATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-2 because Resource creation Initiated {"DisplayName":"value","TopicName":"topic-name-2"}',
          'CREATE_IN_PROGRESS  {"DisplayName":"value","TopicName":"topic-name-2"}',
        ],
      },
    },
  'test_change_set_fn_get_attr.py::TestChangeSetFnGetAttr::test_direct_attribute_value_change_with_dependent_addition':
    {
      date: '2025-04-08',
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
        [
          'Add Topic2 AWS::SNS::Topic Replacement=True',
          'after {"DisplayName":"display-value-1","TopicName":"topic-name-2"}',
        ],
      ],
      secondPlain: [
        [
          'Modify Topic1 AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic-name-1 Replacement=False Scope=Properties',
          'Static DirectModification Properties DisplayName Never',
        ],
        ['Add Topic2 AWS::SNS::Topic'],
      ],
      events: {
        Topic1: [
          'UPDATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1 {"DisplayName":"display-value-2","TopicName":"topic-name-1"}',
          'UPDATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1 {"DisplayName":"display-value-2","TopicName":"topic-name-1"}',
          'CREATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1 {"DisplayName":"display-value-1","TopicName":"topic-name-1"}',
          'CREATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1 because Resource creation Initiated {"DisplayName":"display-value-1","TopicName":"topic-name-1"}',
          'CREATE_IN_PROGRESS  {"DisplayName":"display-value-1","TopicName":"topic-name-1"}',
        ],
        Topic2: [
          'CREATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-2 {"DisplayName":"display-value-2","TopicName":"topic-name-2"}',
          'CREATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-2 because Resource creation Initiated {"DisplayName":"display-value-2","TopicName":"topic-name-2"}',
          'CREATE_IN_PROGRESS  {"DisplayName":"display-value-2","TopicName":"topic-name-2"}',
        ],
      },
    },
  'test_change_set_fn_get_attr.py::TestChangeSetFnGetAttr::test_resource_addition': {
    date: '2025-04-08',
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
        'after {"DisplayName":"display-value-1","TopicName":"topic-name-2"}',
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
        'CREATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-2 {"DisplayName":"display-value-1","TopicName":"topic-name-2"}',
        'CREATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-2 because Resource creation Initiated {"DisplayName":"display-value-1","TopicName":"topic-name-2"}',
        'CREATE_IN_PROGRESS  {"DisplayName":"display-value-1","TopicName":"topic-name-2"}',
      ],
    },
  },
  'test_change_set_fn_get_attr.py::TestChangeSetFnGetAttr::test_resource_deletion': {
    date: '2025-04-08',
    capable: false,
    style: 'newest',
    first: [
      [
        'Add Topic1 AWS::SNS::Topic Replacement=True',
        'after {"DisplayName":"display-value-1","TopicName":"topic-name-1"}',
      ],
      [
        'Add Topic2 AWS::SNS::Topic Replacement=True',
        'after {"DisplayName":"{{changeSet:KNOWN_AFTER_APPLY}}","TopicName":"topic-name-2"}',
      ],
    ],
    second: [
      [
        'Remove Topic2 AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic-name-2 PolicyAction=Delete',
        'before {"DisplayName":"{{changeSet:KNOWN_AFTER_APPLY}}","TopicName":"topic-name-2"}',
      ],
    ],
    secondPlain: [
      ['Remove Topic2 AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic-name-2 PolicyAction=Delete'],
    ],
    events: {
      Topic1: [
        'CREATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1 {"DisplayName":"display-value-1","TopicName":"topic-name-1"}',
        'CREATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1 because Resource creation Initiated {"DisplayName":"display-value-1","TopicName":"topic-name-1"}',
        'CREATE_IN_PROGRESS  {"DisplayName":"display-value-1","TopicName":"topic-name-1"}',
      ],
      Topic2: [
        'DELETE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-2',
        'DELETE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-2',
        'CREATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-2 {"DisplayName":"display-value-1","TopicName":"topic-name-2"}',
        'CREATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-2 because Resource creation Initiated {"DisplayName":"display-value-1","TopicName":"topic-name-2"}',
        'CREATE_IN_PROGRESS  {"DisplayName":"display-value-1","TopicName":"topic-name-2"}',
      ],
    },
  },
  'test_change_set_fn_get_attr.py::TestChangeSetFnGetAttr::test_direct_attribute_value_change_in_get_attr_chain': {
    date: '2025-04-08',
    capable: false,
    style: 'newest',
    first: [
      [
        'Add Topic1 AWS::SNS::Topic Replacement=True',
        'after {"DisplayName":"display-value-1","TopicName":"topic-name-1"}',
      ],
      [
        'Add Topic2 AWS::SNS::Topic Replacement=True',
        'after {"DisplayName":"{{changeSet:KNOWN_AFTER_APPLY}}","TopicName":"topic-name-2"}',
      ],
      [
        'Add Topic3 AWS::SNS::Topic Replacement=True',
        'after {"DisplayName":"{{changeSet:KNOWN_AFTER_APPLY}}","TopicName":"topic-name-3"}',
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
      [
        'Modify Topic2 AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic-name-2 Replacement=False Scope=Properties',
        'Dynamic ResourceAttribute of Topic1.DisplayName Properties DisplayName Never',
      ],
      [
        'Modify Topic3 AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic-name-3 Replacement=False Scope=Properties',
        'Dynamic ResourceAttribute of Topic2.DisplayName Properties DisplayName Never',
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
      Topic2: [
        'UPDATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-2 {"DisplayName":"display-value-2","TopicName":"topic-name-2"}',
        'UPDATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-2 {"DisplayName":"display-value-2","TopicName":"topic-name-2"}',
        'CREATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-2 {"DisplayName":"display-value-1","TopicName":"topic-name-2"}',
        'CREATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-2 because Resource creation Initiated {"DisplayName":"display-value-1","TopicName":"topic-name-2"}',
        'CREATE_IN_PROGRESS  {"DisplayName":"display-value-1","TopicName":"topic-name-2"}',
      ],
      Topic3: [
        'UPDATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-3 {"DisplayName":"display-value-2","TopicName":"topic-name-3"}',
        'UPDATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-3 {"DisplayName":"display-value-2","TopicName":"topic-name-3"}',
        'CREATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-3 {"DisplayName":"display-value-1","TopicName":"topic-name-3"}',
        'CREATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-3 because Resource creation Initiated {"DisplayName":"display-value-1","TopicName":"topic-name-3"}',
        'CREATE_IN_PROGRESS  {"DisplayName":"display-value-1","TopicName":"topic-name-3"}',
      ],
    },
  },
};
