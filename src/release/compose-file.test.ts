import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { composeContainers } from '../domain/compose-containers.ts';
import { insideText } from '../operations/local/inside-text.ts';
import { Secret } from '../secret.ts';
import { type ComposeInput, composeFile } from './compose-file.ts';
import { localPorts } from './local-ports.ts';
import { localRolesSql } from './local-roles.ts';

const base: ComposeInput = { project: 'shop', environment: 'local', services: [] };

it('every port is bound to loopback, whatever listens', () => {
  const port = fc.integer({ min: 1, max: 65_535 });
  fc.assert(
    fc.property(port, port, port, (emulator, postgres, web) => {
      const { services } = parse(
        composeFile({
          ...base,
          emulator: {
            image: 'localstack/localstack:3.1.0',
            ports: { machine: emulator, container: 4566 },
            dockerSocket: false,
            environment: {},
            services: ['sqs'],
          },
          postgres: { image: 'postgres:16', port: postgres },
          services: [
            {
              name: 'web',
              build: { context: '/app', dockerfile: '/app/Dockerfile', platform: 'linux/amd64' },
              ports: { machine: web, container: 80 },
              environment: {},
              secrets: {},
            },
          ],
        }),
      );
      for (const { ports } of Object.values(services) as { ports: string[] }[])
        for (const one of ports) expect(one).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
      expect(services.emulator_aws).not.toHaveProperty('volumes');
    }),
  );
});

it('S2-108: any value arrives as it is: Compose fills variables, and YAML has opinions', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.constantFrom('no', '012', '2026-11-30', '1:20')),
      fc.string(),
      (plain, secret) => {
        const text = composeFile({
          ...base,
          services: [
            {
              name: 'web',
              build: { context: '/app', dockerfile: '/app/Dockerfile', platform: 'linux/amd64' },
              environment: { PLAIN: plain },
              secrets: { HIDDEN: new Secret('hidden', secret) },
            },
          ],
        });
        const { environment } = parse(text).services.web;
        expect(parse(text, { version: '1.1' })).toEqual(parse(text));
        const filled = (value: string) => value.replaceAll('$$', () => '$');
        expect(environment.PLAIN.replaceAll('$$', '')).not.toContain('$');
        expect([filled(environment.PLAIN), filled(environment.HIDDEN)]).toEqual([plain, secret]);
      },
    ),
  );
});

it('from PostgreSQL 18 on the volume is the folder above', () => {
  const volume = (image: string) =>
    parse(composeFile({ ...base, postgres: { image, port: 5432 } })).services.postgres_db;
  expect(volume('postgres:16.4-alpine').volumes).toEqual(['postgres:/var/lib/postgresql/data']);
  expect(volume('docker.io/library/postgres:18').volumes).toEqual(['postgres:/var/lib/postgresql']);
});

it('services with the same port get ports of their own, and none that is taken', () => {
  const services = { a: { port: 8000 }, b: { port: 8000 }, worker: {}, c: { port: 5432 } };
  const blocks = { services } as unknown as Parameters<typeof localPorts>[0];
  expect(localPorts(blocks, [5432])).toEqual({ a: 8000, b: 8001, c: 5433 });
});

it('makes users and databases that are quoted, with passwords that are text', () => {
  const sql = localRolesSql([{ databaseName: 'shop', user: 'a"b', password: new Secret('p', "it's\\ready") }]);
  expect(sql).toContain(`ALTER ROLE "a""b" WITH LOGIN CREATEDB CREATEROLE PASSWORD E'it''s\\\\ready';`);
  expect(sql).toContain('\\gexec');
});

it.each([
  ['http://127.0.0.1:4566/000000000000/jobs', 'http://in:1/000000000000/jobs'],
  ['http://sqs.us-east-1.localhost.localstack.cloud:4566/0/jobs', 'http://in:1/0/jobs'],
  ['x=http://localhost:4566', 'x=http://in:1'],
  ['http://localhost:45660/', 'http://localhost:45660/'],
  ['http://localhost:8080/', 'http://localhost:8080/'],
  ['https://example.com:4566/', 'https://example.com:4566/'],
])('of %s a container sees %s', (outside, inside) => {
  expect(insideText(outside, 'http://127.0.0.1:4566', 'http://in:1')).toBe(inside);
});

it('reads what Compose, an older Compose and podman say of containers, and never throws', () => {
  const line = '{"Service":"web","State":"running","Health":"starting"}';
  const other = '{"Service":"db","State":"exited","Health":""}';
  const both = [
    { service: 'web', state: 'running', health: 'starting' },
    { service: 'db', state: 'exited', health: null },
  ];
  expect(composeContainers([line, other])).toEqual(both);
  expect(composeContainers(['[', `${line},`, other, ']'])).toEqual(both);
  const podman = '[{"Labels":{"com.docker.compose.service":"web"},"State":"Running","Status":"Up 2s (healthy)"}]';
  expect(composeContainers([podman])).toEqual([{ service: 'web', state: 'running', health: 'healthy' }]);
  fc.assert(fc.property(fc.array(fc.oneof(fc.string(), fc.json())), (lines) => void composeContainers(lines)));
});
