import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cents } from '../domain/prices.ts';
import type { CostOutcome } from '../operations/cost.ts';
import { startDeployable } from '../testing/deployable.ts';
import { startPlatform } from '../testing/start-platform.ts';
import { SYSTEM_SOURCES } from '../testing/system-sources.ts';

const SYSTEMS = join(import.meta.dirname, '..', 'testing', 'systems');

/** Sources of functions, as seen from the root of the repository and from platform.yaml. */
const sourcesOf = (name: keyof typeof SYSTEM_SOURCES) =>
  Object.fromEntries(
    Object.entries(SYSTEM_SOURCES[name]).flatMap(([path, text]) => [
      [path, text],
      [`infra/${path}`, text],
    ]),
  );

async function costOf(name: keyof typeof SYSTEM_SOURCES, environment: string): Promise<CostOutcome> {
  const yaml = readFileSync(join(SYSTEMS, `${name}.yaml`), 'utf8');
  const started = await startPlatform({ yaml: null, files: { ...sourcesOf(name), 'infra/platform.yaml': yaml } });
  const finished = await started.platform(['-C', 'infra', 'cost', '--env', environment, '--json']);
  expect(finished.stderr).not.toContain('error:');
  // It promises nothing, so it has to ask nothing either.
  expect(started.aws.calls).toEqual([]);
  return finished.json();
}

const row = ({ components }: CostOutcome, name: RegExp) => components.find((one) => name.test(one.name));

describe('cost', () => {
  it('S2-77 C31: names the parts of Express in dev, whose 50 to 100 dollars do not hold with a NAT gateway', async () => {
    const dev = await costOf('express-workers', 'dev');
    expect(dev).toMatchObject({ environment: 'dev', region: 'us-east-1', currency: 'USD', hoursPerMonth: 730 });
    expect(row(dev, /^NAT gateway/)).toMatchObject({ idle: 32.85, full: 32.85, prices: ['nat-gateway'] });
    expect(row(dev, /^api service/)).toMatchObject({
      idle: 18.02,
      full: 36.04,
      basis: expect.stringContaining('1 to 2'),
    });
    expect(row(dev, /^database main/)).toMatchObject({ idle: 43.8, full: 175.2 });
    expect(row(dev, /^load balancer/)).toMatchObject({ idle: 23.73 });
    expect(dev.monthly.idle).toBe(cents(dev.components.reduce((sum, { idle }) => sum + idle, 0)));
    expect(dev.monthly.idle).toBeGreaterThan(100);
    expect(dev.assumptions.join(' ')).toContain('paid by use');
    const taken = new Set([...dev.components.flatMap(({ prices }) => prices), ...dev.byUse.map(({ price }) => price)]);
    expect(new Set(dev.prices.map(({ id }) => id))).toEqual(taken);
  });

  it.each<[string, keyof typeof SYSTEM_SOURCES, string, number, number]>([
    ['S2-78', 'express-workers', 'staging', 100, 200],
    ['S2-79', 'express-workers', 'prod', 200, 500],
    ['S4-112 S4-171', 'event-scheduling', 'staging', 100, 200],
  ])('%s C31: %s in %s begins within what is claimed, %d to %d dollars', async (_, name, environment, least, most) => {
    const { monthly } = await costOf(name, environment);
    expect(monthly.idle).toBeGreaterThan(least);
    expect(monthly.idle).toBeLessThan(most);
    expect(monthly.full).toBeGreaterThanOrEqual(monthly.idle);
  });

  it('S1-66 S1-67 S1-68 S1-69 C31: Stream Sales idles above its 15 to 30 dollars for its gateway alone, and prod begins above its 500', async () => {
    const dev = await costOf('stream-sales', 'dev');
    // A database that pauses costs nothing while it does.
    expect(row(dev, /^database main/)).toMatchObject({ idle: 0, full: 350.4 });
    expect(dev.monthly.idle).toBeGreaterThan(30);
    expect(dev.monthly).toMatchObject({ idle: 38.1 });
    const staging = await costOf('stream-sales', 'staging');
    expect(row(staging, /^database main/)).toMatchObject({ idle: 175.2 });
    expect(staging.monthly.idle).toBeGreaterThan(200);
    const production = await costOf('stream-sales', 'production');
    expect(production.components.filter(({ name }) => /^database main/.test(name))).toMatchObject([
      { idle: 350.4 },
      { idle: 350.4 },
    ]);
    expect(production.monthly.idle).toBeGreaterThan(500);
  });

  it('S4-107 S4-170 S4-172 C31: says what of event scheduling it cannot tell instead of guessing it', async () => {
    const dev = await costOf('event-scheduling', 'dev');
    expect(dev.unknown).toContainEqual({ stack: 'data', name: 'database main', why: 'the price of db.t3.micro' });
    expect(row(dev, /^database/)).toBeUndefined();
    const production = await costOf('event-scheduling', 'production');
    expect(row(production, /^database main/)).toMatchObject({
      idle: 99.5,
      basis: expect.stringContaining('two instances'),
    });
    expect(production.byUse.map(({ price }) => price)).toContain('api-rest');
  });

  it('is read by people too, and says that another region has other prices', async () => {
    const yaml = `project: demo
defaults: { region: eu-central-1 }
network: { nat: { gateways: 1 } }
queues: { jobs: {} }
environments: { dev: { kind: dev } }
`;
    const started = await startPlatform({ yaml });
    const { stdout, exitCode } = await started.platform('cost --env dev');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('$32.85');
    expect(stdout).toContain('those of eu-central-1 are others');
    expect(stdout).toContain('$0.4 a million: its requests, the first million of an account free');
    expect(await started.platform('cost --env nowhere')).toMatchObject({ exitCode: 2 });
  });

  it('diff says what a deployment would change of it, and nothing where prices are others', async () => {
    const yaml = (region: string, gateways: number) => `project: demo
defaults: { region: ${region} }
network: { nat: { gateways: ${gateways} } }
environments: { dev: { kind: dev, account: "111111111111" } }
`;
    const project = await startDeployable({ yaml: yaml('us-east-1', 1) });
    const diff = async (more = '') => project.succeed(`diff --env dev --sandbox ${more}`);
    // A gateway and its address.
    expect((await diff('--json')).json().monthlyCost).toEqual({ before: 0, after: 36.5 });
    expect((await diff()).stdout).toContain('about $36.50 a month at the least, $36.50 more than now');
    project.configure(yaml('eu-central-1', 1));
    expect((await diff('--json')).json().monthlyCost).toEqual({ before: 0, after: null });
  });
});
