import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadText, refusal, SYSTEMS, systemText, TODAY, writeProject } from '../testing/write-project.ts';
import { loadProject } from './load.ts';
import { requireSound } from './require-sound.ts';
import { effectiveView, effectiveYaml, originText } from './show.ts';

const TEXT = `project: shop
defaults: { region: eu-west-1, tags: { Team: web } }
databases: { main: { databaseName: shop, acu: { min: 0.5, max: 4 } } }
secrets: { app: { keys: { A: , B: } } }
services: { web: { image: { context: . }, secrets: { "*": secret.app#* } } }
environments:
  base: { kind: staging, databases: { main: { acu: { max: 8 } } } }
  next: { kind: staging, like: base, network: { azs: [eu-west-1a, eu-west-1b] }, databases: { main: { protect: null } } }
`;

it.each([
  ['databases.main.databaseName', ' platform.yaml:3'],
  ['databases.main.acu.max', ' environment base, platform.yaml:7'],
  ['databases.main.protect', ' default of kind staging'],
  ['databases.main.readers', ' default'],
  ['network.nat.gateways', ' default of kind staging'],
  ['network.azs', ' environment next, platform.yaml:8'],
  ['network.azs[1]', ' environment next, platform.yaml:8'],
  ['services.web.secrets.B', ' platform.yaml:5'],
  ['kind', ' environment next, platform.yaml:8'],
  ['region', ' platform.yaml:2'],
  ['tags.Team', ' platform.yaml:2'],
  ['tags.Project', ' default'],
  ['naming.stack', ' default'],
  ['databases.other', undefined],
  ['services..', undefined],
])('%s comes from%s', (path, expected) => {
  expect(originText(loadText(TEXT).environment('next').origin(path))).toBe(expected);
});

it('tells a region from outside the file apart', () => {
  const project = loadProject({ cwd: writeProject('project: shop'), env: { AWS_REGION: 'eu-north-1' }, now: TODAY });
  expect(originText(project.environment('sandbox').origin('region'))).toBe(' default');
  expect(originText(project.environment('sandbox', { region: 'eu-south-1' }).origin('region'))).toBe(
    ' --region or AWS_REGION',
  );
});

it.each(SYSTEMS)('shows every environment of %s as YAML that says the same with and without origins', (name) => {
  const project = loadText(systemText(name));
  for (const one of project.environments()) {
    const environment = project.environment(one);
    const plain = JSON.parse(JSON.stringify(effectiveView(environment)));
    expect(parse(effectiveYaml(environment))).toEqual(plain);
    expect(parse(effectiveYaml(environment, { origin: true }))).toEqual(plain);
  }
});

it('puts the origin behind each value', () => {
  const yaml = effectiveYaml(loadText(TEXT).environment('next'), { origin: true });
  expect(yaml).toContain('    protect: true # default of kind staging\n');
  expect(yaml).toContain('  azs: # environment next, platform.yaml:8\n    - eu-west-1a\n');
  expect(yaml).toContain('queues: {}\n');
});

it('stops at what a rule forbids, not at what is waived or a warning', () => {
  const web = 'services: { web: { image: { context: . }, cpu: 512, memory: 512, env: { API_TOKEN: x } } }';
  const error = refusal(() => requireSound(loadText(`project: shop\n${web}`).environment('sandbox')));
  expect(error).toMatchObject({ id: 'config-unsound', kind: 'usage', problems: [{ rule: 'fargate-size' }] });
  requireSound(
    loadText(`project: shop\n${web}\nwaivers: [{ rule: fargate-size, reason: AWS told us so }]`).environment('sandbox'),
  );
});
