import { describe, expect, it } from 'vitest';
import { hurdleOf } from './hurdle.ts';
import { whatSkippingMeans } from './skipping.ts';

/** As CloudFormation shows what services say; the fragments are those of AWS and of public issues. */
const TABLE: readonly [failure: string, way: string, type: string, reason: string][] = [
  [
    'F-96',
    'wait',
    'AWS::SQS::Queue',
    'Resource handler returned message: "You must wait 60 seconds after deleting a queue before you can create another with the same name. (Service: Sqs, Status Code: 400, Request ID: 1)" (RequestToken: 2, HandlerErrorCode: InvalidRequest)',
  ],
  ['F-96', 'wait', 'AWS::SQS::Queue', 'QueueDeletedRecently (Status Code: 400) already exists'],
  [
    'F-85',
    'unprotect',
    'AWS::RDS::DBCluster',
    'Resource handler returned message: "Cannot delete protected Cluster, please disable deletion protection and try again. (Service: Rds, Status Code: 400, Request ID: 1)"',
  ],
  [
    'F-85',
    'unprotect',
    'AWS::RDS::DBInstance',
    'Cannot delete protected DB Instance, please disable deletion protection and try again.',
  ],
  ['F-03', 'wait', 'AWS::RDS::DBInstance', 'DB instance is in storage-optimization and cannot be modified'],
  [
    'F-03',
    'wait',
    'AWS::RDS::DBCluster',
    'Cluster main is not currently in the available state (Service: Rds, Status Code: 400, Error Code: InvalidDBClusterStateFault)',
  ],
  [
    'F-138',
    'wait',
    'AWS::EC2::SecurityGroup',
    'resource sg-1 has a dependent object (Service: Ec2, Status Code: 400) DependencyViolation',
  ],
  ['F-138', 'wait', 'AWS::EC2::Subnet', "The subnet 'subnet-1' has dependencies and cannot be deleted."],
  ['F-18', 'wait', 'AWS::IAM::Role', 'Rate exceeded (Service: Iam, Status Code: 429) HandlerErrorCode: Throttling'],
  [
    'F-137',
    'empty-bucket',
    'AWS::S3::Bucket',
    'The bucket you tried to delete is not empty. You must delete all versions in the bucket. (Service: S3, Status Code: 409)',
  ],
  [
    'F-142',
    'empty-repository',
    'AWS::ECR::Repository',
    "The repository with name 'web' in registry with id '1' cannot be deleted because it still contains images (RepositoryNotEmptyException)",
  ],
  [
    'F-61',
    'gone',
    'AWS::ECS::Service',
    'Resource handler returned message: "TaskDefinition is inactive (Service: Ecs, Status Code: 400)"',
  ],
  [
    'F-26',
    'mend-role',
    'AWS::SQS::Queue',
    'Role arn:aws:iam::1:role/cdk-hnb659fds-cfn-exec-role-1-us-east-1 is invalid or cannot be assumed',
  ],
  [
    'F-16',
    'tell',
    'AWS::SQS::Queue',
    'User: arn:aws:sts::1:assumed-role/x is not authorized to perform: sqs:SetQueueAttributes HandlerErrorCode: AccessDenied',
  ],
  ['F-30', 'wait', 'AWS::SQS::Queue', 'The security token included in the request is expired (Service: Sqs)'],
  ['F-09', 'tell', 'AWS::SNS::Topic', 'Cannot delete export name as it is in use by consumer.'],
  ['F-10', 'tell', 'AWS::S3::Bucket', 'shop already exists in stack arn:aws:cloudformation:1'],
  [
    'F-19',
    'gone',
    'AWS::SQS::Queue',
    'Resource handler returned message: "The specified queue does not exist." HandlerErrorCode: NotFound',
  ],
  ['F-13', 'tell', 'AWS::ECS::Service', 'Resource did not stabilize: HandlerErrorCode: NotStabilized'],
  [
    'F-07',
    'wait',
    'AWS::Lambda::Function',
    'The operation cannot be performed at this time (HandlerErrorCode: ResourceConflict)',
  ],
  [
    'F-03',
    'tell',
    'Custom::Thing',
    'Received response status [FAILED] from custom resource. Message returned: out of room',
  ],
];

describe('why a resource has failed', () => {
  it.each(TABLE)('%s is met by %s: %s', (failure, way, type, reason) => {
    expect(hurdleOf({ type, reason })).toMatchObject({ failure, way });
  });

  it('is no protected database when the word stands with something else', () => {
    expect(hurdleOf({ type: 'AWS::EC2::Instance', reason: 'deletion protection' }).way).toBe('tell');
  });

  it('says what to do first wherever that is not ours to do', () => {
    for (const [, , type, reason] of TABLE) {
      const { way, mend, waitMs } = hurdleOf({ type, reason });
      if (way === 'tell' || way === 'gone' || way === 'mend-role') expect(mend, reason).toMatch(/\w/);
      if (way === 'wait') expect(waitMs, reason).toBeDefined();
    }
  });

  it('always says what skipping means', () => {
    const meaning = (type: string, failure = 'F-16') => whatSkippingMeans({ type, hurdle: { failure } });
    for (const [failure, , type] of TABLE)
      expect(meaning(type, failure)).toMatch(/^(its?|the|messages|rights|traffic|requests) /);
    expect(meaning('AWS::Some::Thing')).toContain('stays as it is now');
    expect(meaning('Custom::Thing')).toContain('handler is not asked again');
    expect(meaning('AWS::SQS::Queue')).toContain('messages go on');
    expect(meaning('AWS::SQS::Queue', 'F-19')).toContain('is missing');
  });
});
