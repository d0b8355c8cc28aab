import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CloudFormationClient, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import { describe, expect, it } from 'vitest';
import { PACKAGE_ROOT } from '../package.ts';
import { startSystem } from '../testing/five-systems/system-project.ts';
import { startDeployed } from '../testing/start-deployed.ts';

const MODULES = join(PACKAGE_ROOT, 'node_modules');
const run = promisify(execFile);

/** Stands for `npm install`, of the very packages that the application pins. */
const install = (folder: string) => symlinkSync(MODULES, join(folder, 'node_modules'));

/** The templates that the application makes by itself, as text by file. */
async function synthesized(folder: string, environment: string): Promise<Record<string, string>> {
  const outdir = join(folder, 'cdk.out');
  await run(process.execPath, ['bin/app.ts'], {
    cwd: folder,
    // Nothing of ours is around it.
    env: { PATH: '/usr/bin:/bin', HOME: folder, CDK_OUTDIR: outdir, ENVIRONMENT: environment },
  });
  return templatesIn(outdir);
}

const templatesIn = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder)
      .filter((file) => file.endsWith('.template.json'))
      .map((file) => [file, readFileSync(join(folder, file), 'utf8')]),
  );

const YAML = `project: demo
queues: { jobs: {} }
secrets: { app: { source: generated, keys: { KEY: { generate: { length: 32 } } } } }
functions: { worker: { source: src/worker.ts, uses: [secret.app], trigger: { on: queue, queue: queue.jobs } } }
services: { web: { image: { context: . }, command: [serve], uses: [queue.jobs] } }
environments:
  dev: { kind: dev, account: "111111111111" }
  prod: { kind: prod, account: "111111111111" }
`;
const FILES = { 'src/worker.ts': 'export const handler = async () => ({ batchItemFailures: [] });\n' };
const DEV = '--env dev --sandbox';

describe('platform eject', () => {
  it('S2-02 S4-02 S4-01: writes a CDK application that makes the templates that are deployed, with pinned packages', async () => {
    const { aws, directory, succeed, writes } = await startDeployed({ yaml: YAML, files: FILES });
    const outcome = (await succeed(`eject ${DEV} --dir infrastructure --json`)).json();
    expect(writes()).toEqual([]);
    const folder = join(directory, 'infrastructure');
    expect(outcome).toMatchObject({ environment: 'dev', directory: folder, dryRun: false });
    expect(new Set(outcome.stacks.map(({ live }: { live: string }) => live))).toEqual(new Set(['same']));

    install(folder);
    const cloudFormation = aws.client(CloudFormationClient, { account: '111111111111' });
    const made = await synthesized(folder, 'dev');
    expect(Object.keys(made)).toHaveLength(outcome.stacks.length);
    for (const { id, name } of outcome.stacks) {
      const { TemplateBody } = await cloudFormation.send(new GetTemplateCommand({ StackName: name }));
      expect(JSON.parse(made[`${id}.template.json`]!)).toEqual(JSON.parse(TemplateBody!));
    }

    // What no stack tells was given to the stacks that stand, and is there for whoever has only the application.
    const { values } = JSON.parse(readFileSync(join(folder, 'environments/dev.json'), 'utf8'));
    expect(values['service-web'].ImageWeb).toMatch(/@sha256:[0-9a-f]{64}$/);

    const { dependencies, devDependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const ours = JSON.parse(readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8'));
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
      expect(version).toMatch(/^\d+\.\d+\.\d+$/);
      expect(version).toBe({ ...ours.dependencies, ...ours.devDependencies }[name]);
    }
    await run(process.execPath, [join(MODULES, 'typescript/bin/tsc'), '-p', '.'], { cwd: folder });
  });

  it('S2-02: other code of a function is another object, the same code the same', async () => {
    const { directory, succeed } = await startDeployed({ yaml: YAML, files: FILES });
    await succeed(`eject ${DEV}`);
    const folder = join(directory, 'infrastructure');
    install(folder);
    const before = await synthesized(folder, 'dev');
    const code = readdirSync(join(folder, 'code')).find((name) => name.startsWith('worker-'))!;
    const entry = join(folder, 'code', code, 'index.mjs');
    writeFileSync(entry, `${readFileSync(entry, 'utf8')}\n// mended`);
    const after = await synthesized(folder, 'dev');
    const different = Object.keys(after).filter((file) => after[file] !== before[file]);
    expect(different).toEqual(['functions.template.json']);
  });

  it('S2-02: may be typed twice, takes further environments in, and never writes over what is there', async () => {
    const { directory, platform, succeed, forget, asked } = await startDeployed({ yaml: YAML, files: FILES });
    const folder = join(directory, 'infra/aws');
    const dry = (await succeed(`eject ${DEV} --dir infra/aws --dry-run --json`)).json();
    expect(dry).toMatchObject({
      dryRun: true,
      files: expect.arrayContaining([{ path: 'lib/app.ts', action: 'create' }]),
    });
    expect(existsSync(folder)).toBe(false);

    expect((await succeed(`eject ${DEV} --dir infra/aws`)).stdout).toContain('as deployed');
    // As after a command that was cut off.
    rmSync(join(folder, 'lib/app.ts'));
    const again = (await succeed(`eject ${DEV} --dir infra/aws --json`)).json();
    expect(again.files.filter(({ action }: { action: string }) => action === 'create')).toEqual([
      { path: 'lib/app.ts', action: 'create' },
    ]);
    expect((await succeed(`eject ${DEV} --dir infra/aws`)).stdout).toContain('nothing was written');

    forget();
    const joined = (await succeed('eject --env prod --offline --dir infra/aws --json')).json();
    expect(asked()).toEqual([]);
    expect(joined.files.filter(({ action }: { action: string }) => action === 'create')).toEqual([
      { path: 'environments/prod.json', action: 'create' },
    ]);
    expect(joined.stacks[0].live).toBeNull();

    writeFileSync(join(folder, 'lib/names.ts'), '// ours now\n');
    rmSync(join(folder, 'environments/dev.json'));
    const refused = await platform(`eject ${DEV} --dir infra/aws`);
    expect([refused.exitCode, refused.stderr]).toEqual([2, expect.stringContaining('lib/names.ts')]);
    expect(refused.stderr).toContain('id: eject-file-exists');
    expect(readFileSync(join(folder, 'lib/names.ts'), 'utf8')).toBe('// ours now\n');
    expect(existsSync(join(folder, 'environments/dev.json'))).toBe(false);
    writeFileSync(join(directory, 'a-file'), '');
    expect((await platform(`eject ${DEV} --dir a-file`)).exitCode).toBe(2);
  });
});

describe('an environment of a source system, ejected without AWS', () => {
  it.each([
    ['pikaia', 'prod', '.'],
    ['stream-sales', 'production', 'infra'],
    ['event-scheduling', 'production', '.'],
  ] as const)('S2-02: %s %s: the same bytes as platform synth', async (system, environment, place) => {
    const { directory, platform } = await startSystem(system);
    const options = place === '.' ? {} : { directory: place };
    const ejected = await platform(`eject --env ${environment} --offline`, options);
    expect(ejected.exitCode, ejected.stderr).toBe(0);
    const synth = await platform(`synth --env ${environment} --out synthesized`, options);
    expect(synth.exitCode, synth.stderr).toBe(0);
    const folder = join(directory, place, 'infrastructure');
    install(folder);
    expect(await synthesized(folder, environment)).toEqual(templatesIn(join(directory, place, 'synthesized')));
  });
});
