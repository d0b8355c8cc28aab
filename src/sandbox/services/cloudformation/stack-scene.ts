import {
  CloudFormationClient,
  CreateChangeSetCommand,
  type CreateChangeSetCommandInput,
  CreateStackCommand,
  type CreateStackCommandInput,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  type Stack,
  UpdateStackCommand,
  type UpdateStackCommandInput,
} from '@aws-sdk/client-cloudformation';
import { type StartSandboxOptions, startSandbox } from '../../../testing/start-sandbox.ts';
import { type CustomResourceEvent, standBehind } from './resources/custom-resource-invoker.ts';

export const TOKEN = 'arn:aws:lambda:us-east-1:000000000000:function:double';

/** What the double behind `TOKEN` answers; by default that all is well. */
export type Answerer = (
  event: CustomResourceEvent,
) => { Status?: string; Reason?: string; PhysicalResourceId?: string } | undefined;

/** A sandbox with a CloudFormation client, and shorthands for what tests of stacks do over and over. */
export async function stackScene(options: StartSandboxOptions = {}) {
  const sandbox = await startSandbox(options);
  const client = sandbox.client(CloudFormationClient);
  const scene = {
    sandbox,
    client,
    /** Replaced by tests that want a custom resource to fail. */
    answer: (() => undefined) as Answerer,
    create: (TemplateBody: object, more: Partial<CreateStackCommandInput> = {}) =>
      client
        .send(new CreateStackCommand({ StackName: 'shop', TemplateBody: JSON.stringify(TemplateBody), ...more }))
        .then(() => scene.rest()),
    update: (TemplateBody: object, more: Partial<UpdateStackCommandInput> = {}) =>
      client
        .send(new UpdateStackCommand({ StackName: 'shop', TemplateBody: JSON.stringify(TemplateBody), ...more }))
        .then(() => scene.rest()),
    remove: async () => {
      const { StackId } = await scene.stack();
      await client.send(new DeleteStackCommand({ StackName: 'shop' }));
      await scene.rest();
      return scene.stack(StackId);
    },
    changeSet: async (TemplateBody: object | string, more: Partial<CreateChangeSetCommandInput> = {}) => {
      const body = typeof TemplateBody === 'string' ? TemplateBody : JSON.stringify(TemplateBody);
      const { Id } = await client.send(
        new CreateChangeSetCommand({
          StackName: 'shop',
          ChangeSetName: 'change',
          TemplateBody: body,
          ChangeSetType: 'CREATE',
          ...more,
        }),
      );
      return Id!;
    },
    execute: async (ChangeSetName: string) => {
      await client.send(new ExecuteChangeSetCommand({ ChangeSetName }));
      await scene.rest();
    },
    stack: async (StackName = 'shop'): Promise<Stack> =>
      (await client.send(new DescribeStacksCommand({ StackName }))).Stacks![0]!,
    /** Oldest first, as `Id STATUS reason`; from the last time a stack began to do something when `last` is set. */
    events: async ({ StackName = 'shop', last = false } = {}): Promise<string[]> => {
      const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName }));
      const lines = StackEvents.reverse().map(({ LogicalResourceId, ResourceStatus, ResourceStatusReason }) =>
        [LogicalResourceId, ResourceStatus, ResourceStatusReason].filter(Boolean).join(' '),
      );
      return last ? lines.slice(lines.findLastIndex((line) => / User Initiated$/.test(line))) : lines;
    },
    /** Until nothing is under way, the double's answers included. */
    rest: async () => {
      do {
        await sandbox.settle();
        await Promise.all(pending.splice(0));
        await new Promise((resolve) => setImmediate(resolve));
      } while (pending.length > 0 || sandbox.world.busy);
    },
  };
  const pending: Promise<unknown>[] = [];
  standBehind(sandbox.world, TOKEN, (event) => {
    const answer = {
      Status: 'SUCCESS',
      PhysicalResourceId: event.PhysicalResourceId ?? `${event.LogicalResourceId}-1`,
      ...scene.answer(event),
    };
    pending.push(fetch(event.ResponseURL, { method: 'PUT', body: JSON.stringify(answer) }));
  });
  return scene;
}

export type StackScene = Awaited<ReturnType<typeof stackScene>>;

/** A resource whose fate the test decides. */
export const custom = (properties: Record<string, unknown> = {}, more: Record<string, unknown> = {}) => ({
  Type: 'Custom::Thing',
  Properties: { ServiceToken: TOKEN, ...properties },
  ...more,
});

export const topic = (properties: Record<string, unknown> = {}, more: Record<string, unknown> = {}) => ({
  Type: 'AWS::SNS::Topic',
  ...(Object.keys(properties).length > 0 ? { Properties: properties } : {}),
  ...more,
});
