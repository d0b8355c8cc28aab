import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient, CreateStackCommand, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { expect, it, onTestFinished } from 'vitest';
import { startSandbox } from '../../../testing/start-sandbox.ts';
import { topic } from './stack-scene.ts';

it('goes on with a deployment when the server comes back', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'sandbox-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const chain = Object.fromEntries(
    Array.from({ length: 6 }, (_, index) => [`T${index}`, topic({}, index > 0 ? { DependsOn: `T${index - 1}` } : {})]),
  );
  const first = await startSandbox({ directory });
  first.world.pause();
  await first
    .client(CloudFormationClient)
    .send(new CreateStackCommand({ StackName: 'shop', TemplateBody: JSON.stringify({ Resources: chain }) }));
  await first.advance(4_000);
  await first.close();

  const second = await startSandbox({ directory });
  await second.settle();
  const { Stacks } = await second.client(CloudFormationClient).send(new DescribeStacksCommand({ StackName: 'shop' }));
  expect(Stacks![0]!.StackStatus).toBe('CREATE_COMPLETE');
});
