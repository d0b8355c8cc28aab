import type { RecordedUpdate } from '../recorded-update.ts';

/** What AWS answered, in the notation of recorded-update.ts, by the recording. */
export const RECORDED_PARAMETERS: Readonly<Record<string, RecordedUpdate>> = {
  'test_change_set_parameters.py::TestChangeSetParameters::test_update_parameter_default_value': {
    date: '2025-04-17',
    capable: false,
    style: 'newest',
    parameters: [['TopicName topic-name-1'], ['TopicName topic-name-2']],
    first: [['Add Foo AWS::SNS::Topic Replacement=True', 'after {"TopicName":"topic-name-1"}']],
    second: [
      [
        'Modify Foo AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic-name-1 Replacement=True PolicyAction=ReplaceAndDelete Scope=Properties',
        'before {"TopicName":"topic-name-1"}',
        'after {"TopicName":"topic-name-2"}',
        'Dynamic DirectModification Properties TopicName Always /Properties/TopicName Modify "topic-name-1" => "topic-name-2"',
        'Static ParameterReference of TopicName Properties TopicName Always /Properties/TopicName Modify "topic-name-1" => "topic-name-2"',
      ],
    ],
    secondPlain: [
      [
        'Modify Foo AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic-name-1 Replacement=True PolicyAction=ReplaceAndDelete Scope=Properties',
        'Dynamic DirectModification Properties TopicName Always',
        'Static ParameterReference of TopicName Properties TopicName Always',
      ],
    ],
    events: {
      Foo: [
        'DELETE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1',
        'DELETE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1',
        'UPDATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-2 {"TopicName":"topic-name-2"}',
        'UPDATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-2 because Resource creation Initiated {"TopicName":"topic-name-2"}',
        'UPDATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1 because Requested update requires the creation of a new physical resource; hence creating one. {"TopicName":"topic-name-2"}',
        'CREATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1 {"TopicName":"topic-name-1"}',
        'CREATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1 because Resource creation Initiated {"TopicName":"topic-name-1"}',
        'CREATE_IN_PROGRESS  {"TopicName":"topic-name-1"}',
      ],
    },
  },
  'test_change_set_parameters.py::TestChangeSetParameters::test_update_parameter_with_added_default_value': {
    date: '2025-04-17',
    capable: false,
    style: 'newest',
    parameters: [['TopicName topic-name-1'], ['TopicName topic-name-2']],
    first: [['Add Foo AWS::SNS::Topic Replacement=True', 'after {"TopicName":"topic-name-1"}']],
    second: [
      [
        'Modify Foo AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic-name-1 Replacement=True PolicyAction=ReplaceAndDelete Scope=Properties',
        'before {"TopicName":"topic-name-1"}',
        'after {"TopicName":"topic-name-2"}',
        'Dynamic DirectModification Properties TopicName Always /Properties/TopicName Modify "topic-name-1" => "topic-name-2"',
        'Static ParameterReference of TopicName Properties TopicName Always /Properties/TopicName Modify "topic-name-1" => "topic-name-2"',
      ],
    ],
    secondPlain: [
      [
        'Modify Foo AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic-name-1 Replacement=True PolicyAction=ReplaceAndDelete Scope=Properties',
        'Dynamic DirectModification Properties TopicName Always',
        'Static ParameterReference of TopicName Properties TopicName Always',
      ],
    ],
    events: {
      Foo: [
        'DELETE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1',
        'DELETE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1',
        'UPDATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-2 {"TopicName":"topic-name-2"}',
        'UPDATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-2 because Resource creation Initiated {"TopicName":"topic-name-2"}',
        'UPDATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1 because Requested update requires the creation of a new physical resource; hence creating one. {"TopicName":"topic-name-2"}',
        'CREATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1 {"TopicName":"topic-name-1"}',
        'CREATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1 because Resource creation Initiated {"TopicName":"topic-name-1"}',
        'CREATE_IN_PROGRESS  {"TopicName":"topic-name-1"}',
      ],
    },
  },
  'test_change_set_parameters.py::TestChangeSetParameters::test_update_parameter_with_removed_default_value': {
    date: '2025-04-17',
    capable: false,
    style: 'newest',
    parameters: [['TopicName topic-name-1'], ['TopicName topic-name-2']],
    first: [['Add Foo AWS::SNS::Topic Replacement=True', 'after {"TopicName":"topic-name-1"}']],
    second: [
      [
        'Modify Foo AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic-name-1 Replacement=True PolicyAction=ReplaceAndDelete Scope=Properties',
        'before {"TopicName":"topic-name-1"}',
        'after {"TopicName":"topic-name-2"}',
        'Dynamic DirectModification Properties TopicName Always /Properties/TopicName Modify "topic-name-1" => "topic-name-2"',
        'Static ParameterReference of TopicName Properties TopicName Always /Properties/TopicName Modify "topic-name-1" => "topic-name-2"',
      ],
    ],
    secondPlain: [
      [
        'Modify Foo AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic-name-1 Replacement=True PolicyAction=ReplaceAndDelete Scope=Properties',
        'Dynamic DirectModification Properties TopicName Always',
        'Static ParameterReference of TopicName Properties TopicName Always',
      ],
    ],
    events: {
      Foo: [
        'DELETE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1',
        'DELETE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1',
        'UPDATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-2 {"TopicName":"topic-name-2"}',
        'UPDATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-2 because Resource creation Initiated {"TopicName":"topic-name-2"}',
        'UPDATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1 because Requested update requires the creation of a new physical resource; hence creating one. {"TopicName":"topic-name-2"}',
        'CREATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1 {"TopicName":"topic-name-1"}',
        'CREATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1 because Resource creation Initiated {"TopicName":"topic-name-1"}',
        'CREATE_IN_PROGRESS  {"TopicName":"topic-name-1"}',
      ],
    },
  },
  'test_change_set_parameters.py::TestChangeSetParameters::test_update_parameter_default_value_with_dynamic_overrides':
    {
      date: '2025-04-17',
      capable: false,
      style: 'newest',
      parameters: [['TopicName topic-name-1'], ['TopicName topic-name-2']],
      first: [['Add Foo AWS::SNS::Topic Replacement=True', 'after {"TopicName":"topic-name-1"}']],
      second: [
        [
          'Modify Foo AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic-name-1 Replacement=True PolicyAction=ReplaceAndDelete Scope=Properties',
          'before {"TopicName":"topic-name-1"}',
          'after {"TopicName":"topic-name-2"}',
          'Dynamic DirectModification Properties TopicName Always /Properties/TopicName Modify "topic-name-1" => "topic-name-2"',
          'Static ParameterReference of TopicName Properties TopicName Always /Properties/TopicName Modify "topic-name-1" => "topic-name-2"',
        ],
      ],
      secondPlain: [
        [
          'Modify Foo AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic-name-1 Replacement=True PolicyAction=ReplaceAndDelete Scope=Properties',
          'Dynamic DirectModification Properties TopicName Always',
          'Static ParameterReference of TopicName Properties TopicName Always',
        ],
      ],
      events: {
        Foo: [
          'DELETE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1',
          'DELETE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1',
          'UPDATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-2 {"TopicName":"topic-name-2"}',
          'UPDATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-2 because Resource creation Initiated {"TopicName":"topic-name-2"}',
          'UPDATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1 because Requested update requires the creation of a new physical resource; hence creating one. {"TopicName":"topic-name-2"}',
          'CREATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1 {"TopicName":"topic-name-1"}',
          'CREATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1 because Resource creation Initiated {"TopicName":"topic-name-1"}',
          'CREATE_IN_PROGRESS  {"TopicName":"topic-name-1"}',
        ],
      },
    },
  'test_change_set_parameters.py::TestChangeSetParameters::test_parameter_type_change': {
    date: '2025-10-06',
    style: 'oldest',
    parameters: [['Value 123'], ['Value 456']],
    first: [['Add MyParameter AWS::SSM::Parameter', 'after {"Type":"String","Value":"123"}']],
    second: [
      [
        'Modify MyParameter AWS::SSM::Parameter is CFN-MyParameter-<random> Replacement=False Scope=Properties',
        'before {"Type":"String","Value":"123"}',
        'after {"Type":"String","Value":"456"}',
        'Dynamic DirectModification Properties Value Never /Properties/Value Modify "123" => "456"',
        'Static ParameterReference of Value Properties Value Never /Properties/Value Modify "123" => "456"',
      ],
    ],
    secondPlain: [
      [
        'Modify MyParameter AWS::SSM::Parameter is CFN-MyParameter-<random> Replacement=False Scope=Properties',
        'Dynamic DirectModification Properties Value Never',
        'Static ParameterReference of Value Properties Value Never',
      ],
    ],
    events: {
      MyParameter: [
        'CREATE_IN_PROGRESS CFN-MyParameter-<random>',
        'CREATE_COMPLETE CFN-MyParameter-<random>',
        'UPDATE_IN_PROGRESS CFN-MyParameter-<random>',
        'UPDATE_COMPLETE CFN-MyParameter-<random>',
        'DELETE_IN_PROGRESS CFN-MyParameter-<random>',
        'DELETE_COMPLETE CFN-MyParameter-<random>',
      ],
    },
  },
};
