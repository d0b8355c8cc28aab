import type { RecordedUpdate } from '../recorded-update.ts';

/** What AWS answered, in the notation of recorded-update.ts, by the recording. */
export const RECORDED_CONDITIONS: Readonly<Record<string, RecordedUpdate>> = {
  'test_change_set_conditions.py::TestChangeSetConditions::test_condition_update_removes_resource': {
    date: '2025-04-15',
    capable: false,
    style: 'newest',
    first: [['Add SNSTopic AWS::SNS::Topic Replacement=True', 'after {"TopicName":"topic-name-1"}']],
    second: [
      [
        'Remove SNSTopic AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic-name-1 PolicyAction=Delete',
        'before {"TopicName":"topic-name-1"}',
      ],
      ['Add TopicPlaceholder AWS::SNS::Topic Replacement=True', 'after {"TopicName":"topic-name-2"}'],
    ],
    secondPlain: [
      ['Remove SNSTopic AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic-name-1 PolicyAction=Delete'],
      ['Add TopicPlaceholder AWS::SNS::Topic'],
    ],
    events: {
      SNSTopic: [
        'DELETE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1',
        'DELETE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1',
        'CREATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1 {"TopicName":"topic-name-1"}',
        'CREATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1 because Resource creation Initiated {"TopicName":"topic-name-1"}',
        'CREATE_IN_PROGRESS  {"TopicName":"topic-name-1"}',
      ],
      TopicPlaceholder: [
        'CREATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-2 {"TopicName":"topic-name-2"}',
        'CREATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-2 because Resource creation Initiated {"TopicName":"topic-name-2"}',
        'CREATE_IN_PROGRESS  {"TopicName":"topic-name-2"}',
      ],
    },
  },
  'test_change_set_conditions.py::TestChangeSetConditions::test_condition_update_adds_resource': {
    date: '2025-04-15',
    capable: false,
    style: 'newest',
    first: [['Add TopicPlaceholder AWS::SNS::Topic Replacement=True', 'after {"TopicName":"topic-name-2"}']],
    second: [['Add SNSTopic AWS::SNS::Topic Replacement=True', 'after {"TopicName":"topic-name-1"}']],
    secondPlain: [['Add SNSTopic AWS::SNS::Topic']],
    events: {
      SNSTopic: [
        'CREATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1 {"TopicName":"topic-name-1"}',
        'CREATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1 because Resource creation Initiated {"TopicName":"topic-name-1"}',
        'CREATE_IN_PROGRESS  {"TopicName":"topic-name-1"}',
      ],
      TopicPlaceholder: [
        'CREATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-2 {"TopicName":"topic-name-2"}',
        'CREATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-2 because Resource creation Initiated {"TopicName":"topic-name-2"}',
        'CREATE_IN_PROGRESS  {"TopicName":"topic-name-2"}',
      ],
    },
  },
  'test_change_set_conditions.py::TestChangeSetConditions::test_condition_add_new_negative_condition_to_existent_resource':
    {
      date: '2025-04-15',
      capable: false,
      style: 'newest',
      first: [['Add SNSTopic AWS::SNS::Topic Replacement=True', 'after {"TopicName":"topic-name-1"}']],
      second: [
        [
          'Remove SNSTopic AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic-name-1 PolicyAction=Delete',
          'before {"TopicName":"topic-name-1"}',
        ],
        ['Add TopicPlaceholder AWS::SNS::Topic Replacement=True', 'after {"TopicName":"topic-name-2"}'],
      ],
      secondPlain: [
        ['Remove SNSTopic AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic-name-1 PolicyAction=Delete'],
        ['Add TopicPlaceholder AWS::SNS::Topic'],
      ],
      events: {
        SNSTopic: [
          'DELETE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1',
          'DELETE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1',
          'CREATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1 {"TopicName":"topic-name-1"}',
          'CREATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1 because Resource creation Initiated {"TopicName":"topic-name-1"}',
          'CREATE_IN_PROGRESS  {"TopicName":"topic-name-1"}',
        ],
        TopicPlaceholder: [
          'CREATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-2 {"TopicName":"topic-name-2"}',
          'CREATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-2 because Resource creation Initiated {"TopicName":"topic-name-2"}',
          'CREATE_IN_PROGRESS  {"TopicName":"topic-name-2"}',
        ],
      },
    },
  'test_change_set_conditions.py::TestChangeSetConditions::test_condition_add_new_positive_condition_to_existent_resource':
    {
      date: '2025-04-15',
      capable: false,
      style: 'newest',
      first: [['Add SNSTopic1 AWS::SNS::Topic Replacement=True', 'after {"TopicName":"topic-name-1"}']],
      second: [['Add SNSTopic2 AWS::SNS::Topic Replacement=True', 'after {"TopicName":"topic-name-2"}']],
      secondPlain: [['Add SNSTopic2 AWS::SNS::Topic']],
      events: {
        SNSTopic1: [
          'CREATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1 {"TopicName":"topic-name-1"}',
          'CREATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1 because Resource creation Initiated {"TopicName":"topic-name-1"}',
          'CREATE_IN_PROGRESS  {"TopicName":"topic-name-1"}',
        ],
        SNSTopic2: [
          'CREATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-2 {"TopicName":"topic-name-2"}',
          'CREATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-2 because Resource creation Initiated {"TopicName":"topic-name-2"}',
          'CREATE_IN_PROGRESS  {"TopicName":"topic-name-2"}',
        ],
      },
    },
};
