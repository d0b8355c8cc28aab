import { expect, it } from 'vitest';
import { loadText, SYSTEMS, systemText } from '../../testing/write-project.ts';

const said = (text: string) =>
  loadText(text)
    .problems()
    .map(({ severity, rule, environment, path, line, waived }) =>
      [severity, rule, environment, path, line, waived].filter((part) => part !== undefined).join(' '),
    );

const TWO = (dev: string, test: string) => `environments:\n  dev: { kind: dev${dev} }\n  test: { kind: dev${test} }\n`;
const BUS = 'project: shop\nbuses: { b: { name: events } }\n';

it.each([
  [
    'the same account',
    ', account: "111111111111"',
    ', account: "111111111111"',
    ['error name-collision test buses.b.name 2'],
  ],
  ['the same credentials', '', '', ['error name-collision test buses.b.name 2']],
  ['different accounts', ', account: "111111111111"', ', account: "222222222222"', []],
  ['different regions', '', ', region: eu-west-1', []],
  ['different profiles', ', profile: a', ', profile: b', []],
  ['a name of its own', '', ', buses: { b: { name: others } }', []],
])('compares fixed names of two environments with %s', (_, dev, test, expected) => {
  expect(said(BUS + TWO(dev, test))).toEqual(expected);
});

it('compares repositories, secrets, databases and stacks too', () => {
  const text = `project: shop
naming: { secret: "{project}/{name}", stack: "{project}-{block}" }
secrets: { app: { keys: { A: } } }
databases: { main: { databaseName: shop, identifier: shop-db, acu: { min: 1, max: 2 } } }
services: { web: { image: { context: ., repository: shop } } }
${TWO('', '')}`;
  expect(said(text)).toEqual(
    ['services.web.image.repository 5', 'secrets.app 3', 'databases.main.identifier 4', 'naming.stack 2'].map(
      (at) => `error name-collision test ${at}`,
    ),
  );
});

it('says that REST APIs of one name are measured as one', () => {
  const api = (settings: string) =>
    `project: shop\nfunctions: { f: { source: f.ts, timeoutSeconds: 9 } }\napis: { a: { handler: fn.f, ${settings} } }\n${TWO('', '')}`;
  expect(said(api('name: Shop API'))).toEqual(['warning name-collision test apis.a.name 3']);
  expect(said(api('name: Shop API, kind: http'))).toEqual([]);
  expect(said(api(''))).toEqual([]);
});

it('does not mind names that hold {env}', () => {
  expect(said(`project: shop\nsecrets: { jwt: { path: "shop/{env}/jwt", keys: { A: } } }\n${TWO('', '')}`)).toEqual([]);
  for (const identifier of ['{project}-{env}-db', 'shop-{env}'])
    expect(
      said(
        `project: shop\ndatabases: { main: { databaseName: shop, identifier: "${identifier}", acu: { min: 1, max: 2 } } }\n${TWO('', '')}`,
      ),
    ).toEqual([]);
});

it('says that a host name cannot lead to two environments', () => {
  const site = 'project: shop\nsites: { s: { kind: next, dir: ., domain: a.example.com } }\n';
  expect(said(site + TWO(', account: "111111111111"', ', account: "111111111111"'))).toEqual([
    'error domain-collision test sites.s.domain 2',
  ]);
  expect(said(site + TWO(', account: "111111111111"', ', account: "222222222222"'))).toEqual([
    'warning domain-collision test sites.s.domain 2',
  ]);
});

it('supposes a consumer of shared infrastructure in its provider’s account (S3-115)', () => {
  const rules = loadText(systemText('pikaia'))
    .problems()
    .filter(({ rule }) => rule === 'name-collision');
  expect(rules.map(({ environment, path, severity }) => [environment, path, severity])).toEqual([
    ['myproject', 'buses.domain.name', 'warning'],
    ['myproject', 'services.web.image.repository', 'warning'],
    ['myproject', 'secrets.app-secrets', 'warning'],
  ]);
});

const WEB = 'services: { web: { image: { context: . }, cpu: 512, memory: 512 } }\n';

it('keeps a waived problem visible, with its reason (S0-42)', () => {
  const text = `project: shop\n${WEB}waivers: [{ rule: fargate-size, reason: AWS told us so }]`;
  expect(said(text)).toEqual(['error fargate-size sandbox services.web.memory 2 AWS told us so']);
});

it('limits a waiver to an environment and a path', () => {
  const text = (scope: string) =>
    `project: shop\n${WEB}waivers: [{ rule: fargate-size, ${scope}, reason: AWS told us so }]\nenvironments: { dev: { kind: dev } }`;
  const waived = (scope: string) =>
    loadText(text(scope))
      .environment('dev')
      .problems.map((problem) => problem.waived !== undefined);
  expect(waived('path: services.web')).toEqual([true]);
  expect(waived('path: services.worker')).toEqual([false]);
  expect(waived('environment: dev')).toEqual([true]);
  expect(waived('environment: sandbox')).toEqual([false]);
});

it('complains about waivers that waive nothing', () => {
  const text = `project: shop
waivers:
  - { rule: fargate-sise, reason: AWS told us so }
  - { rule: reference-unknown, reason: AWS told us so }
  - { rule: fargate-size, environment: prd, reason: AWS told us so }
  - { rule: fargate-size, path: "services..web", reason: AWS told us so }
  - { rule: fargate-size, reason: AWS told us so }
environments: { prod: { kind: dev } }`;
  expect(
    loadText(text)
      .problems()
      .map(({ severity, rule, path, remedy }) => `${severity} ${rule} ${path} | ${remedy}`),
  ).toEqual([
    'error waiver-unknown waivers[0].rule | write fargate-size',
    'error waiver-unknown waivers[1].rule | remove the waiver',
    'error waiver-unknown waivers[2].environment | write prod',
    'error waiver-unknown waivers[3].path | write for example databases.main',
    'warning waiver-unused waivers[4].rule | remove the waiver',
  ]);
});

it('knows the environments that defaults and promotion name (S4-121)', () => {
  const text = `project: shop
defaults: { environment: production }
naming: { stack: "{project}-{env}" }
delivery: { provider: github, promotion: [{ to: stagin, on: dispatch }, { to: prod, on: after:dev }] }
environments: { staging: { kind: staging }, prod: { kind: prod, account: "111111111111", observability: { alarmEmails: [a@example.com] } } }`;
  expect(
    loadText(text)
      .problems()
      .map(({ severity, rule, path, remedy }) => `${severity} ${rule} ${path} | ${remedy}`),
  ).toEqual([
    'error default-environment defaults.environment | write prod',
    'error promotion-target delivery.promotion[0].to | write staging',
    'error promotion-target delivery.promotion[1].on | write one of staging, prod, sandbox',
    'warning delivery-repository delivery.provider | add repository: OWNER/REPOSITORY',
    'error stack-name naming.stack | put {block} into it',
  ]);
});

it('says once what is the same in every environment', () => {
  const text = `project: shop\n${WEB}${TWO('', ', services: { web: { memory: 1024 } }')}`;
  const [only] = loadText(text).problems();
  expect(only).toMatchObject({ rule: 'fargate-size', environment: 'dev, sandbox' });
});

it.each(SYSTEMS)('finds no mistake in the waivers of %s', (name) => {
  expect(
    loadText(systemText(name))
      .problems()
      .filter(({ rule }) => rule?.startsWith('waiver')),
  ).toEqual([]);
});
