import {
  CreateStackCommand,
  GetTemplateCommand,
  GetTemplateSummaryCommand,
  ValidateTemplateCommand,
} from '@aws-sdk/client-cloudformation';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { expect } from 'vitest';
import type { StackScene } from '../../stack-scene.ts';
import { expectInvalid, refusal } from '../answers.ts';
import type { Cases } from '../conformance-case.ts';
import { deploy } from '../deploy.ts';
import { named, parameter, ref, stackOf } from '../templates.ts';

const foo = (Outputs: object) => stackOf({ Foo: { Type: 'AWS::SNS::Topic' } }, { Outputs });
const refused = (template: object, message: string) => ({
  run: (scene: StackScene) => expectInvalid(scene.changeSet(template), message),
});
const NULL_OUTPUT = "[/Outputs/MyOutput/Value] 'null' values are not allowed in templates";

async function byUrl(scene: StackScene, TemplateURL: string): Promise<unknown> {
  const s3 = scene.sandbox.client(S3Client);
  await s3.send(new CreateBucketCommand({ Bucket: 'bucket-of-templates' }));
  const Body = JSON.stringify(
    stackOf({ topic123: named(ref('TopicName')) }, { Parameters: { TopicName: { Type: 'String' } } }),
  );
  await s3.send(new PutObjectCommand({ Bucket: 'bucket-of-templates', Key: 'test/template.yml', Body }));
  return scene.client.send(
    new CreateStackCommand({
      StackName: 'shop',
      TemplateURL,
      Parameters: [{ ParameterKey: 'TopicName', ParameterValue: 'topic' }],
    }),
  );
}

/** The recording asks SNS for its topics; the sandbox has none to ask, and shows the same topic as the stack's resource. */
const NO_SNS = 'the answer is one of SNS, which the sandbox does not simulate';

export const TEMPLATE_CASES: Cases = {
  'api/test_validations.py::test_invalid_output_structure[none-value]': refused(
    foo({ MyOutput: { Value: null } }),
    NULL_OUTPUT,
  ),
  'api/test_validations.py::test_invalid_output_structure[missing-def]': refused(
    foo({ MyOutput: { Value: null, AnotherValue: null } }),
    NULL_OUTPUT,
  ),
  'api/test_validations.py::test_invalid_output_structure[multiple-nones]': refused(
    foo({ MyOutput: {} }),
    'Template format error: Every Outputs member must contain a Value object',
  ),
  'api/test_validations.py::test_missing_resources_block': refused(
    {},
    'Template format error: At least one Resources member must be defined.',
  ),
  'api/test_validations.py::test_resources_blocks[missing-type]': refused(
    stackOf({ A: { Properties: {} } }),
    'Template format error: [/Resources/A] Every Resources object must contain a Type member.',
  ),
  'api/test_validations.py::test_resources_blocks[invalid-key]': refused(
    stackOf({ A: { Type: 'AWS::SNS::Topic', Invalid: 10 } }),
    "Invalid template resource property 'Invalid'",
  ),
  'test_template_engine.py::test_no_type': refused(
    stackOf({ Foo: { Properties: { TopicName: 'x' } } }),
    'Template format error: [/Resources/Foo] Every Resources object must contain a Type member.',
  ),
  'api/test_templates.py::test_get_template_summary': {
    different:
      'in this recording of 2023 SNS topics have no ResourceIdentifiers; today they can be imported, by TopicArn',
  },
  'api/test_templates.py::test_create_stack_from_s3_template_url[s3_url]': {
    run: (scene) =>
      expectInvalid(
        byUrl(scene, 's3://bucket-of-templates/test/template.yml'),
        'S3 error: Domain name specified in bucket-of-templates is not a valid S3 domain',
      ),
  },
  'api/test_templates.py::test_create_stack_from_s3_template_url[http_path]': { notSimulated: NO_SNS },
  'api/test_templates.py::test_create_stack_from_s3_template_url[http_host]': { notSimulated: NO_SNS },
  'api/test_templates.py::test_create_stack_from_s3_template_url[http_invalid]': {
    run: (scene) =>
      expectInvalid(byUrl(scene, 'https://example.com/dummy.yml'), 'TemplateURL must be a supported URL.'),
  },
  'api/test_templates.py::test_validate_template': {
    run: async ({ client }) => {
      const description = 'The EC2 Key Pair to allow SSH access to the instance';
      const TemplateBody = JSON.stringify({
        Parameters: { KeyExample: { Description: description, Type: 'AWS::EC2::KeyPair::KeyName' } },
        Resources: {
          Ec2Instance: {
            Type: 'AWS::EC2::Instance',
            Properties: { SecurityGroups: [ref('Group')], KeyName: ref('KeyExample') },
          },
          Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'an example' } },
        },
      });
      const { $metadata, ...answer } = await client.send(new ValidateTemplateCommand({ TemplateBody }));
      expect(answer).toEqual({ Parameters: [{ Description: description, NoEcho: false, ParameterKey: 'KeyExample' }] });
    },
  },
  'api/test_templates.py::test_validate_invalid_json_template_should_fail': {
    run: ({ client }) =>
      expectInvalid(
        client.send(new ValidateTemplateCommand({ TemplateBody: '{"this is invalid JSON"="bobbins"}' })),
        'Template format error: JSON not well-formed. (line 1, column 25)',
      ),
  },
  'api/test_templates.py::test_get_template_summary_non_executed_change_set': {
    run: async (scene) => {
      await scene.changeSet(stackOf({ MyParameter: parameter('x') }));
      await expectInvalid(
        scene.client.send(new GetTemplateSummaryCommand({ StackName: 'shop' })),
        'GetTemplateSummary cannot be called on REVIEW_IN_PROGRESS stacks.',
      );
    },
  },
  'api/test_templates.py::test_get_template_missing_resources': {
    run: async ({ client }) => {
      await expectInvalid(
        client.send(new GetTemplateCommand({ StackName: 'does-not-exist' })),
        'Stack with id does-not-exist does not exist',
      );
      await expectInvalid(
        client.send(new GetTemplateCommand({ ChangeSetName: 'does-not-exist' })),
        'StackName is a required parameter.',
      );
    },
  },
  'api/test_templates.py::test_get_template_missing_resources_stack': {
    run: ({ client }) =>
      expectInvalid(
        client.send(new GetTemplateCommand({ StackName: 'does-not-exist' })),
        'Stack with id does-not-exist does not exist',
      ),
  },
  'api/test_templates.py::test_get_template_missing_resources_change_set': {
    run: ({ client }) =>
      expectInvalid(
        client.send(new GetTemplateCommand({ ChangeSetName: 'does-not-exist' })),
        'StackName is a required parameter.',
      ),
  },
  'api/test_templates.py::test_get_template_missing_resources_change_set_id': {
    run: async ({ client }) => {
      const ChangeSetName = 'arn:aws:cloudformation:us-east-1:000000000000:changeSet/change-set-926829fe/d065e78c';
      expect(await refusal(client.send(new GetTemplateCommand({ ChangeSetName })))).toEqual({
        code: 'ChangeSetNotFound',
        message: `ChangeSet [${ChangeSetName}] does not exist`,
        status: 404,
      });
    },
  },
  'api/test_templates.py::test_get_template_summary_no_resources': {
    run: ({ client }) =>
      expectInvalid(
        client.send(new GetTemplateSummaryCommand({ TemplateBody: '{}' })),
        'Template format error: At least one Resources member must be defined.',
      ),
  },
  'api/test_templates.py::test_get_template_summary_failed_stack': {
    run: async (scene) => {
      await deploy(scene, stackOf({ MyParameter: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String' } } }));
      const { $metadata, ...answer } = await scene.client.send(new GetTemplateSummaryCommand({ StackName: 'shop' }));
      expect(answer).toEqual({
        Parameters: [],
        ResourceIdentifierSummaries: [
          { LogicalResourceIds: ['MyParameter'], ResourceIdentifiers: ['Name'], ResourceType: 'AWS::SSM::Parameter' },
        ],
        ResourceTypes: ['AWS::SSM::Parameter'],
        Version: '2010-09-09',
      });
    },
  },
  'api/test_templates.py::test_get_template_no_arguments': {
    run: ({ client }) =>
      expectInvalid(
        client.send(new GetTemplateCommand({})),
        'StackName is required if ChangeSetName is not specified.',
      ),
  },
  'api/test_templates.py::test_create_stack_invalid_yaml_template_should_fail': {
    run: ({ client }) =>
      expectInvalid(
        client.send(
          new CreateStackCommand({
            StackName: 'shop',
            TemplateBody:
              'Resources:\n  MyBucket:\n    Type: AWS::S3::Bucket\n    Properties:\n        BucketName: test\n      VersioningConfiguration:\n        Status: Enabled\n',
          }),
        ),
        // The recorder cut the place in the text out.
        /^Template format error: YAML not well-formed\.( \(line \d+, column \d+\))?$/,
      ),
  },
};
