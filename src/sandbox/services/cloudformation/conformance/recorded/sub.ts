import type { RecordedUpdate } from '../recorded-update.ts';

/** What AWS answered, in the notation of recorded-update.ts, by the recording. */
export const RECORDED_SUB: Readonly<Record<string, RecordedUpdate>> = {
  'test_change_set_fn_sub.py::TestChangeSetFnSub::test_fn_sub_addition_string_pseudo': {
    date: '2025-05-20',
    capable: false,
    style: 'newest',
    first: [['Add Topic1 AWS::SNS::Topic', 'after {"DisplayName":"display-value-1","TopicName":"topic-name-1"}']],
    second: [
      [
        'Modify Topic1 AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic-name-1 Replacement=False Scope=Properties',
        'before {"DisplayName":"display-value-1","TopicName":"topic-name-1"}',
        'after {"DisplayName":"The stack name is <stack>","TopicName":"topic-name-1"}',
        'Static DirectModification Properties DisplayName Never /Properties/DisplayName Modify "display-value-1" => "The stack name is <stack>"',
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
        'UPDATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1 {"DisplayName":"The stack name is <stack>","TopicName":"topic-name-1"}',
        'UPDATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1 {"DisplayName":"The stack name is <stack>","TopicName":"topic-name-1"}',
        'CREATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1 {"DisplayName":"display-value-1","TopicName":"topic-name-1"}',
        'CREATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1 because Resource creation Initiated {"DisplayName":"display-value-1","TopicName":"topic-name-1"}',
        'CREATE_IN_PROGRESS  {"DisplayName":"display-value-1","TopicName":"topic-name-1"}',
      ],
    },
  },
  'test_change_set_fn_sub.py::TestChangeSetFnSub::test_fn_sub_update_string_pseudo': {
    date: '2025-05-20',
    capable: false,
    style: 'newest',
    first: [
      ['Add Topic1 AWS::SNS::Topic', 'after {"DisplayName":"The stack name is <stack>","TopicName":"topic-name-1"}'],
    ],
    second: [
      [
        'Modify Topic1 AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic-name-1 Replacement=False Scope=Properties',
        'before {"DisplayName":"The stack name is <stack>","TopicName":"topic-name-1"}',
        'after {"DisplayName":"The region name is us-east-1","TopicName":"topic-name-1"}',
        'Static DirectModification Properties DisplayName Never /Properties/DisplayName Modify "The stack name is <stack>" => "The region name is us-east-1"',
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
        'UPDATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1 {"DisplayName":"The region name is us-east-1","TopicName":"topic-name-1"}',
        'UPDATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1 {"DisplayName":"The region name is us-east-1","TopicName":"topic-name-1"}',
        'CREATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1 {"DisplayName":"The stack name is <stack>","TopicName":"topic-name-1"}',
        'CREATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1 because Resource creation Initiated {"DisplayName":"The stack name is <stack>","TopicName":"topic-name-1"}',
        'CREATE_IN_PROGRESS  {"DisplayName":"The stack name is <stack>","TopicName":"topic-name-1"}',
      ],
    },
  },
  'test_change_set_fn_sub.py::TestChangeSetFnSub::test_fn_sub_delete_string_pseudo': {
    date: '2025-05-20',
    capable: false,
    style: 'newest',
    first: [
      ['Add Topic1 AWS::SNS::Topic', 'after {"DisplayName":"The stack name is <stack>","TopicName":"topic-name-1"}'],
    ],
    second: [
      [
        'Modify Topic1 AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic-name-1 Replacement=False Scope=Properties',
        'before {"DisplayName":"The stack name is <stack>","TopicName":"topic-name-1"}',
        'after {"DisplayName":"display-name-2","TopicName":"topic-name-1"}',
        'Static DirectModification Properties DisplayName Never /Properties/DisplayName Modify "The stack name is <stack>" => "display-name-2"',
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
        'UPDATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1 {"DisplayName":"display-name-2","TopicName":"topic-name-1"}',
        'UPDATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1 {"DisplayName":"display-name-2","TopicName":"topic-name-1"}',
        'CREATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1 {"DisplayName":"The stack name is <stack>","TopicName":"topic-name-1"}',
        'CREATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1 because Resource creation Initiated {"DisplayName":"The stack name is <stack>","TopicName":"topic-name-1"}',
        'CREATE_IN_PROGRESS  {"DisplayName":"The stack name is <stack>","TopicName":"topic-name-1"}',
      ],
    },
  },
  'test_change_set_fn_sub.py::TestChangeSetFnSub::test_fn_sub_addition_parameter_literal': {
    date: '2025-05-20',
    capable: false,
    style: 'newest',
    first: [['Add Topic1 AWS::SNS::Topic', 'after {"DisplayName":"display-value-1","TopicName":"topic-name-1"}']],
    second: [
      [
        'Modify Topic1 AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic-name-1 Replacement=False Scope=Properties',
        'before {"DisplayName":"display-value-1","TopicName":"topic-name-1"}',
        'after {"DisplayName":"Parameter interpolation: var_value","TopicName":"topic-name-1"}',
        'Static DirectModification Properties DisplayName Never /Properties/DisplayName Modify "display-value-1" => "Parameter interpolation: var_value"',
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
        'UPDATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1 {"DisplayName":"Parameter interpolation: var_value","TopicName":"topic-name-1"}',
        'UPDATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1 {"DisplayName":"Parameter interpolation: var_value","TopicName":"topic-name-1"}',
        'CREATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1 {"DisplayName":"display-value-1","TopicName":"topic-name-1"}',
        'CREATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1 because Resource creation Initiated {"DisplayName":"display-value-1","TopicName":"topic-name-1"}',
        'CREATE_IN_PROGRESS  {"DisplayName":"display-value-1","TopicName":"topic-name-1"}',
      ],
    },
  },
  'test_change_set_fn_sub.py::TestChangeSetFnSub::test_fn_sub_update_parameter_literal': {
    date: '2025-05-20',
    capable: false,
    style: 'newest',
    first: [
      [
        'Add Topic1 AWS::SNS::Topic',
        'after {"DisplayName":"Parameter interpolation: var_value_1","TopicName":"topic-name-1"}',
      ],
    ],
    second: [
      [
        'Modify Topic1 AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic-name-1 Replacement=False Scope=Properties',
        'before {"DisplayName":"Parameter interpolation: var_value_1","TopicName":"topic-name-1"}',
        'after {"DisplayName":"Parameter interpolation: var_value_1, var_value_2","TopicName":"topic-name-1"}',
        'Static DirectModification Properties DisplayName Never /Properties/DisplayName Modify "Parameter interpolation: var_value_1" => "Parameter interpolation: var_value_1, var_value_2"',
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
        'UPDATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1 {"DisplayName":"Parameter interpolation: var_value_1, var_value_2","TopicName":"topic-name-1"}',
        'UPDATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1 {"DisplayName":"Parameter interpolation: var_value_1, var_value_2","TopicName":"topic-name-1"}',
        'CREATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1 {"DisplayName":"Parameter interpolation: var_value_1","TopicName":"topic-name-1"}',
        'CREATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1 because Resource creation Initiated {"DisplayName":"Parameter interpolation: var_value_1","TopicName":"topic-name-1"}',
        'CREATE_IN_PROGRESS  {"DisplayName":"Parameter interpolation: var_value_1","TopicName":"topic-name-1"}',
      ],
    },
  },
  'test_change_set_fn_sub.py::TestChangeSetFnSub::test_fn_sub_delete_parameter_literal': {
    date: '2025-05-20',
    capable: false,
    style: 'newest',
    first: [
      [
        'Add Topic1 AWS::SNS::Topic',
        'after {"DisplayName":"Parameter interpolation: var_value_1, var_value_2","TopicName":"topic-name-1"}',
      ],
    ],
    second: [
      [
        'Modify Topic1 AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic-name-1 Replacement=False Scope=Properties',
        'before {"DisplayName":"Parameter interpolation: var_value_1, var_value_2","TopicName":"topic-name-1"}',
        'after {"DisplayName":"Parameter interpolation: var_value_1","TopicName":"topic-name-1"}',
        'Static DirectModification Properties DisplayName Never /Properties/DisplayName Modify "Parameter interpolation: var_value_1, var_value_2" => "Parameter interpolation: var_value_1"',
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
        'UPDATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1 {"DisplayName":"Parameter interpolation: var_value_1","TopicName":"topic-name-1"}',
        'UPDATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1 {"DisplayName":"Parameter interpolation: var_value_1","TopicName":"topic-name-1"}',
        'CREATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1 {"DisplayName":"Parameter interpolation: var_value_1, var_value_2","TopicName":"topic-name-1"}',
        'CREATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1 because Resource creation Initiated {"DisplayName":"Parameter interpolation: var_value_1, var_value_2","TopicName":"topic-name-1"}',
        'CREATE_IN_PROGRESS  {"DisplayName":"Parameter interpolation: var_value_1, var_value_2","TopicName":"topic-name-1"}',
      ],
    },
  },
  'test_change_set_fn_sub.py::TestChangeSetFnSub::test_fn_sub_addition_parameter_ref': {
    date: '2025-05-20',
    capable: false,
    style: 'newest',
    parameters: [[], ['ParameterDisplayName display-value-parameter']],
    first: [['Add Topic1 AWS::SNS::Topic', 'after {"DisplayName":"display-value-1","TopicName":"topic-name-1"}']],
    second: [
      [
        'Modify Topic1 AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic-name-1 Replacement=False Scope=Properties',
        'before {"DisplayName":"display-value-1","TopicName":"topic-name-1"}',
        'after {"DisplayName":"Parameter interpolation: display-value-parameter","TopicName":"topic-name-1"}',
        'Dynamic DirectModification Properties DisplayName Never /Properties/DisplayName Modify "display-value-1" => "Parameter interpolation: display-value-parameter"',
        'Static ParameterReference of ParameterDisplayName Properties DisplayName Never /Properties/DisplayName Modify "display-value-1" => "Parameter interpolation: display-value-parameter"',
      ],
    ],
    secondPlain: [
      [
        'Modify Topic1 AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic-name-1 Replacement=False Scope=Properties',
        'Dynamic DirectModification Properties DisplayName Never',
        'Static ParameterReference of ParameterDisplayName Properties DisplayName Never',
      ],
    ],
    events: {
      Topic1: [
        'UPDATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1 {"DisplayName":"Parameter interpolation: display-value-parameter","TopicName":"topic-name-1"}',
        'UPDATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1 {"DisplayName":"Parameter interpolation: display-value-parameter","TopicName":"topic-name-1"}',
        'CREATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1 {"DisplayName":"display-value-1","TopicName":"topic-name-1"}',
        'CREATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1 because Resource creation Initiated {"DisplayName":"display-value-1","TopicName":"topic-name-1"}',
        'CREATE_IN_PROGRESS  {"DisplayName":"display-value-1","TopicName":"topic-name-1"}',
      ],
    },
  },
  'test_change_set_fn_sub.py::TestChangeSetFnSub::test_fn_sub_update_parameter_type': {
    date: '2025-05-20',
    capable: false,
    style: 'newest',
    parameters: [[], ['ParameterDisplayName display-value-parameter']],
    first: [
      [
        'Add Topic1 AWS::SNS::Topic',
        'after {"DisplayName":"Parameter interpolation: display-value-1","TopicName":"topic-name-1"}',
      ],
    ],
    second: [
      [
        'Modify Topic1 AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic-name-1 Replacement=False Scope=Properties',
        'before {"DisplayName":"Parameter interpolation: display-value-1","TopicName":"topic-name-1"}',
        'after {"DisplayName":"Parameter interpolation: display-value-parameter","TopicName":"topic-name-1"}',
        'Dynamic DirectModification Properties DisplayName Never /Properties/DisplayName Modify "Parameter interpolation: display-value-1" => "Parameter interpolation: display-value-parameter"',
        'Static ParameterReference of ParameterDisplayName Properties DisplayName Never /Properties/DisplayName Modify "Parameter interpolation: display-value-1" => "Parameter interpolation: display-value-parameter"',
      ],
    ],
    secondPlain: [
      [
        'Modify Topic1 AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic-name-1 Replacement=False Scope=Properties',
        'Dynamic DirectModification Properties DisplayName Never',
        'Static ParameterReference of ParameterDisplayName Properties DisplayName Never',
      ],
    ],
    events: {
      Topic1: [
        'UPDATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1 {"DisplayName":"Parameter interpolation: display-value-parameter","TopicName":"topic-name-1"}',
        'UPDATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1 {"DisplayName":"Parameter interpolation: display-value-parameter","TopicName":"topic-name-1"}',
        'CREATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1 {"DisplayName":"Parameter interpolation: display-value-1","TopicName":"topic-name-1"}',
        'CREATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1 because Resource creation Initiated {"DisplayName":"Parameter interpolation: display-value-1","TopicName":"topic-name-1"}',
        'CREATE_IN_PROGRESS  {"DisplayName":"Parameter interpolation: display-value-1","TopicName":"topic-name-1"}',
      ],
    },
  },
  'test_change_set_fn_sub.py::TestChangeSetFnSub::test_fn_sub_addition_parameter': {
    date: '2025-05-20',
    capable: false,
    style: 'newest',
    parameters: [[], ['ParameterDisplayName display-value-parameter']],
    first: [['Add Topic1 AWS::SNS::Topic', 'after {"DisplayName":"display-value-1","TopicName":"topic-name-1"}']],
    second: [
      [
        'Modify Topic1 AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic-name-1 Replacement=False Scope=Properties',
        'before {"DisplayName":"display-value-1","TopicName":"topic-name-1"}',
        'after {"DisplayName":"Parameter interpolation: display-value-parameter","TopicName":"topic-name-1"}',
        'Dynamic DirectModification Properties DisplayName Never /Properties/DisplayName Modify "display-value-1" => "Parameter interpolation: display-value-parameter"',
        'Static ParameterReference of ParameterDisplayName Properties DisplayName Never /Properties/DisplayName Modify "display-value-1" => "Parameter interpolation: display-value-parameter"',
      ],
    ],
    secondPlain: [
      [
        'Modify Topic1 AWS::SNS::Topic is arn:aws:sns:us-east-1:111111111111:topic-name-1 Replacement=False Scope=Properties',
        'Dynamic DirectModification Properties DisplayName Never',
        'Static ParameterReference of ParameterDisplayName Properties DisplayName Never',
      ],
    ],
    events: {
      Topic1: [
        'UPDATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1 {"DisplayName":"Parameter interpolation: display-value-parameter","TopicName":"topic-name-1"}',
        'UPDATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1 {"DisplayName":"Parameter interpolation: display-value-parameter","TopicName":"topic-name-1"}',
        'CREATE_COMPLETE arn:aws:sns:us-east-1:111111111111:topic-name-1 {"DisplayName":"display-value-1","TopicName":"topic-name-1"}',
        'CREATE_IN_PROGRESS arn:aws:sns:us-east-1:111111111111:topic-name-1 because Resource creation Initiated {"DisplayName":"display-value-1","TopicName":"topic-name-1"}',
        'CREATE_IN_PROGRESS  {"DisplayName":"display-value-1","TopicName":"topic-name-1"}',
      ],
    },
  },
};
