import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { smallYaml, startDeployable } from '../testing/deployable.ts';
import { openNextFiles } from '../testing/open-next.ts';

const PLACEHOLDER = 'postgresql://placeholder:placeholder@localhost:5432/placeholder';
const YAML = smallYaml(`secrets: { jwt: { source: generated, keys: { value: { generate: { length: 64 } } } } }
databases: { main: { databaseName: streams, acu: { min: 0, max: 4 } } }
sites: { web: { kind: next, dir: app, build: "node build.mjs", uses: [db.main, secret.jwt], buildEnv: { DATABASE_URL: "${PLACEHOLDER}" } } }`);

const BUILD = `import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
writeFileSync('told.json', JSON.stringify(process.env));
for (const [path, text] of Object.entries(JSON.parse(readFileSync('next.json', 'utf8')))) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
`;

it('an application with a database and secrets is built without any of them (S1-81)', async () => {
  const project = await startDeployable({
    yaml: YAML,
    files: { 'app/build.mjs': BUILD, 'app/next.json': JSON.stringify(openNextFiles()) },
  });
  project.forget();
  const run = await project.platform('site build web --env dev --sandbox --json', {
    env: { DATABASE_URL: 'postgresql://admin:real@db.example.com/streams' },
  });
  expect(run.exitCode, run.stderr).toBe(0);
  const told = JSON.parse(readFileSync(join(project.directory, 'app/told.json'), 'utf8'));
  // Generating a client wants an address, and connects to none.
  expect(told.DATABASE_URL).toBe(PLACEHOLDER);
  expect(Object.keys(told).filter((name) => /^(DATABASE_(?!URL)|JWT_)/.test(name))).toEqual([]);
  expect(project.asked().filter((call) => call.startsWith('secretsmanager:'))).toEqual([]);
});
