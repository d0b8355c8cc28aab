import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { someCodes, someNext } from '../../../infra/testing/synthesize.ts';
import { synthesize } from '../../cdk/synthesize.ts';
import { loadProject } from '../../config/load.ts';
import { templatesFolder } from '../../process/templates-folder.ts';
import { writeFileAtomically } from '../../process/write-file.ts';
import { offlineSettings } from '../../release/offline-settings.ts';
import { type InitAnswers, initFiles, leftBehind, PRESETS } from './init-files.ts';
import { initText } from './init-text.ts';

const answers: Omit<InitAnswers, 'preset'> = {
  project: 'shop',
  region: 'eu-central-1',
  environments: ['dev', 'staging', 'prod'],
  application: { context: '.', dockerfile: false, framework: 'express' },
  port: 3000,
  healthPath: '/health',
  domain: 'app.example.com',
  account: '111111111111',
  dockerfile: true,
  minimal: false,
  repository: 'acme/shop',
};

describe.each(PRESETS)('init --preset %s', (preset) => {
  it('writes a project that loads without errors and synthesizes in every environment', async () => {
    const root = await mkdtemp(join(tmpdir(), 'init-'));
    const { files } = await initFiles(templatesFolder(), { ...answers, preset });
    for (const [path, content] of Object.entries(files)) await writeFileAtomically(join(root, path), content);

    const project = loadProject({ cwd: root, env: {} });
    const errors = project.problems().filter(({ severity, waived }) => severity === 'error' && !waived);
    expect(errors).toEqual([]);
    expect(project.environments()).toEqual(['dev', 'staging', 'prod', 'sandbox']);
    for (const name of project.environments()) {
      const settings = offlineSettings(project.environment(name));
      const { stacks } = synthesize(settings, join(root, 'cdk.out', name), {
        codes: someCodes(settings),
        next: someNext(settings),
      });
      expect(stacks.map(({ id }) => id)).toContain('network');
    }
  });

  it('leaves no placeholder behind', async () => {
    const { files, sources } = await initFiles(templatesFolder(), { ...answers, preset });
    expect(Object.values({ ...files, ...sources }).join('')).not.toMatch(/\{\{|\}\}(?!\s*[},#\n])/);
  });

  it('writes an application with a README that names what is there', async () => {
    const application = { context: '.', dockerfile: false };
    const { files, sources } = await initFiles(templatesFolder(), { ...answers, application, preset, minimal: true });
    const readme = sources['README.md']!;
    expect(readme).not.toContain('{{');
    const named = [...readme.matchAll(/^\| (`[^|]*`) \|/gm)].flatMap(([, cell = '']) =>
      cell.replaceAll('`', '').split(', '),
    );
    const there = Object.keys(files).map((path) => path.replace('.env.dev.', '.env.<environment>.'));
    expect(named.length).toBeGreaterThan(2);
    expect(named.filter((name) => !there.some((path) => path === name || path.startsWith(name)))).toEqual([]);
    expect(leftBehind({ ...answers, preset, minimal: true })).toContain('node_modules/');
  });
});

describe('init of an application that is there already', () => {
  const of = (node: NonNullable<InitAnswers['application']['node']>): InitAnswers => ({
    ...answers,
    preset: 'web-service',
    application: { context: '.', dockerfile: false, framework: 'express', healthPath: '/health', node },
  });
  const hints = (text: InitAnswers) => initText({ files: [{ path: 'x', action: 'created' }], dryRun: false }, text);
  const dockerfile = async (of: InitAnswers) => (await initFiles(templatesFolder(), of)).files.Dockerfile;

  it('builds its image with its own build, and starts Node itself where npm would start nothing else', async () => {
    expect(await dockerfile(of({ scripts: ['start'], start: 'node dist/server.js', locked: true }))).toContain(
      'CMD ["node", "dist/server.js"]',
    );
    const text = await dockerfile(of({ scripts: ['start'], start: 'node --env-file=.env x.js', locked: true }));
    expect(text).toContain('CMD ["npm", "start"]');
    expect(text).toContain('npm run build --if-present');
  });

  it('says what the configuration takes for granted and is not there', () => {
    const bare = hints(of({ scripts: [], locked: false }));
    for (const word of ['no script "migrate"', 'package-lock.json', 'no script "start"']) expect(bare).toContain(word);
    const whole = hints(of({ scripts: ['migrate', 'start'], start: 'node server.js', locked: true }));
    expect(whole).not.toMatch(/migrate|package-lock|"start"/);
  });

  it('says of a key that is made up that it may stay empty', async () => {
    const { files } = await initFiles(templatesFolder(), of({ scripts: [], locked: false }));
    expect(files['.env.prod.example']).toContain('made up at random, once:\nSECRET_KEY=\n');
  });
});
