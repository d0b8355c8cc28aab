import {
  CreateChangeSetCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  type DescribeChangeSetCommandOutput,
  DescribeStackEventsCommand,
  ExecuteChangeSetCommand,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { expect } from 'vitest';
import { actAsOf } from '../as-of.ts';
import { type StackScene, stackScene } from '../stack-scene.ts';
import { changeLines, condensed, earliest, eventLine, parameterLine, plain } from './notation.ts';
import type { RecordedUpdate } from './recorded-update.ts';
import type { UpdateTemplates } from './templates.ts';

const CAPABILITIES = ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'] as const;
const ACCOUNT = '111111111111';

/** Makes a stack, changes it, deletes it, and holds every answer on the way against the recording. */
export async function runUpdate(
  key: string,
  { before, after, given = [{}, {}] }: UpdateTemplates,
  recorded: RecordedUpdate,
): Promise<void> {
  const scene = await stackScene({ account: ACCOUNT });
  const { client, sandbox } = scene;
  actAsOf(sandbox.world, recorded.date);
  const capable = recorded.capable ?? true;
  const ssm = sandbox.client(SSMClient, { account: ACCOUNT });
  const looksUp = key.includes('dynamic_ssm');
  const put = (Value: string) =>
    ssm.send(new PutParameterCommand({ Name: 'given', Type: 'String', Value, Overwrite: true }));
  const same = key.includes('no_change');
  if (looksUp) await put(same ? 'value' : 'value-1');

  const changeSet = async (index: 0 | 1, ChangeSetType: 'CREATE' | 'UPDATE') => {
    const created = await client.send(
      new CreateChangeSetCommand({
        StackName: 'shop',
        ChangeSetName: 'change',
        ChangeSetType,
        TemplateBody: JSON.stringify(index === 0 ? before : after),
        Parameters: Object.entries(given[index]).map(([ParameterKey, ParameterValue]) => ({
          ParameterKey,
          ParameterValue,
        })),
        ...(capable ? { Capabilities: [...CAPABILITIES] } : {}),
      }),
    );
    expect(Object.keys(created).sort()).toEqual(['$metadata', 'Id', 'StackId']);
    const ids = { stackId: created.StackId!, stackName: 'shop' };
    const describe = (IncludePropertyValues: boolean) =>
      client.send(new DescribeChangeSetCommand({ ChangeSetName: created.Id!, IncludePropertyValues }));
    const lines = ({ Changes }: DescribeChangeSetCommandOutput) =>
      Changes!.map((change) => changeLines(change).map((line) => plain(line, ids)));
    const withValues = await describe(true);
    const without = await describe(false);
    for (const described of [withValues, without])
      expectFrame(described, created as { Id: string; StackId: string }, recorded, index);
    return { id: created.Id!, ids, values: lines(withValues), bare: lines(without) };
  };

  const first = await changeSet(0, 'CREATE');
  expect(first.values).toEqual(recorded.first);
  expect(first.bare).toEqual(recorded.first.map(([head]) => [head!.replace(' Replacement=True', '')]));
  await execute(scene, first.id);
  expectStack(await scene.stack(), 'CREATE_COMPLETE', first, recorded, 0);

  if (looksUp && !same) await put('value-2');
  const second = await changeSet(1, 'UPDATE');
  expect(second.values).toEqual(recorded.second);
  expect(second.bare).toEqual(recorded.secondPlain);
  await execute(scene, second.id);
  expectStack(await scene.stack(), 'UPDATE_COMPLETE', second, recorded, 1);

  const { ids } = second;
  if (recorded.style !== 'oldest') await expectEvents(scene, ids, recorded);
  await client.send(new DeleteStackCommand({ StackName: 'shop' }));
  await scene.rest();
  expectStack(await scene.stack(ids.stackId), 'DELETE_COMPLETE', second, recorded, 1);
  if (recorded.style === 'oldest') await expectEvents(scene, ids, recorded);
}

async function execute(scene: StackScene, ChangeSetName: string): Promise<void> {
  const { $metadata, ...answer } = await scene.client.send(new ExecuteChangeSetCommand({ ChangeSetName }));
  expect($metadata.httpStatusCode).toBe(200);
  expect(answer).toEqual({});
  await scene.rest();
}

/** Everything of a described change set but its changes. */
function expectFrame(
  { $metadata, Changes, Parameters, CreationTime, ...frame }: DescribeChangeSetCommandOutput,
  { Id, StackId }: { Id: string; StackId: string },
  recorded: RecordedUpdate,
  index: 0 | 1,
): void {
  expect(CreationTime).toBeInstanceOf(Date);
  expect((Parameters ?? []).map(parameterLine)).toEqual(recorded.parameters?.[index] ?? []);
  expect(frame).toEqual({
    Capabilities: (recorded.capable ?? true) ? CAPABILITIES : [],
    ChangeSetId: Id,
    ChangeSetName: 'change',
    ExecutionStatus: 'AVAILABLE',
    IncludeNestedStacks: false,
    NotificationARNs: [],
    RollbackConfiguration: {},
    StackId,
    StackName: 'shop',
    Status: 'CREATE_COMPLETE',
  });
}

function expectStack(
  stack: Stack,
  status: string,
  { id, ids }: { id: string; ids: { stackId: string; stackName: string } },
  recorded: RecordedUpdate,
  index: 0 | 1,
): void {
  const { CreationTime, LastUpdatedTime, DeletionTime, Outputs = [], Parameters = [], LastOperations, ...rest } = stack;
  const deleted = status === 'DELETE_COMPLETE';
  expect([CreationTime, LastUpdatedTime, DeletionTime].map((time) => time instanceof Date)).toEqual([
    true,
    true,
    deleted,
  ]);
  expect(Parameters.map(parameterLine)).toEqual(recorded.parameters?.[index] ?? []);
  expect(Outputs.map(({ OutputKey, OutputValue }) => plain(`${OutputKey} ${OutputValue}`, ids))).toEqual(
    deleted ? [] : (recorded.outputs ?? []),
  );
  const operation = {
    CREATE_COMPLETE: 'CREATE_STACK',
    UPDATE_COMPLETE: 'UPDATE_STACK',
    DELETE_COMPLETE: 'DELETE_STACK',
  }[status];
  expect(LastOperations).toEqual(
    recorded.date >= '2026' ? [{ OperationId: expect.any(String), OperationType: operation }] : undefined,
  );
  expect(rest).toEqual({
    ...((recorded.capable ?? true) ? { Capabilities: CAPABILITIES } : {}),
    ...(deleted ? {} : { ChangeSetId: id, EnableTerminationProtection: false }),
    DisableRollback: false,
    DriftInformation: { StackDriftStatus: 'NOT_CHECKED' },
    NotificationARNs: [],
    RollbackConfiguration: {},
    StackId: ids.stackId,
    StackName: 'shop',
    StackStatus: status,
    Tags: [],
  });
}

async function expectEvents(
  scene: StackScene,
  ids: { stackId: string; stackName: string },
  recorded: RecordedUpdate,
): Promise<void> {
  const { StackEvents = [] } = await scene.client.send(new DescribeStackEventsCommand({ StackName: ids.stackId }));
  const all =
    recorded.style === 'newest'
      ? StackEvents
      : recorded.style === 'earliest'
        ? earliest(StackEvents)
        : condensed(StackEvents);
  const byResource = Object.groupBy(all, ({ LogicalResourceId }) => LogicalResourceId!);
  const lines = Object.entries(byResource).map(([id, events = []]) => [
    id,
    events.map((event) => plain(eventLine(event, { bare: recorded.style !== 'newest' }), ids)),
  ]);
  const { shop, ...resources } = Object.fromEntries(lines) as Record<string, string[]>;
  expect(resources).toEqual(recorded.events);
  const ofStack = recorded.style === 'newest' ? NEWEST : recorded.style === 'earliest' ? OLDEST.slice(0, 5) : OLDEST;
  expect(shop).toEqual(ofStack.map((line) => line.replace('@', '<stack-id>')));
}

/** The events of the stack itself, which are the same in all recordings. */
const NEWEST = [
  'UPDATE_COMPLETE @',
  'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS @',
  'UPDATE_IN_PROGRESS @ because User Initiated',
  'CREATE_COMPLETE @',
  'CREATE_IN_PROGRESS @ because User Initiated',
  'REVIEW_IN_PROGRESS @ because User Initiated',
];
const OLDEST = ['REVIEW', 'CREATE', 'UPDATE', 'DELETE'].flatMap((what) =>
  what === 'REVIEW' ? ['REVIEW_IN_PROGRESS @'] : [`${what}_IN_PROGRESS @`, `${what}_COMPLETE @`],
);
