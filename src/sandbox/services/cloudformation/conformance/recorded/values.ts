import type { RecordedUpdate } from '../recorded-update.ts';

/** What AWS answered, in the notation of recorded-update.ts, by the recording. */
export const RECORDED_VALUES: Readonly<Record<string, RecordedUpdate>> = {
  'test_change_sets.py::TestCaptureUpdateProcess::test_direct_update': {
    date: '2025-08-21',
    style: 'oldest',
    first: [['Add Foo AWS::SNS::Topic', 'after {"TopicName":"topic-1"}']],
    second: [
      [
        'Modify Foo AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic-1 Replacement=True PolicyAction=ReplaceAndDelete Scope=Properties',
        'before {"TopicName":"topic-1"}',
        'after {"TopicName":"topic-2"}',
        'Static DirectModification Properties TopicName Always /Properties/TopicName Modify "topic-1" => "topic-2"',
      ],
    ],
    secondPlain: [
      [
        'Modify Foo AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic-1 Replacement=True PolicyAction=ReplaceAndDelete Scope=Properties',
        'Static DirectModification Properties TopicName Always',
      ],
    ],
    events: {
      Foo: [
        'CREATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-1',
        'CREATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-1',
        'UPDATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-2',
        'UPDATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-2',
        'DELETE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-1',
        'DELETE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-1',
        'DELETE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-2',
        'DELETE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-2',
      ],
    },
  },
  'test_change_sets.py::TestCaptureUpdateProcess::test_dynamic_update': {
    date: '2025-08-05',
    capable: false,
    style: 'oldest',
    first: [
      ['Add Foo AWS::SNS::Topic', 'after {"TopicName":"topic-1"}'],
      ['Add Parameter AWS::SSM::Parameter', 'after {"Type":"String","Value":"{{changeSet:KNOWN_AFTER_APPLY}}"}'],
    ],
    second: [
      [
        'Modify Foo AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic-1 Replacement=True PolicyAction=ReplaceAndDelete Scope=Properties',
        'before {"TopicName":"topic-1"}',
        'after {"TopicName":"topic-2"}',
        'Static DirectModification Properties TopicName Always /Properties/TopicName Modify "topic-1" => "topic-2"',
      ],
      [
        'Modify Parameter AWS::SSM::Parameter is CFN-Parameter-<random> Replacement=False Scope=Properties',
        'before {"Type":"String","Value":"topic-1"}',
        'after {"Type":"String","Value":"{{changeSet:KNOWN_AFTER_APPLY}}"}',
        'Dynamic DirectModification Properties Value Never /Properties/Value Modify "topic-1" => "{{changeSet:KNOWN_AFTER_APPLY}}"',
        'Static ResourceAttribute of Foo.TopicName Properties Value Never /Properties/Value Modify "topic-1" => "{{changeSet:KNOWN_AFTER_APPLY}}"',
      ],
    ],
    secondPlain: [
      [
        'Modify Foo AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic-1 Replacement=True PolicyAction=ReplaceAndDelete Scope=Properties',
        'Static DirectModification Properties TopicName Always',
      ],
      [
        'Modify Parameter AWS::SSM::Parameter is CFN-Parameter-<random> Replacement=False Scope=Properties',
        'Static ResourceAttribute of Foo.TopicName Properties Value Never',
      ],
    ],
    events: {
      Foo: [
        'CREATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-1',
        'CREATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-1',
        'UPDATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-2',
        'UPDATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-2',
        'DELETE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-1',
        'DELETE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-1',
        'DELETE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-2',
        'DELETE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-2',
      ],
      Parameter: [
        'CREATE_IN_PROGRESS CFN-Parameter-<random>',
        'CREATE_COMPLETE CFN-Parameter-<random>',
        'UPDATE_IN_PROGRESS CFN-Parameter-<random>',
        'UPDATE_COMPLETE CFN-Parameter-<random>',
        'DELETE_IN_PROGRESS CFN-Parameter-<random>',
        'DELETE_COMPLETE CFN-Parameter-<random>',
      ],
    },
  },
  'test_change_sets.py::TestCaptureUpdateProcess::test_parameter_changes': {
    date: '2025-08-05',
    capable: false,
    style: 'oldest',
    parameters: [['TopicName topic-1'], ['TopicName topic-2']],
    first: [
      ['Add Foo AWS::SNS::Topic', 'after {"TopicName":"topic-1"}'],
      ['Add Parameter AWS::SSM::Parameter', 'after {"Type":"String","Value":"{{changeSet:KNOWN_AFTER_APPLY}}"}'],
    ],
    second: [
      [
        'Modify Foo AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic-1 Replacement=True PolicyAction=ReplaceAndDelete Scope=Properties',
        'before {"TopicName":"topic-1"}',
        'after {"TopicName":"topic-2"}',
        'Dynamic DirectModification Properties TopicName Always /Properties/TopicName Modify "topic-1" => "topic-2"',
        'Static ParameterReference of TopicName Properties TopicName Always /Properties/TopicName Modify "topic-1" => "topic-2"',
      ],
      [
        'Modify Parameter AWS::SSM::Parameter is CFN-Parameter-<random> Replacement=False Scope=Properties',
        'before {"Type":"String","Value":"topic-1"}',
        'after {"Type":"String","Value":"{{changeSet:KNOWN_AFTER_APPLY}}"}',
        'Dynamic DirectModification Properties Value Never /Properties/Value Modify "topic-1" => "{{changeSet:KNOWN_AFTER_APPLY}}"',
        'Static ResourceAttribute of Foo.TopicName Properties Value Never /Properties/Value Modify "topic-1" => "{{changeSet:KNOWN_AFTER_APPLY}}"',
      ],
    ],
    secondPlain: [
      [
        'Modify Foo AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic-1 Replacement=True PolicyAction=ReplaceAndDelete Scope=Properties',
        'Dynamic DirectModification Properties TopicName Always',
        'Static ParameterReference of TopicName Properties TopicName Always',
      ],
      [
        'Modify Parameter AWS::SSM::Parameter is CFN-Parameter-<random> Replacement=False Scope=Properties',
        'Static ResourceAttribute of Foo.TopicName Properties Value Never',
      ],
    ],
    events: {
      Foo: [
        'CREATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-1',
        'CREATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-1',
        'UPDATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-2',
        'UPDATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-2',
        'DELETE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-1',
        'DELETE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-1',
        'DELETE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-2',
        'DELETE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-2',
      ],
      Parameter: [
        'CREATE_IN_PROGRESS CFN-Parameter-<random>',
        'CREATE_COMPLETE CFN-Parameter-<random>',
        'UPDATE_IN_PROGRESS CFN-Parameter-<random>',
        'UPDATE_COMPLETE CFN-Parameter-<random>',
        'DELETE_IN_PROGRESS CFN-Parameter-<random>',
        'DELETE_COMPLETE CFN-Parameter-<random>',
      ],
    },
  },
  'test_change_sets.py::TestCaptureUpdateProcess::test_mappings_with_static_fields': {
    date: '2025-08-05',
    capable: false,
    style: 'oldest',
    first: [
      ['Add Foo AWS::SNS::Topic', 'after {"TopicName":"topic-name-1"}'],
      ['Add Parameter AWS::SSM::Parameter', 'after {"Type":"String","Value":"{{changeSet:KNOWN_AFTER_APPLY}}"}'],
    ],
    second: [
      [
        'Modify Foo AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic-name-1 Replacement=True PolicyAction=ReplaceAndDelete Scope=Properties',
        'before {"TopicName":"topic-name-1"}',
        'after {"TopicName":"topic-name-2"}',
        'Static DirectModification Properties TopicName Always /Properties/TopicName Modify "topic-name-1" => "topic-name-2"',
      ],
      [
        'Modify Parameter AWS::SSM::Parameter is CFN-Parameter-<random> Replacement=False Scope=Properties',
        'before {"Type":"String","Value":"topic-name-1"}',
        'after {"Type":"String","Value":"{{changeSet:KNOWN_AFTER_APPLY}}"}',
        'Dynamic DirectModification Properties Value Never /Properties/Value Modify "topic-name-1" => "{{changeSet:KNOWN_AFTER_APPLY}}"',
        'Static ResourceAttribute of Foo.TopicName Properties Value Never /Properties/Value Modify "topic-name-1" => "{{changeSet:KNOWN_AFTER_APPLY}}"',
      ],
    ],
    secondPlain: [
      [
        'Modify Foo AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic-name-1 Replacement=True PolicyAction=ReplaceAndDelete Scope=Properties',
        'Static DirectModification Properties TopicName Always',
      ],
      [
        'Modify Parameter AWS::SSM::Parameter is CFN-Parameter-<random> Replacement=False Scope=Properties',
        'Static ResourceAttribute of Foo.TopicName Properties Value Never',
      ],
    ],
    events: {
      Foo: [
        'CREATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1',
        'CREATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1',
        'UPDATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-2',
        'UPDATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-2',
        'DELETE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1',
        'DELETE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1',
        'DELETE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-2',
        'DELETE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-2',
      ],
      Parameter: [
        'CREATE_IN_PROGRESS CFN-Parameter-<random>',
        'CREATE_COMPLETE CFN-Parameter-<random>',
        'UPDATE_IN_PROGRESS CFN-Parameter-<random>',
        'UPDATE_COMPLETE CFN-Parameter-<random>',
        'DELETE_IN_PROGRESS CFN-Parameter-<random>',
        'DELETE_COMPLETE CFN-Parameter-<random>',
      ],
    },
  },
  'test_change_sets.py::TestCaptureUpdateProcess::test_mappings_with_parameter_lookup': {
    date: '2025-08-05',
    capable: false,
    style: 'oldest',
    parameters: [['TopicName key1'], ['TopicName key2']],
    first: [
      ['Add Foo AWS::SNS::Topic', 'after {"TopicName":"topic-name-1"}'],
      ['Add Parameter AWS::SSM::Parameter', 'after {"Type":"String","Value":"{{changeSet:KNOWN_AFTER_APPLY}}"}'],
    ],
    second: [
      [
        'Modify Foo AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic-name-1 Replacement=True PolicyAction=ReplaceAndDelete Scope=Properties',
        'before {"TopicName":"topic-name-1"}',
        'after {"TopicName":"topic-name-2"}',
        'Dynamic DirectModification Properties TopicName Always /Properties/TopicName Modify "topic-name-1" => "topic-name-2"',
        'Static ParameterReference of TopicName Properties TopicName Always /Properties/TopicName Modify "topic-name-1" => "topic-name-2"',
      ],
      [
        'Modify Parameter AWS::SSM::Parameter is CFN-Parameter-<random> Replacement=False Scope=Properties',
        'before {"Type":"String","Value":"topic-name-1"}',
        'after {"Type":"String","Value":"{{changeSet:KNOWN_AFTER_APPLY}}"}',
        'Dynamic DirectModification Properties Value Never /Properties/Value Modify "topic-name-1" => "{{changeSet:KNOWN_AFTER_APPLY}}"',
        'Static ResourceAttribute of Foo.TopicName Properties Value Never /Properties/Value Modify "topic-name-1" => "{{changeSet:KNOWN_AFTER_APPLY}}"',
      ],
    ],
    secondPlain: [
      [
        'Modify Foo AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic-name-1 Replacement=True PolicyAction=ReplaceAndDelete Scope=Properties',
        'Dynamic DirectModification Properties TopicName Always',
        'Static ParameterReference of TopicName Properties TopicName Always',
      ],
      [
        'Modify Parameter AWS::SSM::Parameter is CFN-Parameter-<random> Replacement=False Scope=Properties',
        'Static ResourceAttribute of Foo.TopicName Properties Value Never',
      ],
    ],
    events: {
      Foo: [
        'CREATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1',
        'CREATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1',
        'UPDATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-2',
        'UPDATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-2',
        'DELETE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1',
        'DELETE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1',
        'DELETE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-2',
        'DELETE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-2',
      ],
      Parameter: [
        'CREATE_IN_PROGRESS CFN-Parameter-<random>',
        'CREATE_COMPLETE CFN-Parameter-<random>',
        'UPDATE_IN_PROGRESS CFN-Parameter-<random>',
        'UPDATE_COMPLETE CFN-Parameter-<random>',
        'DELETE_IN_PROGRESS CFN-Parameter-<random>',
        'DELETE_COMPLETE CFN-Parameter-<random>',
      ],
    },
  },
  'test_change_sets.py::TestCaptureUpdateProcess::test_conditions': {
    date: '2025-08-05',
    capable: false,
    style: 'oldest',
    parameters: [['EnvironmentType not-prod'], ['EnvironmentType prod']],
    first: [['Add Bucket AWS::S3::Bucket', 'after {}']],
    second: [['Add Parameter AWS::SSM::Parameter', 'after {"Type":"String","Value":"test"}']],
    secondPlain: [['Add Parameter AWS::SSM::Parameter']],
    events: {
      Bucket: [
        'CREATE_IN_PROGRESS <stack>-bucket-<random>',
        'CREATE_COMPLETE <stack>-bucket-<random>',
        'DELETE_IN_PROGRESS <stack>-bucket-<random>',
        'DELETE_COMPLETE <stack>-bucket-<random>',
      ],
      Parameter: [
        'CREATE_IN_PROGRESS CFN-Parameter-<random>',
        'CREATE_COMPLETE CFN-Parameter-<random>',
        'DELETE_IN_PROGRESS CFN-Parameter-<random>',
        'DELETE_COMPLETE CFN-Parameter-<random>',
      ],
    },
  },
  'test_change_sets.py::TestCaptureUpdateProcess::test_base_dynamic_parameter_scenarios[change_dynamic]': {
    date: '2025-08-05',
    capable: false,
    style: 'oldest',
    parameters: [['ParameterValue value-1'], ['ParameterValue value-2']],
    first: [['Add Parameter AWS::SSM::Parameter', 'after {"Type":"String","Value":"value-1"}']],
    second: [
      [
        'Modify Parameter AWS::SSM::Parameter is CFN-Parameter-<random> Replacement=False Scope=Properties',
        'before {"Type":"String","Value":"value-1"}',
        'after {"Type":"String","Value":"value-2"}',
        'Dynamic DirectModification Properties Value Never /Properties/Value Modify "value-1" => "value-2"',
        'Static ParameterReference of ParameterValue Properties Value Never /Properties/Value Modify "value-1" => "value-2"',
      ],
    ],
    secondPlain: [
      [
        'Modify Parameter AWS::SSM::Parameter is CFN-Parameter-<random> Replacement=False Scope=Properties',
        'Dynamic DirectModification Properties Value Never',
        'Static ParameterReference of ParameterValue Properties Value Never',
      ],
    ],
    events: {
      Parameter: [
        'CREATE_IN_PROGRESS CFN-Parameter-<random>',
        'CREATE_COMPLETE CFN-Parameter-<random>',
        'UPDATE_IN_PROGRESS CFN-Parameter-<random>',
        'UPDATE_COMPLETE CFN-Parameter-<random>',
        'DELETE_IN_PROGRESS CFN-Parameter-<random>',
        'DELETE_COMPLETE CFN-Parameter-<random>',
      ],
    },
  },
  'test_change_sets.py::TestCaptureUpdateProcess::test_base_dynamic_parameter_scenarios[change_parameter_for_condition_create_resource]':
    {
      date: '2025-08-05',
      capable: false,
      style: 'oldest',
      parameters: [['ParameterValue value-1'], ['ParameterValue value-2']],
      first: [['Add SSMParameter1 AWS::SSM::Parameter', 'after {"Type":"String","Value":"first"}']],
      second: [['Add SSMParameter2 AWS::SSM::Parameter', 'after {"Type":"String","Value":"first"}']],
      secondPlain: [['Add SSMParameter2 AWS::SSM::Parameter']],
      events: {
        SSMParameter1: [
          'CREATE_IN_PROGRESS CFN-SSMParameter1-<random>',
          'CREATE_COMPLETE CFN-SSMParameter1-<random>',
          'DELETE_IN_PROGRESS CFN-SSMParameter1-<random>',
          'DELETE_COMPLETE CFN-SSMParameter1-<random>',
        ],
        SSMParameter2: [
          'CREATE_IN_PROGRESS CFN-SSMParameter2-<random>',
          'CREATE_COMPLETE CFN-SSMParameter2-<random>',
          'DELETE_IN_PROGRESS CFN-SSMParameter2-<random>',
          'DELETE_COMPLETE CFN-SSMParameter2-<random>',
        ],
      },
    },
  'test_change_sets.py::TestCaptureUpdateProcess::test_base_mapping_scenarios[update_string_referencing_resource]': {
    date: '2025-08-05',
    capable: false,
    style: 'oldest',
    first: [['Add MySSMParameter AWS::SSM::Parameter', 'after {"Type":"String","Value":"value-1"}']],
    second: [
      [
        'Modify MySSMParameter AWS::SSM::Parameter is CFN-MySSMParameter-<random> Replacement=False Scope=Properties',
        'before {"Type":"String","Value":"value-1"}',
        'after {"Type":"String","Value":"value-2"}',
        'Static DirectModification Properties Value Never /Properties/Value Modify "value-1" => "value-2"',
      ],
    ],
    secondPlain: [
      [
        'Modify MySSMParameter AWS::SSM::Parameter is CFN-MySSMParameter-<random> Replacement=False Scope=Properties',
        'Static DirectModification Properties Value Never',
      ],
    ],
    events: {
      MySSMParameter: [
        'CREATE_IN_PROGRESS CFN-MySSMParameter-<random>',
        'CREATE_COMPLETE CFN-MySSMParameter-<random>',
        'UPDATE_IN_PROGRESS CFN-MySSMParameter-<random>',
        'UPDATE_COMPLETE CFN-MySSMParameter-<random>',
        'DELETE_IN_PROGRESS CFN-MySSMParameter-<random>',
        'DELETE_COMPLETE CFN-MySSMParameter-<random>',
      ],
    },
  },
  'test_change_sets.py::test_dynamic_ssm_parameter_lookup': {
    date: '2025-08-05',
    style: 'oldest',
    parameters: [['InputValue given resolved value-1'], ['InputValue given resolved value-2']],
    outputs: ['DerivedParameterName CFN-DerivedParameter-<random>'],
    first: [['Add DerivedParameter AWS::SSM::Parameter', 'after {"Type":"String","Value":"value-1"}']],
    second: [
      [
        'Modify DerivedParameter AWS::SSM::Parameter is CFN-DerivedParameter-<random> Replacement=False Scope=Properties',
        'before {"Type":"String","Value":"value-1"}',
        'after {"Type":"String","Value":"value-2"}',
        'Static DirectModification Properties Value Never /Properties/Value Modify "value-1" => "value-2"',
      ],
    ],
    secondPlain: [
      [
        'Modify DerivedParameter AWS::SSM::Parameter is CFN-DerivedParameter-<random> Replacement=False Scope=Properties',
        'Static DirectModification Properties Value Never',
      ],
    ],
    events: {
      DerivedParameter: [
        'CREATE_IN_PROGRESS CFN-DerivedParameter-<random>',
        'CREATE_COMPLETE CFN-DerivedParameter-<random>',
        'UPDATE_IN_PROGRESS CFN-DerivedParameter-<random>',
        'UPDATE_COMPLETE CFN-DerivedParameter-<random>',
        'DELETE_IN_PROGRESS CFN-DerivedParameter-<random>',
        'DELETE_COMPLETE CFN-DerivedParameter-<random>',
      ],
    },
  },
  'test_change_sets.py::test_dynamic_ssm_parameter_lookup_no_change': {
    date: '2025-08-05',
    style: 'oldest',
    parameters: [['InputValue given resolved value'], ['InputValue given resolved value']],
    outputs: ['DerivedParameterName CFN-DerivedParameter-<random>'],
    first: [['Add DerivedParameter AWS::SSM::Parameter', 'after {"Type":"String","Value":"value"}']],
    second: [['Add AnotherParameter AWS::SSM::Parameter', 'after {"Type":"String","Value":"new parameter"}']],
    secondPlain: [['Add AnotherParameter AWS::SSM::Parameter']],
    events: {
      AnotherParameter: [
        'CREATE_IN_PROGRESS CFN-AnotherParameter-<random>',
        'CREATE_COMPLETE CFN-AnotherParameter-<random>',
        'DELETE_IN_PROGRESS CFN-AnotherParameter-<random>',
        'DELETE_COMPLETE CFN-AnotherParameter-<random>',
      ],
      DerivedParameter: [
        'CREATE_IN_PROGRESS CFN-DerivedParameter-<random>',
        'CREATE_COMPLETE CFN-DerivedParameter-<random>',
        'DELETE_IN_PROGRESS CFN-DerivedParameter-<random>',
        'DELETE_COMPLETE CFN-DerivedParameter-<random>',
      ],
    },
  },
};
