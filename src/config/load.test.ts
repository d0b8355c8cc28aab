import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { loadText, mistakesIn, refusal, writeProject } from '../testing/write-project.ts';
import { loadProject } from './load.ts';

const SHOP = `project: shop
databases: { main: { databaseName: shop, acu: { min: 0.5, max: 4 } } }
services:
  web: { image: { context: . }, port: 3000, health: { path: /health }, uses: [db.main], http: { domain: "\${env.name}.example.com" } }
environments:
  dev: { kind: dev }
  staging: { kind: staging, like: prod, account: "222222222222", services: { web: { scaling: { max: 4 } } } }
  prod: { kind: prod, account: "111111111111", region: eu-central-1, services: { web: { cpu: 1024, memory: 2048 } }, databases: { main: { acu: { max: 8 } } } }
`;

it('merges the top level, the environment that another is like, and its own overrides', () => {
  const { blocks, region } = loadText(SHOP).environment('staging');
  expect(blocks.services.web).toMatchObject({
    cpu: 1024,
    memory: 2048,
    scaling: { min: 1, max: 4 },
    http: { domain: 'staging.example.com' },
  });
  expect(blocks.databases.main?.acu).toEqual({ min: 0.5, max: 8 });
  expect(region).toBe('us-east-1');
});

it('hangs defaults on the kind: protection, retention, sizes, alarms (C18, C19, C21, C22, S1-28)', () => {
  const project = loadText(SHOP);
  const of = (name: string) => {
    const { databases, services, observability, network } = project.environment(name).blocks;
    const { protect, onDelete, backupDays } = databases.main!;
    const { scaling, exec } = services.web!;
    return [
      protect,
      onDelete,
      backupDays,
      scaling.min,
      exec,
      observability.alarms,
      observability.logRetentionDays,
      network.nat,
    ];
  };
  expect(of('sandbox')).toEqual([false, 'destroy', 7, 1, true, false, 7, { gateways: 1 }]);
  expect(of('dev')).toEqual([false, 'destroy', 7, 1, true, false, 7, { gateways: 1 }]);
  expect(of('staging')).toEqual([true, 'snapshot', 7, 1, true, false, 30, { gateways: 1 }]);
  expect(of('prod')).toEqual([true, 'snapshot', 14, 2, false, true, 30, { gateways: 2 }]);
});

it('has an environment sandbox without being told, and an account of its own for each rehearsal', () => {
  const project = loadText(SHOP);
  expect(project.environments()).toEqual(['dev', 'staging', 'prod', 'sandbox']);
  expect(project.environment('sandbox')).toMatchObject({
    kind: 'sandbox',
    sandboxed: true,
    account: expect.stringMatching(/^\d{12}$/),
  });
  expect(project.environment('dev').account).toBeUndefined();
  const rehearsed = project.environment('dev', { rehearsal: true });
  expect(rehearsed).toMatchObject({ kind: 'dev', sandboxed: true, account: expect.stringMatching(/^\d{12}$/) });
  expect(rehearsed.account).not.toBe(project.environment('sandbox').account);
  expect(project.environment('prod', { rehearsal: true })).toMatchObject({ account: '111111111111', kind: 'prod' });
});

it('never defaults to an environment of kind prod (S1-27)', () => {
  expect(loadText(SHOP).defaultEnvironment).toBe('dev');
  expect(loadText('project: shop\nenvironments: { dev: { kind: prod } }').defaultEnvironment).toBeUndefined();
  expect(loadText('project: shop').defaultEnvironment).toBeUndefined();
});

it('takes a profile to AWS, but not into a rehearsal', () => {
  const project = loadText(
    'project: shop\nenvironments: { dev: { kind: dev, profile: work }, local: { kind: local } }',
  );
  expect(project.environment('dev').profile).toBe('work');
  expect(project.environment('dev', { rehearsal: true }).profile).toBeUndefined();
  expect(project.environment('local')).toMatchObject({ emulator: 'sandbox', sandboxed: true });
});

it('names the environments when one is asked for that is not there', () => {
  const project = loadText(SHOP);
  expect(refusal(() => project.environment('production'))).toMatchObject({
    id: 'environment-unknown',
    kind: 'usage',
    remedy: '--env prod',
  });
  expect(refusal(() => project.environment('xyz')).remedy).toBe('--env takes dev, staging, prod, sandbox');
});

it('tells all mistakes at once, each at its place with the nearest known word', () => {
  const text = `project: shop
enviroments: {}
services:
  web: { image: { context: . }, prot: 80, cpu: "512", exec: yes, health: {} }
databases:
  main: { version: 16.4, engine: aurora-postgress }
sites: { app: { kind: spaa } }
environments:
  dev: { kind: develop, account: 012345678901, set: {} }
  prod: { kind: prod, serivces: {} }
`;
  expect(mistakesIn(text)).toMatchInlineSnapshot(`
    [
      "2:1 enviroments: The file has no setting "enviroments" | write environments",
      "4:33 services.web.prot: services.web has no setting "prot" | write port",
      "4:48 services.web.cpu: services.web.cpu is "512"; it takes a whole number | write a whole number",
      "4:61 services.web.exec: services.web.exec is "yes"; it takes true or false | write true",
      "6:3 databases.main.databaseName: databases.main.databaseName is missing | add databaseName: a database name of lower-case letters, digits and underscores that begins with a letter, at most 63 characters",
      "6:20 databases.main.version: databases.main.version is 16.4; it takes a PostgreSQL version in quotes, such as "16" or "16.4" | put it in quotes: "16.4"",
      "6:34 databases.main.engine: databases.main.engine is "aurora-postgress"; it takes aurora-postgres, postgres-instance or shared | write aurora-postgres",
      "7:23 sites.app.kind: sites.app.kind is "spaa"; it takes spa, next or media | write spa",
      "9:16 environments.dev.kind: environments.dev.kind is "develop"; it takes sandbox, local, dev, staging or prod | write dev",
      "9:34 environments.dev.account: environments.dev.account is 012345678901; it takes an account id of twelve digits in quotes | put it in quotes: "012345678901"",
      "9:48 environments.dev.set: environments.dev has no setting "set" | write the overrides directly under the environment",
      "10:23 environments.prod.serivces: environments.prod has no setting "serivces" | write services",
    ]
  `);
});

it('keeps the missing account of an environment apart from a missing value of another', () => {
  const text =
    'project: shop\ndatabases: { main: { databaseName: shop } }\nservices: { web: { port: 1 } }\nenvironments:\n  dev: { kind: dev, services: { web: { image: { context: . } } } }\n  prod: { kind: prod }\n';
  expect(mistakesIn(text)).toEqual([
    '3:13 services.web.image: services.web.image is missing | add image: a map with context, dockerfile, repository',
  ]);
});

it('leaves to the sandbox nobody declared what only declared environments complete', () => {
  const project = loadText(
    'project: shop\nservices: { web: { port: 1 } }\nenvironments: { dev: { kind: dev, services: { web: { image: { context: . } } } } }',
  );
  expect(project.environment('dev').blocks.services.web?.image.context).toBe('.');
  const error = refusal(() => project.environment('sandbox'));
  expect(error).toMatchObject({
    id: 'config-invalid',
    kind: 'usage',
    message: expect.stringContaining('services.web.image is missing'),
  });
});

it('does not repeat a secret value that was written where its description belongs', () => {
  const text =
    'project: shop\nsecrets: { app: { keys: { STRIPE: canary-value-1 } } }\nservices: { web: { image: { context: . }, secrets: { A: canary-value-2 } } }';
  const error = refusal(() => loadText(text));
  expect(JSON.stringify([error.message, error.remedy, error.problems])).not.toContain('canary');
  expect(error.problems.map(({ path }) => path)).toEqual(['secrets.app.keys.STRIPE', 'services.web.secrets.A']);
});

it('writes terminal escapes and line ends of the file out', () => {
  expect(mistakesIn('project: "a\\e[31m\\nb"')[0]).toContain('project is "a\\u001b[31m\\nb"');
});

it('refuses a number that a variable would not read as it is written', () => {
  const [only] = mistakesIn(
    'project: shop\nservices: { web: { image: { context: . }, env: { VERSION: 1.10, PORT: 80 } } }',
  );
  expect(only).toBe(
    '2:59 services.web.env.VERSION: services.web.env.VERSION is written 1.10, which YAML reads as the number 1.1 | put it in quotes: "1.10"',
  );
});

it.each([
  [
    'a circle',
    'a: { kind: dev, like: b }\n  b: { kind: dev, like: a }',
    ['environments.a.like goes in a circle: a, b, a', 'environments.b.like goes in a circle: b, a, b'],
  ],
  ['itself', 'a: { kind: dev, like: a }', ['environments.a.like goes in a circle: a, a']],
  ['nothing', 'a: { kind: dev, like: sanbox }', ['environments.a.like names "sanbox", which is no environment']],
])('refuses an environment that is like %s', (_, environments, messages) => {
  const { problems } = refusal(() => loadText(`project: shop\nenvironments:\n  ${environments}`));
  expect(problems.map(({ message }) => message)).toEqual(messages);
});

it('removes by null, and declares a key of a secret that has nothing to say', () => {
  const project = loadText(`project: shop
secrets: { app: { keys: { OLD: , KEPT: } } }
environments:
  dev: { kind: dev, secrets: { app: { keys: { OLD: , ADDED: } }, more: { keys: { FIRST: } } } }
`);
  const { secrets } = project.environment('dev').blocks;
  expect(Object.keys(secrets.app!.keys)).toEqual(['KEPT', 'ADDED']);
  expect(secrets.more!.keys.FIRST).toMatchObject({ required: true, type: 'text' });
});

it('finds the file from a folder below, but not above the git repository (S1-33)', () => {
  const folder = writeProject(SHOP);
  const below = join(folder, 'a', 'b');
  mkdirSync(below, { recursive: true });
  expect(loadProject({ cwd: below })).toMatchObject({
    root: folder,
    gitRoot: dirname(folder),
    file: join(folder, 'platform.yaml'),
  });
  mkdirSync(join(folder, 'a', '.git'));
  expect(refusal(() => loadProject({ cwd: below }))).toMatchObject({ id: 'config-missing', kind: 'usage' });
  expect(refusal(() => loadProject({ cwd: below, env: { GIT_CEILING_DIRECTORIES: join(folder, 'a') } })).id).toBe(
    'config-missing',
  );
});

it.each([
  ['platform.yml', 'mv platform.yml platform.yaml'],
  ['platform.json', 'write the same settings into platform.yaml; platform init starts one'],
])('says what to do with %s', (name, remedy) => {
  const error = refusal(() => loadProject({ cwd: writeProject('{}', { name }) }));
  expect(error).toMatchObject({ id: 'config-other-name', kind: 'usage', remedy });
});

it('turns env values into text, as a process sees them', () => {
  const { blocks } = loadText(
    'project: shop\nservices: { web: { image: { context: . }, env: { A: 1, B: true, C: x } } }',
  ).environment('sandbox');
  expect(blocks.services.web?.env).toEqual({ A: '1', B: 'true', C: 'x' });
});

it('puts in what the load knows and keeps what a deployment will know', () => {
  const text = `project: shop
title: "A $\${b} shop"
sites: { app: { kind: spa, dir: ., build: "echo \${HOME} \${env.kind}", domain: "\${project}.example.com", buildEnv: { T: "\${title}", U: "\${site.app.url}", N: "$\${X}" } } }
defaults: { tags: { Stage: "\${env.name}" } }`;
  const { blocks, tags } = loadText(text).environment('sandbox');
  expect(blocks.sites.app).toMatchObject({
    build: 'echo ${HOME} sandbox',
    domain: 'shop.example.com',
    buildEnv: { T: 'A $$${b} shop', U: '${site.app.url}', N: '$${X}' },
  });
  expect(tags).toEqual({ Project: 'shop', Environment: 'sandbox', ManagedBy: 'platform', Stage: 'sandbox' });
});

it('S4-57 S4-58: kind local lives on what local.emulator starts, on what the environment names, else on the sandbox', () => {
  const at = (local: string, environment = '') => {
    const text = `project: shop\n${local}\nenvironments: { local: { kind: local${environment} } }`;
    const { emulator, endpoint, sandboxed } = loadText(text).environment('local');
    return { emulator, endpoint, sandboxed };
  };
  const started = 'local: { emulator: { image: "localstack/localstack:3.1.0", port: 4567 } }';
  const localstack = { emulator: 'localstack', endpoint: 'http://127.0.0.1:4567', sandboxed: false };
  expect(at(started)).toEqual(localstack);
  expect(at(started, ', emulator: localstack')).toEqual(localstack);
  expect(at('local: { emulator: { image: own/thing } }')).toEqual({
    emulator: undefined,
    endpoint: 'http://127.0.0.1:4566',
    sandboxed: false,
  });
  const sandbox = { emulator: 'sandbox', endpoint: undefined, sandboxed: true };
  expect(at('')).toEqual(sandbox);
  expect(at(started, ', emulator: sandbox')).toEqual(sandbox);
  expect(at('', ', emulator: moto')).toEqual({ emulator: 'moto', endpoint: undefined, sandboxed: false });
  expect(at('', ', endpoint: "http://127.0.0.1:9"')).toEqual({
    emulator: undefined,
    endpoint: 'http://127.0.0.1:9',
    sandboxed: false,
  });
  const theirs = ', emulator: sandbox, endpoint: "http://127.0.0.1:9"';
  expect(at('', theirs)).toEqual({ emulator: 'sandbox', endpoint: 'http://127.0.0.1:9', sandboxed: true });
});
