const DOCS = 'https://docs.aws.amazon.com/AWSCloudFormation/latest';
const guide = (page: string) => `[user guide](${DOCS}/UserGuide/${page}.html)`;
const api = (name: string) => `[${name}](${DOCS}/APIReference/API_${name}.html)`;

/** What the engine does: feature, where AWS says or showed so, and the test that holds it. */
export const FEATURES: readonly (readonly [feature: string, source: string, test: string])[] = [
  [
    'Change sets: create, describe with and without property values, page, list, delete',
    '`test_change_sets`, `api/test_changesets`',
    'conformance/updates.test.ts, conformance/cases.test.ts',
  ],
  [
    'Details of changes: replacement, scope, evaluation, source, causing entity, policy action, contexts',
    '`test_change_set_*`',
    'conformance/updates.test.ts',
  ],
  [
    'Change sets without changes, obsolete, executed twice, of deleted stacks',
    '`api/test_changesets`',
    'conformance/cases.test.ts',
  ],
  [
    'Early validation of properties and names, `DescribeEvents`',
    guide('validate-stack-deployments'),
    'early-validation.test.ts',
  ],
  [
    'JSON and YAML templates, short forms of functions, what is refused of them',
    '`api/test_templates`, `api/test_validations`',
    'conformance/cases.test.ts, template/parse-template.test.ts',
  ],
  [
    'Parameters: types, defaults, constraints, NoEcho, previous values',
    guide('parameters-section-structure'),
    'template/parameter-values.test.ts',
  ],
  [
    'SSM parameter types, `{{resolve:ssm}}` and `{{resolve:secretsmanager}}`',
    '`TestSsmParameters`',
    'conformance/cases.test.ts, dynamic-references.test.ts',
  ],
  [
    'Ref, GetAtt, Sub, Join, Select, Split, FindInMap, If, And, Or, Not, Equals, ImportValue, Base64, Cidr, GetAZs, Length, ToJsonString',
    guide('intrinsic-function-reference'),
    'intrinsics/evaluate.test.ts, conformance/updates.test.ts',
  ],
  [
    'Conditions on resources and outputs, references to what they leave out',
    '`engine/test_conditions`',
    'conformance/cases.test.ts',
  ],
  ['Mappings and their errors', '`engine/test_mappings`', 'conformance/cases.test.ts'],
  ['`AWS::Include`; macros are refused by name', '`test_describe_failed_change_set`', 'conformance/cases.test.ts'],
  [
    'Order of dependencies, parallel progress, circles',
    guide('aws-attribute-dependson'),
    'deploy.test.ts, template/graph.test.ts',
  ],
  ['Stack events: order, words, properties, newest first, pages', '`test_change_set_*`', 'conformance/updates.test.ts'],
  [
    'Outputs, exports, imports; exports in use cannot be dropped',
    '`test_change_set_exports_imports`',
    'conformance/cases.test.ts, failed-states.test.ts',
  ],
  [
    'Update in place or by replacement, decided by the published schemas',
    '`engine/test_replacement`',
    'conformance/updates.test.ts',
  ],
  [
    'Cleanup phase; a leftover that will not go is tried three times and forgotten',
    guide('cfn-console-create-stacks-changesets'),
    'failed-states.test.ts',
  ],
  [
    'Rollback of a creation: ROLLBACK_COMPLETE, ROLLBACK_FAILED, OnFailure, disabled rollback',
    api('CreateStack'),
    'deploy.test.ts, failed-states.test.ts',
  ],
  [
    'Rollback of an update: UPDATE_ROLLBACK_COMPLETE, UPDATE_ROLLBACK_FAILED',
    api('UpdateStack'),
    'deploy.test.ts, failed-states.test.ts',
  ],
  ['ContinueUpdateRollback, with resources to skip', api('ContinueUpdateRollback'), 'failed-states.test.ts'],
  ['RollbackStack', api('RollbackStack'), 'failed-states.test.ts'],
  ['CancelUpdateStack', api('CancelUpdateStack'), 'failed-states.test.ts'],
  ['Termination protection', api('UpdateTerminationProtection'), 'failed-states.test.ts'],
  [
    'DeletionPolicy, UpdateReplacePolicy, RetainResources',
    '`engine/test_deletion_policy`, `engine/test_update_policy`',
    'conformance/cases.test.ts, failed-states.test.ts',
  ],
  ['Stack policies', guide('protect-stack-resources'), 'stack-policy.test.ts'],
  ['Capabilities', api('CreateStack'), 'template/capabilities.test.ts'],
  ['Drift of stacks and resources', guide('using-cfn-stack-drift'), 'drift.test.ts'],
  [
    'Change sets that revert drift: what was deleted is made again, what was changed is changed back',
    guide('drift-aware-change-sets'),
    'revert-drift.test.ts',
  ],
  ['Imports bring in what they name, and do nothing else', guide('import-resources-manually'), 'revert-drift.test.ts'],
  ['Nested stacks', '`api/test_nested_stacks`', 'conformance/cases.test.ts'],
  ['Custom resources: asked by an event, answered by a PUT', guide('crpg-ref'), 'failed-states.test.ts'],
  ['Wait conditions and their handles, SignalResource', '`test_waitcondition`', 'conformance/cases.test.ts'],
  [
    'GetTemplate, GetTemplateSummary, ValidateTemplate, ListStacks, ListStackResources, DescribeStackResource(s), ListExports, ListImports',
    '`api/test_templates`, `api/test_resources`',
    'conformance/cases.test.ts',
  ],
  ['Deleted stacks by their ARN', '`api/test_changesets`', 'failed-states.test.ts'],
  ['The bootstrap template of the CDK, as it is', 'aws-cdk toolkit-lib', 'bootstrap.test.ts'],
  ['A killed server goes on where it was', 'design: state in tables and timers', 'restart.test.ts'],
];
