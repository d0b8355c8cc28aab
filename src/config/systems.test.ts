import { expect, it } from 'vitest';
import { loadText, SYSTEMS, systemText } from '../testing/write-project.ts';

it.each(SYSTEMS)('%s loads in every environment, with warnings and waived problems only (C2)', (name) => {
  const project = loadText(systemText(name));
  for (const environment of project.environments()) {
    expect(project.environment(environment).name).toBe(environment);
    expect(project.environment(environment, { rehearsal: true }).sandboxed).toBe(true);
  }
  const errors = project.problems().filter(({ severity, waived }) => severity === 'error' && waived === undefined);
  expect(errors).toEqual([]);
});

it('gives stream-sales a database that pauses in dev and never in production (S1-55, S1-60, S1-64, C4)', () => {
  const project = loadText(systemText('stream-sales'));
  const main = (environment: string) => project.environment(environment).blocks.databases.main;
  expect(main('dev')).toMatchObject({
    acu: { min: 0, max: 4, autoPauseMinutes: 10 },
    protect: false,
    onDelete: 'destroy',
  });
  expect(main('production')).toMatchObject({
    acu: { min: 4, max: 16 },
    protect: true,
    backupDays: 30,
    enhancedMonitoring: 60,
  });
});

it('gives staging of event-scheduling what production has, and its own domain (S4-110, S1-09)', () => {
  const { blocks } = loadText(systemText('event-scheduling')).environment('staging');
  expect(blocks.databases.main?.instance).toMatchObject({ class: 'db.t4g.medium', multiAz: true });
  expect(blocks.functions.api?.rollout).toMatchObject({ type: 'canary', percent: 10, minutes: 5 });
  expect(blocks.apis.public?.domain).toBe('api-staging.example.com');
  expect(blocks.observability.alarms).toBe(false);
});

it('hands every declared key of a secret to pikaia under its own name (S3-34, S3-35)', () => {
  const { blocks, origin } = loadText(systemText('pikaia')).environment('prod');
  const { secrets } = blocks.services.web!;
  expect(Object.keys(secrets)).toHaveLength(18);
  expect(secrets).toMatchObject({
    SECRET_KEY: 'secret.app-secrets#DJANGO_SECRET_KEY',
    MOBILE_PROVISION_API_KEY: 'secret.app-secrets#MOBILE_PROVISION_API_KEY',
  });
  expect(secrets['*']).toBeUndefined();
  expect(origin('services.web.secrets.RESEND_API_KEY')).toMatchObject({ from: 'file', line: 45 });
});

it('takes the capacity away from the shared database of pikaia’s consumer (S3-115)', () => {
  const { main } = loadText(systemText('pikaia')).environment('myproject').blocks.databases;
  expect(main).toMatchObject({ engine: 'shared', databaseName: 'myproject', proxy: false });
  expect(main?.acu).toBeUndefined();
});

it('keeps the numbers of express-workers per environment (S2-67, S2-68, S2-69, S2-41, S2-52, S4-116)', () => {
  const project = loadText(systemText('express-workers'));
  const sizes = ['dev', 'staging', 'prod'].map((environment) => {
    const { services, databases, functions } = project.environment(environment).blocks;
    const { cpu, memory, scaling } = services.api!;
    return [
      cpu,
      memory,
      scaling.min,
      scaling.max,
      databases.main?.acu,
      functions['notification-worker']?.reservedConcurrency,
    ];
  });
  expect(sizes).toEqual([
    [512, 1024, 1, 2, { min: 0.5, max: 2 }, 5],
    [1024, 2048, 1, 5, { min: 0.5, max: 4 }, 10],
    [1024, 2048, 2, 10, { min: 1, max: 8 }, 50],
  ]);
});

it('lets tango speak plain HTTP in dev and HTTPS in prod (S3-48, S0-36, C11, C20)', () => {
  const project = loadText(systemText('tango'));
  expect(project.environment('dev').blocks.services.web?.http).toMatchObject({ certificate: 'none', insecure: true });
  const { blocks } = project.environment('prod');
  expect(blocks.services.web?.http).toMatchObject({ certificate: 'auto', insecure: false, domain: 'api.example.com' });
  expect(blocks.network.nat).toEqual({ gateways: 2 });
});

it('gives each environment its own address of Sentry, which is a setting and no secret (S3-129)', () => {
  const dsn = (host: string) => `https://0f1e2d3c4b5a69788796a5b4c3d2e1f0@${host}.ingest.us.sentry.io/4507`;
  const project = loadText(`project: shop
services: { web: { image: { context: . }, env: { SENTRY_DSN: "${dsn('o1')}" } } }
environments:
  dev: { kind: dev, services: { web: { env: { SENTRY_DSN: null } } } }
  prod: { kind: prod, account: "111111111111", services: { web: { env: { SENTRY_DSN: "${dsn('o2')}" } } } }
`);
  const told = (name: string) => project.environment(name).blocks.services.web!.env.SENTRY_DSN;
  expect([told('dev'), told('sandbox'), told('prod')]).toEqual([undefined, dsn('o1'), dsn('o2')]);
  expect(project.problems().filter(({ message }) => /SENTRY/.test(message))).toEqual([]);
});
