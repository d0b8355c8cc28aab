import { expect, it } from 'vitest';
import { judgeText } from './judge-text.ts';
import type { TextContext } from './text-rule.ts';

/** What begins or sounds alike, where it stands, and what it is instead; undefined: nothing that is known. */
const NEAR: readonly [string, TextContext, string, string?][] = [
  ['not F-01', 'cli', 'Stack:arn:aws:cloudformation:us-east-1:1:stack/shop is in UPDATE_ROLLBACK_COMPLETE state'],
  ['not F-02', 'cli', 'shop is in CREATE_IN_PROGRESS'],
  ['not F-03', 'cli', 'The stack named shop is UPDATE_ROLLBACK_COMPLETE'],
  ['not F-04', 'stack-event', 'Resource update cancelled'],
  ['not F-06', 'cli', 'Stack:arn:aws:x is in ROLLBACK_COMPLETE state and can not be updated.', 'F-01'],
  ['not F-07', 'stack-event', 'The following resource(s) failed to update: [Web].', 'F-04'],
  ['not F-08', 'cli', 'Cannot delete protected Cluster, please disable deletion protection and try again.', 'F-85'],
  ['not F-09', 'stack-event', 'No export named shop-VpcId found. Rollback requested by user.'],
  [
    'not F-10',
    'stack-event',
    'One or more of the CNAMEs you provided are already associated with a different resource.',
    'F-110',
  ],
  ['not F-11', 'cli', "ImportError: cannot import name 'app' (most likely due to a circular import)"],
  ['not F-12', 'stack-event', "The CIDR '10.0.0.0/8' is invalid."],
  ['not F-13', 'cli', 'curl: (28) Operation timed out after 10000 milliseconds'],
  ['not F-16', 'container-log', "PermissionError: [Errno 13] Permission denied: '/app/media'", 'F-50'],
  [
    'not F-17',
    'cli',
    'Template format error: Unresolved resource dependencies [Vpc] in the Resources block of the template',
  ],
  ['not F-19', 'stack-event', 'Certificate arn:aws:acm:us-east-1:1:certificate/x was not found'],
  ['not F-21', 'cli', 'SSM parameter /shop/settings/version not found.'],
  ['not F-23', 'stack-event', 'shop-assets-of-others already exists', 'F-10'],
  ['not F-25', 'cli', 'CDKToolkit | UPDATE_ROLLBACK_COMPLETE | AWS::CloudFormation::Stack | CDKToolkit'],
  [
    'not F-26',
    'cli',
    'User: arn:aws:iam::1:user/anna is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::x"',
    'F-16',
  ],
  ['not F-27', 'cli', 'Failed to build asset: docker build exited with error code 1'],
  ['not F-30', 'container-log', 'TokenExpiredError: jwt expired'],
  [
    'not F-31',
    'cli',
    'Credentials could not be loaded, please check your action inputs: Could not load credentials from any providers',
  ],
  ['not F-32', 'cli', 'Account 111111111111 is not a member of the organization'],
  [
    'not F-33',
    'cli',
    'PermanentRedirect: the bucket is in this region: eu-west-1. Please use this region to retry the request',
  ],
  ['not F-34', 'cli', 'The request signature we calculated does not match the signature you provided.'],
  ['not F-38', 'cli', 'denied: requested access to the resource is denied'],
  ['not F-39', 'cli', 'invalid reference format: repository name must be lowercase'],
  ['not F-40', 'cli', 'docker: Error response from daemon: pull access denied for shop'],
  ['not F-42', 'cli', 'TooManyRequestsException: Rate exceeded', 'F-18'],
  [
    'not F-48',
    'cli',
    'ResourceNotFoundException when calling the GetLogEvents operation: The specified log group does not exist.',
  ],
  ['not F-51', 'stopped-reason', 'Task failed ELB health checks in (target-group arn:aws:x)', 'F-64'],
  ['not F-54', 'cli', "Invalid 'memory' setting for container 'app'. Must be at least 4."],
  [
    'not F-59',
    'cli',
    'User: arn:aws:iam::1:user/anna is not authorized to perform: ecs:ExecuteCommand on resource: x',
    'F-16',
  ],
  ['not F-68', 'stack-event', "Priority must be between '1' and '50000'"],
  ['not F-69', 'container-log', 'x509: certificate has expired or is not yet valid'],
  ['not F-70', 'cli', 'DNS_PROBE_FINISHED_NXDOMAIN: shop.example.com'],
  ['not F-74', 'cli', "Target group 'shop' not found"],
  ['not F-75', 'stack-event', 'Cannot modify the engine of a running instance'],
  ['not F-76', 'container-log', 'FATAL: the database system is starting up'],
  ['not F-85', 'cli', 'Stack [shop] cannot be deleted while TerminationProtection is enabled', 'F-08'],
  ['not F-86', 'cli', 'DBClusterSnapshotNotFoundFault: DBClusterSnapshot x not found'],
  ['not F-87', 'container-log', 'psycopg2.errors.DuplicateDatabase: database "shop" already exists'],
  [
    'not F-96',
    'cli',
    'QueueAlreadyExists: A queue already exists with the same name and a different value for attribute DelaySeconds',
  ],
  ['not F-102', 'container-log', 'ERROR: canceling statement due to statement timeout'],
  [
    'not F-107',
    'stack-event',
    'No rollback. CodeDeploy deployment d-1 has ended as Stopped: The deployment was stopped by a request',
  ],
  ['not F-101', 'stack-event', 'The provided execution role does not have permissions to call ReceiveMessage on SQS'],
  [
    'not F-100',
    'cli',
    'The function has reached its reserved concurrency: ReservedFunctionConcurrentInvocationLimitExceeded',
  ],
  [
    'not F-139',
    'stack-event',
    'The specified capacity provider was not found. Specify a valid name or ARN and try again.',
  ],
  ['not F-104', 'cli', 'Runtime exited with error: signal: killed'],
  ['not F-110', 'cli', 'The domain name you provided is not valid for this certificate'],
  ['not F-119', 'cli', 'AccessDenied: Access Denied (Service: S3, Operation: PutObject)'],
  [
    'not F-116',
    'cli',
    'User: x is not authorized to perform: lambda:InvokeFunction on resource: arn:aws:lambda:us-east-1:1:function:shop',
    'F-16',
  ],
  [
    'not F-117',
    'cli',
    'SignatureDoesNotMatch: The request signature we calculated does not match the signature you provided. Check your key and signing method.',
  ],
  [
    'not F-120',
    'cli',
    'WAFNonexistentItemException: AWS WAF couldn’t perform the operation because your resource doesn’t exist',
  ],
  ['not F-121', 'cli', 'NoSuchDistribution: The specified distribution does not exist.'],
  ['not F-122', 'stack-event', "CloudWatch Logs log group '/aws/apigateway/x' is not valid"],
  [
    'not F-127',
    'cli',
    'User: arn:aws:sts::1:assumed-role/x is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::1:role/cdk-hnb659fds-deploy-role',
    'F-26',
  ],
  ['not F-130', 'cli', 'EntityAlreadyExists: Role with name shop already exists.', 'F-10'],
  ['not F-131', 'cli', 'User: x is not authorized to perform: iam:CreateRole on resource: y', 'F-16'],
  ['not F-137', 'cli', 'NoSuchBucket: The specified bucket does not exist'],
  ['not F-138', 'cli', "InvalidVpcID.NotFound: The vpc ID 'vpc-1' does not exist"],
  [
    'not F-141',
    'stopped-reason',
    'failed to create CloudWatch log stream: The specified log group does not exist',
    'F-48',
  ],
  ['not F-142', 'cli', 'RepositoryNotFoundException: The repository with name shop does not exist'],
];

it.each(NEAR)('%s: what was written in %s is taken for nothing of the kind', (what, context, text, instead) => {
  const verdicts = judgeText(text, context).map(({ id }) => id as string);
  expect(verdicts).not.toContain(what.slice('not '.length));
  if (instead) expect(verdicts[0]).toBe(instead);
});
