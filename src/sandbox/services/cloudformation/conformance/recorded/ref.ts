import type { RecordedUpdate } from '../recorded-update.ts';

/** What AWS answered, in the notation of recorded-update.ts, by the recording. */
export const RECORDED_REF: Readonly<Record<string, RecordedUpdate>> = {
  'test_change_set_ref.py::TestChangeSetRef::test_resource_addition': {
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
        'after {"DisplayName":"arn:aws:sns:us-east-1:111111111111:topic-name-1","TopicName":"topic-name-2"}',
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
        'CREATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-2 {"DisplayName":"arn:aws:sns:us-east-1:111111111111:topic-name-1","TopicName":"topic-name-2"}',
        'CREATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-2 because Resource creation Initiated {"DisplayName":"arn:aws:sns:us-east-1:111111111111:topic-name-1","TopicName":"topic-name-2"}',
        'CREATE_IN_PROGRESS  {"DisplayName":"arn:aws:sns:us-east-1:111111111111:topic-name-1","TopicName":"topic-name-2"}',
      ],
    },
  },
  'test_change_set_ref.py::TestChangeSetRef::test_direct_attribute_value_change': {
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
        'CREATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-2 {"DisplayName":"arn:aws:sns:us-east-1:111111111111:topic-name-1","TopicName":"topic-name-2"}',
        'CREATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-2 because Resource creation Initiated {"DisplayName":"arn:aws:sns:us-east-1:111111111111:topic-name-1","TopicName":"topic-name-2"}',
        'CREATE_IN_PROGRESS  {"DisplayName":"arn:aws:sns:us-east-1:111111111111:topic-name-1","TopicName":"topic-name-2"}',
      ],
    },
  },
  'test_change_set_ref.py::TestChangeSetRef::test_direct_attribute_value_change_in_ref_chain': {
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
        'CREATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-2 {"DisplayName":"arn:aws:sns:us-east-1:111111111111:topic-name-1","TopicName":"topic-name-2"}',
        'CREATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-2 because Resource creation Initiated {"DisplayName":"arn:aws:sns:us-east-1:111111111111:topic-name-1","TopicName":"topic-name-2"}',
        'CREATE_IN_PROGRESS  {"DisplayName":"arn:aws:sns:us-east-1:111111111111:topic-name-1","TopicName":"topic-name-2"}',
      ],
      Topic3: [
        'CREATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-3 {"DisplayName":"arn:aws:sns:us-east-1:111111111111:topic-name-2","TopicName":"topic-name-3"}',
        'CREATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-3 because Resource creation Initiated {"DisplayName":"arn:aws:sns:us-east-1:111111111111:topic-name-2","TopicName":"topic-name-3"}',
        'CREATE_IN_PROGRESS  {"DisplayName":"arn:aws:sns:us-east-1:111111111111:topic-name-2","TopicName":"topic-name-3"}',
      ],
    },
  },
  'test_change_set_ref.py::TestChangeSetRef::test_direct_attribute_value_change_with_dependent_addition': {
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
        'after {"DisplayName":"arn:aws:sns:us-east-1:111111111111:topic-name-1","TopicName":"topic-name-2"}',
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
        'CREATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-2 {"DisplayName":"arn:aws:sns:us-east-1:111111111111:topic-name-1","TopicName":"topic-name-2"}',
        'CREATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-2 because Resource creation Initiated {"DisplayName":"arn:aws:sns:us-east-1:111111111111:topic-name-1","TopicName":"topic-name-2"}',
        'CREATE_IN_PROGRESS  {"DisplayName":"arn:aws:sns:us-east-1:111111111111:topic-name-1","TopicName":"topic-name-2"}',
      ],
    },
  },
  'test_change_set_ref.py::TestChangeSetRef::test_immutable_property_update_causes_resource_replacement': {
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
        'before {"DisplayName":"arn:aws:sns:us-east-1:111111111111:topic-name-1","TopicName":"topic-name-2"}',
        'after {"DisplayName":"{{changeSet:KNOWN_AFTER_APPLY}}","TopicName":"topic-name-2"}',
        'Dynamic DirectModification Properties DisplayName Never /Properties/DisplayName Modify "arn:aws:sns:us-east-1:111111111111:topic-name-1" => "{{changeSet:KNOWN_AFTER_APPLY}}"',
        'Static ResourceReference of Topic1 Properties DisplayName Never /Properties/DisplayName Modify "arn:aws:sns:us-east-1:111111111111:topic-name-1" => "{{changeSet:KNOWN_AFTER_APPLY}}"',
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
        'Static ResourceReference of Topic1 Properties DisplayName Never',
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
        'UPDATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-2 {"DisplayName":"arn:aws:sns:us-east-1:111111111111:updated-topic-name-1","TopicName":"topic-name-2"}',
        'UPDATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-2 {"DisplayName":"arn:aws:sns:us-east-1:111111111111:updated-topic-name-1","TopicName":"topic-name-2"}',
        'CREATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-2 {"DisplayName":"arn:aws:sns:us-east-1:111111111111:topic-name-1","TopicName":"topic-name-2"}',
        'CREATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-2 because Resource creation Initiated {"DisplayName":"arn:aws:sns:us-east-1:111111111111:topic-name-1","TopicName":"topic-name-2"}',
        'CREATE_IN_PROGRESS  {"DisplayName":"arn:aws:sns:us-east-1:111111111111:topic-name-1","TopicName":"topic-name-2"}',
      ],
    },
  },
  'test_change_set_ref.py::TestChangeSetRef::test_supported_pseudo_parameter': {
    date: '2025-05-19',
    capable: false,
    style: 'newest',
    first: [['Add Topic1 AWS::SNS::Topic', 'after {"TopicName":"topic_name_1"}']],
    second: [
      [
        'Remove Topic1 AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic_name_1 PolicyAction=Delete',
        'before {"TopicName":"topic_name_1"}',
      ],
      [
        'Add Topic2 AWS::SNS::Topic',
        'after {"Tags":[{"Key":"Partition","Value":"aws"},{"Key":"AccountId","Value":"111111111111"},{"Key":"Region","Value":"us-east-1"},{"Key":"StackName","Value":"<stack>"},{"Key":"StackId","Value":"<stack-id>"},{"Key":"URLSuffix","Value":"amazonaws.com"}],"TopicName":"topic_name_2"}',
      ],
    ],
    secondPlain: [
      ['Remove Topic1 AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic_name_1 PolicyAction=Delete'],
      ['Add Topic2 AWS::SNS::Topic'],
    ],
    events: {
      Topic1: [
        'DELETE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic_name_1',
        'DELETE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic_name_1',
        'CREATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic_name_1 {"TopicName":"topic_name_1"}',
        'CREATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic_name_1 because Resource creation Initiated {"TopicName":"topic_name_1"}',
        'CREATE_IN_PROGRESS  {"TopicName":"topic_name_1"}',
      ],
      Topic2: [
        'CREATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic_name_2 {"Tags":[{"Key":"Partition","Value":"aws"},{"Key":"AccountId","Value":"111111111111"},{"Key":"Region","Value":"us-east-1"},{"Key":"StackName","Value":"<stack>"},{"Key":"StackId","Value":"<stack-id>"},{"Key":"URLSuffix","Value":"amazonaws.com"}],"TopicName":"topic_name_2"}',
        'CREATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic_name_2 because Resource creation Initiated {"Tags":[{"Key":"Partition","Value":"aws"},{"Key":"AccountId","Value":"111111111111"},{"Key":"Region","Value":"us-east-1"},{"Key":"StackName","Value":"<stack>"},{"Key":"StackId","Value":"<stack-id>"},{"Key":"URLSuffix","Value":"amazonaws.com"}],"TopicName":"topic_name_2"}',
        'CREATE_IN_PROGRESS  {"Tags":[{"Key":"Partition","Value":"aws"},{"Key":"AccountId","Value":"111111111111"},{"Key":"Region","Value":"us-east-1"},{"Key":"StackName","Value":"<stack>"},{"Key":"StackId","Value":"<stack-id>"},{"Key":"URLSuffix","Value":"amazonaws.com"}],"TopicName":"topic_name_2"}',
      ],
    },
  },
};
