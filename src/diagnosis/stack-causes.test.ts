import type { StackEvent } from '@aws-sdk/client-cloudformation';
import { describe, expect, it } from 'vitest';
import { changeSetCauses, stackCauses } from './stack-causes.ts';

const COMMON = { EventId: 'e', StackName: 'demo-dev-data', Timestamp: new Date(0) };
const STACK = 'arn:aws:cloudformation:us-east-1:111111111111:stack/demo-dev-data/1';
const own = (ResourceStatus: StackEvent['ResourceStatus'], ResourceStatusReason?: string): StackEvent => ({
  ...COMMON,
  StackId: STACK,
  PhysicalResourceId: STACK,
  LogicalResourceId: 'demo-dev-data',
  ResourceStatus,
  ...(ResourceStatusReason ? { ResourceStatusReason } : {}),
});
const of = (
  type: string,
  ResourceStatusReason: string,
  status: StackEvent['ResourceStatus'] = 'CREATE_FAILED',
): StackEvent => ({
  ...COMMON,
  StackId: STACK,
  PhysicalResourceId: 'x',
  LogicalResourceId: 'Thing',
  ResourceType: type,
  ResourceStatus: status,
  ResourceStatusReason,
});

/** Newest first, with what always surrounds a failure. */
const failed = (...events: StackEvent[]): StackEvent[] => [
  own('UPDATE_ROLLBACK_IN_PROGRESS', 'The following resource(s) failed to update: [Thing].'),
  of('AWS::SQS::Queue', 'Resource update cancelled', 'UPDATE_FAILED'),
  ...events,
  own('UPDATE_IN_PROGRESS', 'User Initiated'),
];
const causesOf = (type: string, reason: string) =>
  stackCauses(failed(of(type, reason)), { id: 'data', flags: '--env dev' });

describe('a stack that failed', () => {
  it.each([
    [
      'F-85',
      'AWS::RDS::DBCluster',
      'Cannot delete protected Cluster, please disable deletion protection and try again.',
      'platform recover data --env dev',
    ],
    [
      'F-10',
      'AWS::S3::Bucket',
      "Resource of type 'AWS::S3::Bucket' with identifier 'demo-files' already exists.",
      'platform cleanup --env dev',
    ],
    [
      'F-12',
      'AWS::EC2::Subnet',
      "The CIDR '10.0.2.0/24' conflicts with another subnet (HandlerErrorCode: AlreadyExists)",
      'availability zones',
    ],
    [
      'F-16',
      'AWS::SQS::Queue',
      'User: arn:aws:sts::111111111111:assumed-role/cfn/x is not authorized to perform: sqs:CreateQueue on resource: arn:aws:sqs:us-east-1:111111111111:jobs',
      'grant sqs:CreateQueue',
    ],
    ['F-18', 'AWS::SQS::Queue', 'Rate exceeded (Service: Sqs, Status Code: 400)', 'once more'],
    [
      'F-57',
      'AWS::ECS::Cluster',
      'Unable to assume the service linked role. Please verify that the ECS service linked role exists.',
      'aws iam create-service-linked-role',
    ],
    [
      'F-68',
      'AWS::ElasticLoadBalancingV2::ListenerRule',
      "Priority '200' is currently in use",
      'platform deploy --env dev',
    ],
    [
      'F-69',
      'AWS::ElasticLoadBalancingV2::Listener',
      'UnsupportedCertificate: The certificate must have a fully-qualified domain name, a supported signature, and a supported key size',
      'platform deploy --env dev',
    ],
    ['F-75', 'AWS::RDS::DBCluster', 'Cannot find version 15.4 for aurora-postgresql', 'platform db status --env dev'],
    [
      'F-96',
      'AWS::SQS::Queue',
      'You must wait 60 seconds after deleting a queue before you can create another with the same name.',
      'platform deploy --env dev once more',
    ],
    [
      'F-111',
      'AWS::CloudFront::Distribution',
      'Invalid request provided: AWS::CloudFront::Distribution: The function cannot have environment variables. Function: arn:aws:lambda:us-east-1:111111111111:function:f:1 (Service: CloudFront, Status Code: 400)',
      'edgelambda.amazonaws.com',
    ],
    [
      'F-114',
      'AWS::Lambda::Function',
      'Lambda was unable to delete arn:aws:lambda:us-east-1:111111111111:function:f:1 because it is a replicated function. Please see our documentation for Deleting Lambda@Edge Functions and Replicas.',
      'platform destroy --env dev once more',
    ],
    [
      'F-100',
      'AWS::Lambda::Function',
      "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [10].",
      'reservedConcurrency',
    ],
    [
      'F-101',
      'AWS::Lambda::Function',
      'The provided execution role does not have permissions to call CreateNetworkInterface on EC2',
      'platform deploy --env dev once more',
    ],
    [
      'F-107',
      'AWS::Lambda::Alias',
      'Rollback successful. CodeDeploy deployment d-1 has ended as Stopped: One or more alarms have been activated according to the Amazon CloudWatch metrics you selected, and the affected deployments have been stopped. Activated alarms: errors',
      'all traffic is on the version before',
    ],
    ['F-134', 'AWS::EC2::EIP', 'The maximum number of addresses has been reached. (AddressLimitExceeded)', 'quota'],
    [
      'F-139',
      'AWS::ECS::ClusterCapacityProviderAssociations',
      'The specified capacity provider is in use and cannot be removed. (ResourceInUseException)',
      'platform destroy --env dev once more',
    ],
    ['F-138', 'AWS::EC2::SecurityGroup', 'resource sg-1 has a dependent object', 'platform recover data --env dev'],
  ])('%s is told of its %s with the event it was read from', (id, type, reason, remedy) => {
    const [cause] = causesOf(type, reason);
    expect(cause).toMatchObject({ id, certainty: 'certain', subject: 'stacks.data' });
    expect(cause!.evidence).toEqual([
      { call: 'cloudformation:DescribeStackEvents', read: 'StackEvents[2].ResourceStatusReason', value: reason },
    ]);
    expect(cause!.remedy).toContain(remedy);
  });

  it('F-18 and F-96 pass by themselves, and a taken name, not F-18, does not', () => {
    expect(causesOf('AWS::SQS::Queue', 'Rate exceeded')[0]!.recurs).toBe('passing');
    expect(causesOf('AWS::S3::Bucket', 'x already exists')[0]!.recurs).toBe('always');
  });

  it('a function that is merely refused is neither a copied one, not F-114, nor one for the edges, not F-111', () => {
    const reason = 'The role defined for the function cannot be assumed by Lambda. (Service: Lambda, Status Code: 400)';
    expect(causesOf('AWS::Lambda::Function', reason).map(({ id }) => id)).not.toEqual(
      expect.arrayContaining(['F-111', 'F-114']),
    );
  });

  it('F-52: the circuit breaker alone is never the cause', () => {
    const reason = "Error occurred during operation 'ECS Deployment Circuit Breaker was triggered'.";
    expect(causesOf('AWS::ECS::Service', reason).every(({ certainty }) => certainty === 'possible')).toBe(true);
  });

  it('F-04: the earliest failure of the newest operation counts, not the loudest and not an older one', () => {
    const events = [
      ...failed(of('AWS::S3::Bucket', 'later: x already exists'), of('AWS::SQS::Queue', 'Rate exceeded')),
      of('AWS::EC2::EIP', 'AddressLimitExceeded'),
    ];
    expect(stackCauses(events, { id: 'data', flags: '' })[0]!.id).toBe('F-18');
  });

  it('stays unknown when AWS gives a reason that nobody knows', () => {
    expect(causesOf('AWS::SQS::Queue', 'Connection pool shut down (HandlerErrorCode: InternalFailure)')).toEqual([]);
    expect(stackCauses([own('UPDATE_COMPLETE')], { id: 'data', flags: '' })).toEqual([]);
  });
});

describe('a change set that early validation refused', () => {
  const place = { id: 'data', flags: '--env dev' };
  const refused = (complaint: string) =>
    `Early validation failed for change set platform-1:\n\nFiles (AWS::S3::Bucket)\n   ${complaint}`;

  it.each([
    ['in a line', ' (at '],
    ['broken into lines', '\n   (at\n   '],
  ])('F-15: says which name is taken and where it stands, %s', (_, at) => {
    const said = "Resource of type 'AWS::S3::Bucket' with identifier 'taken' already exists";
    expect(changeSetCauses(refused(`${said}.${at}/Resources/Files/Properties)`), place)).toMatchObject([
      {
        id: 'F-15',
        subject: 'stacks.data',
        certainty: 'certain',
        what: `CloudFormation refuses the change before it begins: ${said}`,
        evidence: [{ call: 'cloudformation:DescribeEvents', read: '/Resources/Files/Properties' }],
        remedy: expect.stringMatching(/^platform cleanup --env dev .* give Files another$/),
      },
    ]);
  });

  it('F-15: a property that CloudFormation does not know leads back to platform.yaml', () => {
    const [cause] = changeSetCauses(refused('Unsupported property [Colour] (at /Resources/Files/Properties)'), place);
    expect(cause).toMatchObject({ id: 'F-15', remedy: expect.stringContaining('platform config show --env dev') });
  });

  it('not F-15: a change set that failed of something else', () => {
    for (const message of [
      'Failed to create change set platform-1: Template error: instance of Fn::GetAtt references undefined resource X',
      "The submitted information didn't contain changes.",
    ])
      expect(changeSetCauses(message, place)).toEqual([]);
  });
});
