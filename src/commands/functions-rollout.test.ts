import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { smallYaml, startDeployable } from '../testing/deployable.ts';

const YAML = smallYaml(`functions:
  api: { source: src/api.ts, rollout: { type: canary, percent: 10, minutes: 5 } }
`);

it('traffic moves in steps, and a release is proven when all of it has moved (S4-10)', async () => {
  const { directory, succeed } = await startDeployable({
    yaml: YAML,
    files: { 'src/api.ts': 'export const handler = async (): Promise<number> => 1;\n' },
  });
  const first = (await succeed('deploy --env dev --yes --json')).json();
  expect(first.functions).toMatchObject([{ name: 'api', version: '1' }]);
  mkdirSync(join(directory, 'src'), { recursive: true });
  writeFileSync(join(directory, 'src/api.ts'), 'export const handler = async (): Promise<number> => 2;\n');
  const second = (await succeed('deploy --env dev --yes --json')).json();
  expect(second.functions).toMatchObject([{ name: 'api', version: '2' }]);
});
