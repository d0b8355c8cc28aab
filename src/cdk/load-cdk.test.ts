import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { loadTemplates } from './load-cdk.ts';

it('the validator of aws-cdk-lib is silent also where a stored release is written and nothing is synthesized', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'platform-quiet-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const environment: NodeJS.ProcessEnv = {};
  await loadTemplates(environment, async () => ({ unbuilt: [] })).writeStored(join(folder, 'out'), [], 'hnb659fds');
  expect(environment).toMatchObject({ CDK_VALIDATION: 'false' });
});
