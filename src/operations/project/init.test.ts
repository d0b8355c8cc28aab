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
import { type InitAnswers, initFiles, PRESETS } from './init-files.ts';

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
});
