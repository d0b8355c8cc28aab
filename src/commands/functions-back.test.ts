import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Lambda } from '@aws-sdk/client-lambda';
import { expect, it } from 'vitest';
import { smallYaml, startDeployable } from '../testing/deployable.ts';

const source = (broken: boolean) => `export const handler = async (event: { fails?: boolean }): Promise<number> => {
  if (event.fails || ${broken}) throw new Error("Cannot find module './prices.js'");
  return 1;
};
`;

it('S4-132 S4-134 S4-135: rollback of a function says which version fails, watches the one that answers now, and keeps what was seen', async () => {
  const { aws, directory, succeed, platform } = await startDeployable({
    yaml: smallYaml('functions: { api: { source: src/api.ts, dlq: false } }'),
    files: { 'src/api.ts': source(false) },
  });
  const lambda = aws.client(Lambda, { account: '111111111111' });
  const { outputs } = (await succeed('deploy --env dev --yes --json')).json();
  const FunctionName: string = outputs['functions.api.name'];
  const call = async (times: number, event: object = {}) => {
    for (let left = times; left > 0; left -= 1)
      await lambda.invoke({ FunctionName, Qualifier: 'live', Payload: JSON.stringify(event) });
  };
  /** Rolls back, and calls the function once its traffic has moved. */
  const backWhile = async (event: object) => {
    const finished = platform('rollback api --env dev --yes --json');
    for (;;) {
      const { FunctionVersion } = await lambda.getAlias({ FunctionName, Name: 'live' });
      if (FunctionVersion === '1') break;
      await new Promise((done) => setImmediate(done));
    }
    await call(20, event);
    return finished;
  };
  await call(2);
  writeFileSync(join(directory, 'src/api.ts'), source(true));
  await succeed('deploy --env dev --yes');
  await call(3);

  const looked = await succeed('rollback api --env dev --dry-run --json');
  const versions = [
    { version: '2', live: true, calls: 3, failed: 3 },
    { version: '1', live: false, calls: 2, failed: 0 },
  ];
  expect(looked.json()).toMatchObject({ dryRun: true, versions });
  expect(looked.stderr).toMatch(/version 2 {2}release \S+ {2}3 calls within a day, 3 failed \(100 %\) {2}now/);

  const back = await backWhile({});
  expect(back.exitCode, back.stderr).toBe(0);
  const { watched } = back.json();
  expect(watched).toMatchObject({ version: '1', failed: 0, ringing: [] });
  expect(watched.calls).toBeGreaterThanOrEqual(20);
  const run = (await succeed('explain --json')).json();
  expect(run).toMatchObject({ command: 'rollback api', outcome: 'done' });
  const seen = JSON.stringify(run.seen);
  expect(seen).toContain('version 2');
  expect(seen).toContain("Cannot find module './prices.js'");

  // The version before fails as well: it is not the version alone, which is said with the way on.
  await succeed('deploy --env dev --yes');
  const worse = await backWhile({ fails: true });
  expect(worse.exitCode).toBe(1);
  expect(worse.json().error).toMatchObject({
    id: 'rollback-function-still-failing',
    message: expect.stringMatching(/^api runs version 1 again, and \d+ of \d+ calls since then have failed/),
    remedy: expect.stringContaining('platform doctor api'),
  });
  expect((await lambda.getAlias({ FunctionName, Name: 'live' })).FunctionVersion).toBe('1');
  // Not watched when that is not wanted.
  await succeed('deploy --env dev --yes');
  expect((await succeed('rollback api --env dev --yes --watch 0s --json')).json().watched).toBeNull();
});
