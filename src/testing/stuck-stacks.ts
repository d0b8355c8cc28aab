import {
  CloudFormationClient,
  CreateChangeSetCommand,
  CreateStackCommand,
  type CreateStackCommandInput,
  DescribeStacksCommand,
  UpdateStackCommand,
  type UpdateStackCommandInput,
} from '@aws-sdk/client-cloudformation';
import { DeleteQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { standBehind } from '../sandbox/services/cloudformation/resources/custom-resource-invoker.ts';
import type { Deployable } from './deployable.ts';
import type { RunningSandbox } from './start-sandbox.ts';

/** Brings stacks into the states that recovery is about, as they come about on AWS: by CloudFormation alone. */
export function stuckStacks({ aws }: { aws: Pick<RunningSandbox, 'client' | 'settle'> }) {
  const client = aws.client(CloudFormationClient);
  const scene = {
    status: async (StackName: string): Promise<string | undefined> => {
      const answer = await client.send(new DescribeStacksCommand({ StackName })).catch(() => undefined);
      return answer?.Stacks?.[0]?.StackStatus;
    },
    create: async (StackName: string, template: object, more: Partial<CreateStackCommandInput> = {}) => {
      const TemplateBody = JSON.stringify(template);
      await client.send(
        new CreateStackCommand({ StackName, TemplateBody, Capabilities: ['CAPABILITY_NAMED_IAM'], ...more }),
      );
      await aws.settle();
    },
    update: async (StackName: string, template: object, more: Partial<UpdateStackCommandInput> = {}) => {
      const TemplateBody = JSON.stringify(template);
      await client.send(
        new UpdateStackCommand({ StackName, TemplateBody, Capabilities: ['CAPABILITY_NAMED_IAM'], ...more }),
      );
      await aws.settle();
    },
    /** A change set that nobody executes. */
    review: async (StackName: string, template: object) => {
      const TemplateBody = JSON.stringify(template);
      await client.send(
        new CreateChangeSetCommand({ StackName, ChangeSetName: 'left', ChangeSetType: 'CREATE', TemplateBody }),
      );
      await aws.settle();
    },
    /** UPDATE_ROLLBACK_FAILED: a queue named `Name` is deleted behind the stack's back, which then changes it. */
    loseQueue: async (StackName: string, QueueName = 'demo-lost') => {
      const queue = (VisibilityTimeout: number) => ({
        Resources: { Q: { Type: 'AWS::SQS::Queue', Properties: { QueueName, VisibilityTimeout } } },
        Outputs: { Url: { Value: { Ref: 'Q' } } },
      });
      await scene.create(StackName, queue(30));
      const { Stacks } = await client.send(new DescribeStacksCommand({ StackName }));
      const QueueUrl = Stacks![0]!.Outputs![0]!.OutputValue!;
      await aws.client(SQSClient).send(new DeleteQueueCommand({ QueueUrl }));
      await scene.update(StackName, queue(60));
    },
  };
  return scene;
}

const TOKEN = 'arn:aws:lambda:us-east-1:111111111111:function:double';

/** A custom resource that fails to be changed for as long as `reason` answers something. */
export function breakable({ aws }: Pick<Deployable, 'aws'>, reason: () => string | undefined) {
  const pending: Promise<unknown>[] = [];
  standBehind(aws.world, TOKEN, (event) => {
    const why = event.RequestType === 'Update' ? reason() : undefined;
    const answer = {
      ...(why === undefined ? { Status: 'SUCCESS' } : { Status: 'FAILED', Reason: why }),
      PhysicalResourceId: 'thing-1',
    };
    pending.push(fetch(event.ResponseURL, { method: 'PUT', body: JSON.stringify(answer) }));
  });
  return {
    template: (Size: string) => ({
      Resources: { Thing: { Type: 'Custom::Thing', Properties: { ServiceToken: TOKEN, Size } } },
    }),
    /** Until nothing is under way, its own answers included. */
    rest: async () => {
      do {
        await aws.settle();
        await Promise.all(pending.splice(0));
        await new Promise((resolve) => setImmediate(resolve));
      } while (pending.length > 0 || aws.world.busy);
    },
  };
}

/** Two buckets of one name, of which the second cannot be made. */
const taken = { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'demo-taken-twice' } };

/** A queue that is kept, and something that cannot be made. */
export const FAILING = {
  Resources: {
    Kept: { Type: 'AWS::SQS::Queue', DeletionPolicy: 'Retain', Properties: {} },
    Good: { ...taken, DependsOn: 'Kept' },
    Bad: { ...taken, DependsOn: 'Good' },
  },
};

/** A protected cluster, and then something that cannot be made. */
export const FAILING_BESIDE_PROTECTED = {
  Resources: {
    Main: {
      Type: 'AWS::RDS::DBCluster',
      DeletionPolicy: 'Delete',
      Properties: {
        DBClusterIdentifier: 'demo-main',
        Engine: 'aurora-postgresql',
        MasterUsername: 'app',
        MasterUserPassword: 'not-a-real-one',
        DeletionProtection: true,
      },
    },
    Good: { ...taken, DependsOn: 'Main' },
    Bad: { ...taken, DependsOn: 'Good' },
  },
};
