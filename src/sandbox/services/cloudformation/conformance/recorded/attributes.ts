import type { RecordedUpdate } from '../recorded-update.ts';

/** What AWS answered, in the notation of recorded-update.ts, by the recording. */
export const RECORDED_ATTRIBUTES: Readonly<Record<string, RecordedUpdate>> = {
  'v2/test_change_sets.py::TestCaptureUpdateProcess::test_unrelated_changes_update_propagation': {
    date: '2025-07-31',
    capable: false,
    style: 'earliest',
    first: [
      ['Add Parameter1 AWS::SSM::Parameter', 'after {"Description":"original","Type":"String","Value":"topic-name"}'],
      ['Add Parameter2 AWS::SSM::Parameter', 'after {"Type":"String","Value":"{{changeSet:KNOWN_AFTER_APPLY}}"}'],
    ],
    second: [
      [
        'Modify Parameter1 AWS::SSM::Parameter is CFN-Parameter1-<random> Replacement=False Scope=Properties',
        'before {"Description":"original","Type":"String","Value":"topic-name"}',
        'after {"Description":"changed","Type":"String","Value":"topic-name"}',
        'Static DirectModification Properties Description Never /Properties/Description Modify "original" => "changed"',
      ],
    ],
    secondPlain: [
      [
        'Modify Parameter1 AWS::SSM::Parameter is CFN-Parameter1-<random> Replacement=False Scope=Properties',
        'Static DirectModification Properties Description Never',
      ],
      [
        'Modify Parameter2 AWS::SSM::Parameter is CFN-Parameter2-<random> Replacement=False Scope=Properties',
        'Dynamic ResourceAttribute of Parameter1.Value Properties Value Never',
      ],
    ],
    events: {
      Parameter1: [
        'CREATE_IN_PROGRESS ',
        'CREATE_COMPLETE CFN-Parameter1-<random>',
        'UPDATE_IN_PROGRESS CFN-Parameter1-<random>',
        'UPDATE_COMPLETE CFN-Parameter1-<random>',
      ],
      Parameter2: ['CREATE_IN_PROGRESS ', 'CREATE_COMPLETE CFN-Parameter2-<random>'],
    },
  },
  'v2/test_change_sets.py::TestCaptureUpdateProcess::test_unrelated_changes_requires_replacement': {
    date: '2025-07-31',
    capable: false,
    style: 'earliest',
    first: [
      ['Add Parameter1 AWS::SSM::Parameter', 'after {"Name":"parameter-1-name","Type":"String","Value":"value"}'],
      ['Add Parameter2 AWS::SSM::Parameter', 'after {"Type":"String","Value":"{{changeSet:KNOWN_AFTER_APPLY}}"}'],
    ],
    second: [
      [
        'Modify Parameter1 AWS::SSM::Parameter is parameter-1-name Replacement=True PolicyAction=ReplaceAndDelete Scope=Properties',
        'before {"Name":"parameter-1-name","Type":"String","Value":"value"}',
        'after {"Name":"parameter-2-name","Type":"String","Value":"value"}',
        'Static DirectModification Properties Name Always /Properties/Name Modify "parameter-1-name" => "parameter-2-name"',
      ],
      [
        'Modify Parameter2 AWS::SSM::Parameter is CFN-Parameter2-<random> Replacement=False Scope=Properties',
        'before {"Type":"String","Value":"value"}',
        'after {"Type":"String","Value":"{{changeSet:KNOWN_AFTER_APPLY}}"}',
        'Dynamic DirectModification Properties Value Never /Properties/Value Modify "value" => "{{changeSet:KNOWN_AFTER_APPLY}}"',
        'Static ResourceAttribute of Parameter1.Value Properties Value Never /Properties/Value Modify "value" => "{{changeSet:KNOWN_AFTER_APPLY}}"',
      ],
    ],
    secondPlain: [
      [
        'Modify Parameter1 AWS::SSM::Parameter is parameter-1-name Replacement=True PolicyAction=ReplaceAndDelete Scope=Properties',
        'Static DirectModification Properties Name Always',
      ],
      [
        'Modify Parameter2 AWS::SSM::Parameter is CFN-Parameter2-<random> Replacement=False Scope=Properties',
        'Static ResourceAttribute of Parameter1.Value Properties Value Never',
      ],
    ],
    events: {
      Parameter1: [
        'CREATE_IN_PROGRESS ',
        'CREATE_COMPLETE parameter-1-name',
        'UPDATE_IN_PROGRESS parameter-1-name',
        'UPDATE_COMPLETE parameter-2-name',
      ],
      Parameter2: ['CREATE_IN_PROGRESS ', 'CREATE_COMPLETE CFN-Parameter2-<random>'],
    },
  },
};
