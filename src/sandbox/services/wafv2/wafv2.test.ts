import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import {
  CreateWebACLCommand,
  type CreateWebACLCommandInput,
  DeleteWebACLCommand,
  GetWebACLCommand,
  ListWebACLsCommand,
  PutLoggingConfigurationCommand,
  UpdateWebACLCommand,
  WAFV2Client,
} from '@aws-sdk/client-wafv2';
import { expect, it } from 'vitest';
import { answerOf, refusal } from '../../../testing/answer-of.ts';
import { startSandbox } from '../../../testing/start-sandbox.ts';

const visible = (MetricName: string) => ({ CloudWatchMetricsEnabled: true, SampledRequestsEnabled: true, MetricName });
const acl = (more: Partial<CreateWebACLCommandInput> = {}): CreateWebACLCommandInput => ({
  Name: 'shop',
  Scope: 'REGIONAL',
  DefaultAction: { Allow: {} },
  VisibilityConfig: visible('shop'),
  Rules: [
    {
      Name: 'rate',
      Priority: 0,
      Action: { Block: {} },
      Statement: { RateBasedStatement: { Limit: 2000, AggregateKeyType: 'IP' } },
      VisibilityConfig: visible('rate'),
    },
    {
      Name: 'common',
      Priority: 1,
      OverrideAction: { None: {} },
      Statement: { ManagedRuleGroupStatement: { VendorName: 'AWS', Name: 'AWSManagedRulesCommonRuleSet' } },
      VisibilityConfig: visible('common'),
    },
    {
      Name: 'header',
      Priority: 2,
      Action: { Block: {} },
      Statement: {
        NotStatement: {
          Statement: {
            ByteMatchStatement: {
              SearchString: Buffer.from('a secret'),
              FieldToMatch: { SingleHeader: { Name: 'x-origin-verify' } },
              PositionalConstraint: 'EXACTLY',
              TextTransformations: [{ Priority: 0, Type: 'NONE' }],
            },
          },
        },
      },
      VisibilityConfig: visible('header'),
    },
  ],
  ...more,
});

it('F-120: web ACLs for CloudFront are made in us-east-1 alone', async () => {
  const sandbox = await startSandbox();
  const attempt = (region: string, Name = 'shop') =>
    answerOf(sandbox.client(WAFV2Client, { region }).send(new CreateWebACLCommand(acl({ Name, Scope: 'CLOUDFRONT' }))));
  expect(await attempt('eu-west-1')).toEqual(
    refusal(
      'WAFInvalidParameterException',
      'Error reason: The scope is not valid., field: SCOPE_VALUE, parameter: CLOUDFRONT',
    ),
  );
  expect(await attempt('us-east-1')).toMatchObject({
    Summary: {
      ARN: expect.stringMatching(/^arn:aws:wafv2:us-east-1:000000000000:global\/webacl\/shop\/[0-9a-f-]{36}$/),
    },
  });
});

it('gives back what it was given, counts capacity, and takes changes for the newest version alone', async () => {
  const sandbox = await startSandbox();
  const waf = sandbox.client(WAFV2Client);
  const { Summary } = await waf.send(new CreateWebACLCommand(acl()));
  const { Id, LockToken } = Summary!;
  const get = () => waf.send(new GetWebACLCommand({ Name: 'shop', Scope: 'REGIONAL', Id }));
  const { WebACL } = await get();
  expect(WebACL).toMatchObject({
    Capacity: 704,
    LabelNamespace: 'awswaf:000000000000:webacl:shop:',
    Rules: [{ Name: 'rate' }, { Name: 'common' }, {}],
  });
  expect(
    Buffer.from(WebACL!.Rules![2]!.Statement!.NotStatement!.Statement!.ByteMatchStatement!.SearchString!).toString(),
  ).toBe('a secret');
  const update = (token: string | undefined) =>
    answerOf(waf.send(new UpdateWebACLCommand({ ...acl(), Id: Id!, LockToken: token!, Rules: [] })));
  expect(await update(LockToken)).toHaveProperty('NextLockToken');
  expect(await update(LockToken)).toMatchObject({ refused: { code: 'WAFOptimisticLockException' } });
  expect((await get()).WebACL!.Rules).toEqual([]);
  const { LockToken: newest } = await get();
  await waf.send(new DeleteWebACLCommand({ Name: 'shop', Scope: 'REGIONAL', Id, LockToken: newest }));
  expect((await waf.send(new ListWebACLsCommand({ Scope: 'REGIONAL' }))).WebACLs).toEqual([]);
});

it.each([
  ['the same priority twice', [acl().Rules![0]!, { ...acl().Rules![1]!, Priority: 0 }], 'WAFInvalidParameterException'],
  ['a group with an action', [{ ...acl().Rules![1]!, Action: { Block: {} } }], 'WAFInvalidParameterException'],
  [
    'a group that nobody manages',
    [{ ...acl().Rules![1]!, Statement: { ManagedRuleGroupStatement: { VendorName: 'AWS', Name: 'None' } } }],
    'WAFNonexistentItemException',
  ],
  [
    'a rate of nine',
    [{ ...acl().Rules![0]!, Statement: { RateBasedStatement: { Limit: 9, AggregateKeyType: 'IP' as const } } }],
    'WAFInvalidParameterException',
  ],
])('refuses %s', async (_, Rules, code) => {
  const sandbox = await startSandbox();
  expect(await answerOf(sandbox.client(WAFV2Client).send(new CreateWebACLCommand(acl({ Rules }))))).toMatchObject({
    refused: { code },
  });
});

it('logs to destinations that are named for it', async () => {
  const sandbox = await startSandbox();
  const waf = sandbox.client(WAFV2Client);
  const { Summary } = await waf.send(new CreateWebACLCommand(acl()));
  const put = (group: string) =>
    answerOf(
      waf.send(
        new PutLoggingConfigurationCommand({
          LoggingConfiguration: {
            ResourceArn: Summary!.ARN!,
            LogDestinationConfigs: [`arn:aws:logs:us-east-1:000000000000:log-group:${group}`],
          },
        }),
      ),
    );
  expect(await put('waf')).toMatchObject({ refused: { message: expect.stringContaining('field: LOG_DESTINATION') } });
  expect(await put('aws-waf-logs-shop')).toHaveProperty('LoggingConfiguration');
  expect(
    await answerOf(
      waf.send(
        new DeleteWebACLCommand({ Name: 'shop', Scope: 'REGIONAL', Id: Summary!.Id, LockToken: Summary!.LockToken }),
      ),
    ),
  ).toMatchObject({ refused: { code: 'WAFAssociatedItemException' } });
});

it('is made and removed by a stack', async () => {
  const sandbox = await startSandbox();
  const cfn = sandbox.client(CloudFormationClient);
  const rules = JSON.parse(JSON.stringify(acl().Rules!));
  rules[2].Statement.NotStatement.Statement.ByteMatchStatement.SearchString = 'a secret';
  const TemplateBody = JSON.stringify({
    Resources: {
      Log: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: 'aws-waf-logs-shop' } },
      Acl: {
        Type: 'AWS::WAFv2::WebACL',
        Properties: {
          Name: 'shop',
          Scope: 'CLOUDFRONT',
          DefaultAction: { Allow: {} },
          VisibilityConfig: visible('shop'),
          Rules: rules,
        },
      },
      Logging: {
        Type: 'AWS::WAFv2::LoggingConfiguration',
        DependsOn: 'Log',
        Properties: {
          ResourceArn: { 'Fn::GetAtt': ['Acl', 'Arn'] },
          LogDestinationConfigs: [
            { 'Fn::Sub': 'arn:aws:logs:${AWS::Region}:${AWS::AccountId}:log-group:aws-waf-logs-shop' },
          ],
        },
      },
    },
    Outputs: { Arn: { Value: { 'Fn::GetAtt': ['Acl', 'Arn'] } }, Ref: { Value: { Ref: 'Acl' } } },
  });
  await cfn.send(new CreateStackCommand({ StackName: 'edge', TemplateBody }));
  await sandbox.settle();
  const { Stacks } = await cfn.send(new DescribeStacksCommand({ StackName: 'edge' }));
  expect(Stacks![0]!.StackStatus).toBe('CREATE_COMPLETE');
  expect(Stacks![0]!.Outputs!.find(({ OutputKey }) => OutputKey === 'Ref')!.OutputValue).toMatch(
    /^shop\|[0-9a-f-]{36}\|CLOUDFRONT$/,
  );
  await cfn.send(new DeleteStackCommand({ StackName: 'edge' }));
  await sandbox.settle();
  expect((await sandbox.client(WAFV2Client).send(new ListWebACLsCommand({ Scope: 'CLOUDFRONT' }))).WebACLs).toEqual([]);
});
