import type { RecordedUpdate } from '../recorded-update.ts';

/** What AWS answered, in the notation of recorded-update.ts, by the recording. */
export const RECORDED_JOIN: Readonly<Record<string, RecordedUpdate>> = {
  'test_change_set_fn_join.py::TestChangeSetFnJoin::test_update_string_literal_argument': {
    date: '2025-05-05',
    capable: false,
    style: 'newest',
    first: [
      ['Add Topic1 AWS::SNS::Topic Replacement=True', 'after {"DisplayName":"v1-test","TopicName":"topic-name-1"}'],
    ],
    second: [
      [
        'Modify Topic1 AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic-name-1 Replacement=False Scope=Properties',
        'before {"DisplayName":"v1-test","TopicName":"topic-name-1"}',
        'after {"DisplayName":"v2-test","TopicName":"topic-name-1"}',
        'Static DirectModification Properties DisplayName Never /Properties/DisplayName Modify "v1-test" => "v2-test"',
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
        'UPDATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1 {"DisplayName":"v2-test","TopicName":"topic-name-1"}',
        'UPDATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1 {"DisplayName":"v2-test","TopicName":"topic-name-1"}',
        'CREATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1 {"DisplayName":"v1-test","TopicName":"topic-name-1"}',
        'CREATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1 because Resource creation Initiated {"DisplayName":"v1-test","TopicName":"topic-name-1"}',
        'CREATE_IN_PROGRESS  {"DisplayName":"v1-test","TopicName":"topic-name-1"}',
      ],
    },
  },
  'test_change_set_fn_join.py::TestChangeSetFnJoin::test_update_string_literal_delimiter': {
    date: '2025-05-05',
    capable: false,
    style: 'newest',
    first: [
      ['Add Topic1 AWS::SNS::Topic Replacement=True', 'after {"DisplayName":"v1-test","TopicName":"topic-name-1"}'],
    ],
    second: [
      [
        'Modify Topic1 AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic-name-1 Replacement=False Scope=Properties',
        'before {"DisplayName":"v1-test","TopicName":"topic-name-1"}',
        'after {"DisplayName":"v2_test","TopicName":"topic-name-1"}',
        'Static DirectModification Properties DisplayName Never /Properties/DisplayName Modify "v1-test" => "v2_test"',
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
        'UPDATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1 {"DisplayName":"v2_test","TopicName":"topic-name-1"}',
        'UPDATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1 {"DisplayName":"v2_test","TopicName":"topic-name-1"}',
        'CREATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1 {"DisplayName":"v1-test","TopicName":"topic-name-1"}',
        'CREATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1 because Resource creation Initiated {"DisplayName":"v1-test","TopicName":"topic-name-1"}',
        'CREATE_IN_PROGRESS  {"DisplayName":"v1-test","TopicName":"topic-name-1"}',
      ],
    },
  },
  'test_change_set_fn_join.py::TestChangeSetFnJoin::test_update_refence_argument': {
    date: '2025-05-05',
    capable: false,
    style: 'newest',
    first: [
      [
        'Add Topic1 AWS::SNS::Topic Replacement=True',
        'after {"DisplayName":"display-name-1","TopicName":"topic-name-1"}',
      ],
      [
        'Add Topic2 AWS::SNS::Topic Replacement=True',
        'after {"DisplayName":"{{changeSet:KNOWN_AFTER_APPLY}}","TopicName":"topic-name-2"}',
      ],
    ],
    second: [
      [
        'Modify Topic1 AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic-name-1 Replacement=False Scope=Properties',
        'before {"DisplayName":"display-name-1","TopicName":"topic-name-1"}',
        'after {"DisplayName":"display-name-2","TopicName":"topic-name-1"}',
        'Static DirectModification Properties DisplayName Never /Properties/DisplayName Modify "display-name-1" => "display-name-2"',
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
        'UPDATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1 {"DisplayName":"display-name-2","TopicName":"topic-name-1"}',
        'UPDATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1 {"DisplayName":"display-name-2","TopicName":"topic-name-1"}',
        'CREATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1 {"DisplayName":"display-name-1","TopicName":"topic-name-1"}',
        'CREATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1 because Resource creation Initiated {"DisplayName":"display-name-1","TopicName":"topic-name-1"}',
        'CREATE_IN_PROGRESS  {"DisplayName":"display-name-1","TopicName":"topic-name-1"}',
      ],
      Topic2: [
        'UPDATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-2 {"DisplayName":"prefix-display-name-2","TopicName":"topic-name-2"}',
        'UPDATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-2 {"DisplayName":"prefix-display-name-2","TopicName":"topic-name-2"}',
        'CREATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-2 {"DisplayName":"prefix-display-name-1","TopicName":"topic-name-2"}',
        'CREATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-2 because Resource creation Initiated {"DisplayName":"prefix-display-name-1","TopicName":"topic-name-2"}',
        'CREATE_IN_PROGRESS  {"DisplayName":"prefix-display-name-1","TopicName":"topic-name-2"}',
      ],
    },
  },
  'test_change_set_fn_join.py::TestChangeSetFnJoin::test_indirect_update_refence_argument': {
    date: '2025-05-05',
    capable: false,
    style: 'newest',
    first: [
      [
        'Add Topic1 AWS::SNS::Topic Replacement=True',
        'after {"DisplayName":"display-name-1","TopicName":"topic-name-1"}',
      ],
      [
        'Add Topic2 AWS::SNS::Topic Replacement=True',
        'after {"DisplayName":"{{changeSet:KNOWN_AFTER_APPLY}}","TopicName":"topic-name-2"}',
      ],
    ],
    second: [
      [
        'Modify Topic1 AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic-name-1 Replacement=False Scope=Properties',
        'before {"DisplayName":"display-name-1","TopicName":"topic-name-1"}',
        'after {"DisplayName":"display-name-2","TopicName":"topic-name-1"}',
        'Static DirectModification Properties DisplayName Never /Properties/DisplayName Modify "display-name-1" => "display-name-2"',
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
        'UPDATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1 {"DisplayName":"display-name-2","TopicName":"topic-name-1"}',
        'UPDATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1 {"DisplayName":"display-name-2","TopicName":"topic-name-1"}',
        'CREATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1 {"DisplayName":"display-name-1","TopicName":"topic-name-1"}',
        'CREATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1 because Resource creation Initiated {"DisplayName":"display-name-1","TopicName":"topic-name-1"}',
        'CREATE_IN_PROGRESS  {"DisplayName":"display-name-1","TopicName":"topic-name-1"}',
      ],
      Topic2: [
        'UPDATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-2 {"DisplayName":"prefix-display-name-2","TopicName":"topic-name-2"}',
        'UPDATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-2 {"DisplayName":"prefix-display-name-2","TopicName":"topic-name-2"}',
        'CREATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-2 {"DisplayName":"prefix-display-name-1","TopicName":"topic-name-2"}',
        'CREATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-2 because Resource creation Initiated {"DisplayName":"prefix-display-name-1","TopicName":"topic-name-2"}',
        'CREATE_IN_PROGRESS  {"DisplayName":"prefix-display-name-1","TopicName":"topic-name-2"}',
      ],
    },
  },
  'test_change_set_fn_join.py::TestChangeSetFnJoin::test_update_string_literal_delimiter_empty': {
    date: '2025-05-05',
    capable: false,
    style: 'newest',
    first: [
      ['Add Topic1 AWS::SNS::Topic Replacement=True', 'after {"DisplayName":"v1test","TopicName":"topic-name-1"}'],
    ],
    second: [
      [
        'Modify Topic1 AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic-name-1 Replacement=False Scope=Properties',
        'before {"DisplayName":"v1test","TopicName":"topic-name-1"}',
        'after {"DisplayName":"v1-test","TopicName":"topic-name-1"}',
        'Static DirectModification Properties DisplayName Never /Properties/DisplayName Modify "v1test" => "v1-test"',
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
        'UPDATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1 {"DisplayName":"v1-test","TopicName":"topic-name-1"}',
        'UPDATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1 {"DisplayName":"v1-test","TopicName":"topic-name-1"}',
        'CREATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1 {"DisplayName":"v1test","TopicName":"topic-name-1"}',
        'CREATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1 because Resource creation Initiated {"DisplayName":"v1test","TopicName":"topic-name-1"}',
        'CREATE_IN_PROGRESS  {"DisplayName":"v1test","TopicName":"topic-name-1"}',
      ],
    },
  },
  'test_change_set_fn_join.py::TestChangeSetFnJoin::test_update_string_literal_arguments_empty': {
    date: '2025-05-05',
    capable: false,
    style: 'newest',
    first: [['Add Topic1 AWS::SNS::Topic Replacement=True', 'after {"DisplayName":"","TopicName":"topic-name-1"}']],
    second: [
      [
        'Modify Topic1 AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic-name-1 Replacement=False Scope=Properties',
        'before {"DisplayName":"","TopicName":"topic-name-1"}',
        'after {"DisplayName":"v1test","TopicName":"topic-name-1"}',
        'Static DirectModification Properties DisplayName Never /Properties/DisplayName Modify "" => "v1test"',
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
        'UPDATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1 {"DisplayName":"v1test","TopicName":"topic-name-1"}',
        'UPDATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1 {"DisplayName":"v1test","TopicName":"topic-name-1"}',
        'CREATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1 {"DisplayName":"","TopicName":"topic-name-1"}',
        'CREATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1 because Resource creation Initiated {"DisplayName":"","TopicName":"topic-name-1"}',
        'CREATE_IN_PROGRESS  {"DisplayName":"","TopicName":"topic-name-1"}',
      ],
    },
  },
};
