import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { StackId } from '../../infra/wiring.ts';
import { validateTemplates } from './validate-templates.ts';

it('says of each template what CloudFormation would, in the order of the stacks, and looks at the same content once', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'platform-judged-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const kept = join(folder, '.diagnostics.json');
  mkdirSync(join(folder, 'dev'));
  const stack = (id: StackId, properties: object) => ({
    id,
    stackName: `shop-dev-${id}`,
    constructs: { Jobs: 'Queuejobs/Queue' },
    templateFile: join(folder, 'dev', `${id}.template.json`),
    template: { Resources: { Jobs: { Type: 'AWS::SQS::Queue', Properties: properties } } },
  });
  const stacks = [stack('data', { VisibilityTimeout: 'soon' }), stack('edge', {}), stack('images', { Colour: 'red' })];

  const found = await validateTemplates(stacks);
  expect(found.map(({ severity, path }) => `${severity} ${path}`)).toEqual([
    'error data/Queuejobs/Queue.Properties.VisibilityTimeout',
    'error images/Queuejobs/Queue.Properties.Colour',
  ]);

  // Whoever says something else of that content is believed: nobody looks at it again.
  writeFileSync(kept, readFileSync(kept, 'utf8').replaceAll('Colour', 'Shade'));
  const again = await validateTemplates([...stacks, stack('messaging', { Taste: 'sweet' })]);
  expect(again.map(({ path }) => path)).toEqual([
    'data/Queuejobs/Queue.Properties.VisibilityTimeout',
    'images/Queuejobs/Queue.Properties.Shade',
    'messaging/Queuejobs/Queue.Properties.Taste',
  ]);
});
