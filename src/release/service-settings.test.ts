import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AppSettings } from '../../infra/settings.ts';
import type { Blocks } from '../config/blocks.ts';
import { loadProject } from '../config/load.ts';
import { appSettings } from './settings.ts';
import { unsetVariables } from './unset-variables.ts';

function load(yaml: string): { settings: AppSettings; blocks: Blocks } {
  const directory = mkdtempSync(join(tmpdir(), 'settings-'));
  try {
    writeFileSync(join(directory, 'platform.yaml'), `project: shop\nenvironments: { dev: { kind: dev } }\n${yaml}`);
    const environment = loadProject({ cwd: directory }).environment('dev');
    const settings = appSettings({
      project: 'shop',
      environment,
      account: '222222222222',
      frozen: { availabilityZones: ['us-east-1a', 'us-east-1b', 'us-east-1c'], databaseVersions: { main: '16.8' } },
    });
    return { settings, blocks: environment.blocks };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

const service = (rest: string) => `{ image: { context: . }, port: 8000, health: { path: / }, ${rest} }`;

describe('appSettings', () => {
  it('tells services without a domain apart by port, hosts by name', () => {
    const { settings } = load(`services:
  one: ${service('http: { certificate: none, insecure: true }')}
  two: ${service('http: { certificate: none, insecure: true }')}
  three: ${service('http: { certificate: none, insecure: true }')}
  host: ${service('http: { domain: a.example.com, certificate: none, insecure: true }')}
  first: ${service('http: { domain: b.example.com }')}
  second: ${service('http: { domain: c.example.com, certificate: "arn:aws:acm:us-east-1:222222222222:certificate/1" }')}
`);
    const ports = Object.fromEntries(
      Object.entries(settings.services).map(([name, { http }]) => [name, http!.listenerPort]),
    );
    expect(ports).toEqual({ one: 80, two: 8081, three: 8082, host: 80, first: 443, second: 443 });
    expect(settings.services.first!.http!.tls).toEqual({ listenerDefault: true });
    expect(settings.services.second!.http!.tls).toEqual({
      certificateArn: 'arn:aws:acm:us-east-1:222222222222:certificate/1',
      listenerDefault: false,
    });
  });

  it('takes texts apart into what is known and what a stack will tell', () => {
    const { settings } = load(`
databases: { main: { databaseName: shop, acu: { min: 0.5, max: 2 } } }
queues: { jobs: {} }
buckets: { media: {} }
buses: { domain: {} }
services:
  web: ${service(
    'http: { certificate: none, insecure: true }, env: { A: "${db.main.host}:${db.main.port}/${db.main.name}", B: "${queue.jobs.url}", C: "${bucket.media.name}", D: "${bus.domain.name}", E: "${service.web.url}/x", F: "$${HOME}", G: 7 }',
  )}
`);
    expect(settings.services.web!.environment).toEqual({
      A: [{ of: 'database-host', name: 'main' }, ':', '5432', '/', 'shop'],
      B: [{ of: 'queue-url', name: 'jobs' }],
      C: [{ of: 'bucket-name', name: 'media' }],
      D: [{ of: 'bus-name', name: 'domain' }],
      E: ['http://', { of: 'alb-host' }, '/x'],
      F: ['${HOME}'],
      G: ['7'],
    });
    expect(settings.databases.main!.version).toBe('16.8');
    expect(settings.buses.domain!.busName).toBe('shop-dev-domain');
  });

  it('gives a URL with the port of a further service, and HTTPS for a host with a certificate', () => {
    const { settings } = load(`services:
  one: ${service('http: { certificate: none, insecure: true }')}
  two: ${service('http: { certificate: none, insecure: true }')}
  safe: ${service('http: { domain: b.example.com }, env: { TWO: "${service.two.url}", SELF: "${service.safe.url}" }')}
`);
    expect(settings.services.safe!.environment).toEqual({
      TWO: ['http://', { of: 'alb-host' }, ':8081'],
      SELF: ['https://', 'b.example.com'],
    });
  });

  it('leaves out a variable whose address AWS gives only later, and says what sets it', () => {
    const { settings, blocks } = load(`
sites: { app: { kind: spa, dir: ., build: make } }
services:
  web: ${service('http: { certificate: none, insecure: true }, env: { APP: "${site.app.url}", LEVEL: info }')}
`);
    expect(settings.services.web!.environment).toEqual({ LEVEL: ['info'] });
    expect(unsetVariables(blocks)).toEqual([
      {
        path: 'services.web.env.APP',
        what: 'not set: AWS gives sites.app an address only after services.web is made; give sites.app a domain, or write the value here',
      },
    ]);
  });

  it('hides a message six times as long as its consumer may take, and for its batch window (S2-26, F-97, C27)', () => {
    const { settings } = load(`
queues: { jobs: {}, plain: {}, own: { visibilitySeconds: 77 } }
functions:
  worker: { source: worker, timeoutSeconds: 45, trigger: { on: queue, queue: queue.jobs, windowSeconds: 5 } }
`);
    const seconds = Object.fromEntries(
      Object.entries(settings.queues).map(([name, queue]) => [name, queue.visibilitySeconds]),
    );
    expect(seconds).toEqual({ jobs: 275, plain: 30, own: 77 });
  });

  it('opens tasks to the internet only where the network has neither NAT nor endpoints (C9)', () => {
    const tasks = (network: string) => load(`network: ${network}\n`).settings.network.tasks;
    expect(tasks('{ nat: none }')).toBe('public');
    expect(tasks('{ nat: none, endpoints: [s3, ecr.api] }')).toBe('private');
    expect(tasks('{ nat: instance }')).toBe('private');
  });

  it('shares a repository between the services that name it', () => {
    const { settings } = load(`services:
  web: ${service('http: { certificate: none, insecure: true }').replace('context: .', 'context: ., repository: shop')}
  jobs: { image: { context: ., repository: shop } }
`);
    expect(settings.repositories).toEqual({
      shop: { services: ['web', 'jobs'], expireUntaggedDays: 30, onDelete: 'destroy' },
    });
  });

  it('leaves a secret of several generated keys to the CLI: Secrets Manager makes one value', () => {
    const { settings } = load(`secrets:
  one: { source: generated, keys: { A: { generate: { length: 20, alphabet: hex } } } }
  two: { source: generated, keys: { A: { generate: {} }, B: { generate: {} } } }
`);
    expect(settings.secrets).toEqual({
      one: {
        source: 'generated',
        secretName: 'shop/dev/one',
        key: 'A',
        length: 20,
        alphabet: 'hex',
        onDelete: 'destroy',
      },
      two: { source: 'referenced', secretName: 'shop/dev/two' },
    });
  });
});
